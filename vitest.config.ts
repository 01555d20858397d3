import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{twins,feed,electron,renderer,build,bench}/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 30_000,
  },
});
