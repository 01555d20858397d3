import { defineConfig } from "vitest/config";

/** Proofs that take a quarter of an hour each where the processor draws: `npm run prove`, not part of `npm test`. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.proof.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 150_000,
  },
});
