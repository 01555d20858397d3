import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{twins,feed,electron,renderer,build,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "build/check/fixtures/**"],
    environment: "node",
    testTimeout: 30_000,
  },
});
