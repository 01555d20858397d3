import { defineConfig } from "vitest/config";

/** Journeys: real processes, a real broker and a real browser, one file at a time, for the machine is small. */
export default defineConfig({
  test: {
    include: ["e2e/**/*.journey.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 75_000,
    hookTimeout: 150_000,
  },
});
