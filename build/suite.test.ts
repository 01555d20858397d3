import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runVitest, tallyReport } from "./suite.ts";

test("passes, failures and skips are counted, and a file that breaks outside its tests is a failure", () => {
  const tally = tallyReport({
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [
          { fullName: "one", status: "passed" },
          { fullName: "two", status: "failed" },
          { fullName: "three", status: "skipped" },
        ],
      },
      { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ],
  });
  expect(tally).toEqual({
    passed: 1,
    failed: 2,
    failures: ["two", "b.test.ts: no such module"],
    skips: ["three"],
  });
});

test("a run that finds no tests is a failure", async () => {
  const root = join(import.meta.dirname, "..");
  await mkdir(join(root, ".cache"), { recursive: true });
  const empty = await mkdtemp(join(root, ".cache", "empty-suite-"));
  try {
    await writeFile(join(empty, "vitest.config.ts"), "export default { test: { include: ['none'] } };\n");
    const tally = await runVitest(root, "empty", ["--config", join(empty, "vitest.config.ts")]);
    expect(tally.failed).toBe(1);
  } finally {
    await rm(empty, { recursive: true });
  }
});
