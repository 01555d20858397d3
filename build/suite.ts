import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** What a suite came to. A suite that dies before it reports counts as one failure, never as silence. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Full names, for the reader of the summary. */
  readonly failures: readonly string[];
  readonly skips: readonly string[];
}

/** The part of Vitest's JSON report that is counted. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Counts a Vitest report; a file that fails outside its tests (an import, a hook) counts as one failure. */
export const tallyReport = (report: Report): Tally => {
  const all = report.testResults.flatMap((file) => file.assertionResults);
  const named = (...statuses: readonly string[]) =>
    all.filter(({ status }) => statuses.includes(status)).map(({ fullName }) => fullName);
  const brokenFiles = report.testResults
    .filter(
      (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
    )
    .map((file) => `${file.name}: ${file.message ?? "failed outside its tests"}`);
  const failures = [...named("failed"), ...brokenFiles];
  return {
    passed: named("passed").length,
    failed: failures.length,
    failures,
    skips: named("pending", "skipped", "todo", "disabled"),
  };
};

/** Runs Vitest with `args` in `root`, showing what it says, and counts its report. */
export const runVitest = async (root: string, name: string, args: readonly string[]): Promise<Tally> => {
  const file = join(root, ".cache", `${name}.report.json`);
  await rm(file, { force: true });
  const status = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(
      join(root, "node_modules", ".bin", "vitest"),
      ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args],
      { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
    );
    child.on("error", reject);
    child.on("close", resolve);
  });
  const tally = await readFile(file, "utf8").then(
    (text) => tallyReport(JSON.parse(text) as Report),
    (): Tally => ({ passed: 0, failed: 0, failures: [], skips: [] }),
  );
  if (status === 0 || tally.failed > 0) return tally;
  const failure = `${name}: vitest ended with exit status ${status}`;
  return { ...tally, failed: tally.failed + 1, failures: [...tally.failures, failure] };
};

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  failures: tallies.flatMap(({ failures }) => failures),
  skips: tallies.flatMap(({ skips }) => skips),
});
