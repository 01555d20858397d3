import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkImports, listModules } from "./import-rules.ts";
import { dataFiles, limits, measureAll } from "./lengths.ts";
import { findAbsent, readLockfile } from "./lockfile.ts";

/** One check's outcome. `note` is for the summary line, `output` for whoever has to repair something. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly note: string;
  readonly output: string;
  readonly durationMs: number;
}

type Outcome = Pick<CheckResult, "ok" | "note" | "output">;

interface Check {
  readonly name: string;
  readonly run: (root: string) => Promise<Outcome>;
}

/** Runs a program of node_modules/.bin; fails on its exit status alone. */
const program = (name: string, args: readonly string[], note: string): Check => ({
  name: [name, ...args].join(" "),
  run: (root) =>
    new Promise((resolve) => {
      const child = spawn(join(root, "node_modules", ".bin", name), args, { cwd: root });
      let output = "";
      const keep = (chunk: Buffer) => {
        output += chunk.toString();
      };
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      child.on("error", (error) => resolve({ ok: false, note: "does not start", output: error.message }));
      child.on("close", (status) => resolve({ ok: status === 0, note, output }));
    }),
});

const importRules: Check = {
  name: "import rules",
  run: async (root) => {
    const { modules, violations } = checkImports(root);
    const output = violations
      .map(({ code, file, line, detail }) => `${file}:${line} ${code}: ${detail}`)
      .join("\n");
    // A tool that reads nothing finds nothing: that is no pass.
    return { ok: modules > 0 && violations.length === 0, note: `${modules} modules`, output };
  },
};

const lengths: Check = {
  name: "lengths",
  run: async (root) => {
    const measured = measureAll(
      root,
      listModules(root).filter((file) => !dataFiles.includes(file)),
    );
    const tooLong = measured.filter(({ what, size }) => size > limits[what]);
    const output = tooLong.map(({ what, file, line, size }) => `${file}:${line} ${what} ${size}`).join("\n");
    return { ok: tooLong.length === 0, note: `${measured.length} above the goals, below the limits`, output };
  },
};

const lockfile: Check = {
  name: "lockfile",
  run: async (root) => {
    const absent = findAbsent(readLockfile(root));
    const output = absent.map(({ name, by }) => `${name}, named by ${by}, has no entry`).join("\n");
    return { ok: absent.length === 0, note: "npm ci works on every platform", output };
  },
};

/** Everything `npm run check` runs, the longest first so that two cores end together. */
const checks: readonly Check[] = [
  program("knip", ["--no-progress"], "dead code, unused dependencies"),
  program("biome", ["check", "--error-on-warnings", "."], "format, lint"),
  program("tsc", ["-p", "tsconfig.json"], "feed, shells, build, bench"),
  program("tsc", ["-p", "tsconfig.web.json"], "renderer"),
  program("tsc", ["-p", "tsconfig.e2e.json"], "journeys, renderer tests"),
  program("tsc", ["-p", "tsconfig.twins.json"], "twins without Node and DOM"),
  importRules,
  lengths,
  lockfile,
];

const timed = async (check: Check, root: string): Promise<CheckResult> => {
  const start = performance.now();
  const outcome = await check.run(root);
  return { name: check.name, ...outcome, durationMs: performance.now() - start };
};

/** Runs all checks, `width` at a time; `onResult` hears of each as it ends. */
export const runChecks = async (
  root: string,
  onResult: (result: CheckResult) => void,
  width = 2,
): Promise<readonly CheckResult[]> => {
  const results: CheckResult[] = [];
  const queue = [...checks];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const result = await timed(next, root);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
};

/** One check as a line of the summary, with its output below it when it failed. */
export const formatCheck = ({ ok, name, note, output, durationMs }: CheckResult): string => {
  const head = `${ok ? "✓" : "✗"} ${name.padEnd(32)} ${(durationMs / 1000).toFixed(1).padStart(5)} s  ${note}`;
  return ok ? head : `${head}\n${output.trimEnd().replace(/^/gm, "    ")}`;
};
