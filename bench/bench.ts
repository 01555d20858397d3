import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * `npm run bench -- NAME [--json]`: runs `bench/NAME.ts` in a process of its own, so that no figure carries another's
 * heap or compiled code. A bench prints one line of JSON; everything else it says goes to stderr.
 */
const folder = import.meta.dirname;

const names = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "bench.ts")
    .map((file) => file.slice(0, -".ts".length))
    .sort();

const main = async ([name, ...args]: readonly string[]): Promise<number> => {
  if (!name || !existsSync(join(folder, `${name}.ts`))) {
    console.error(`usage: npm run bench -- NAME [--json]\nNAME is one of: ${names().join(", ")}`);
    return 2;
  }
  const bench = spawn(process.execPath, ["--expose-gc", join(folder, `${name}.ts`), ...args], {
    stdio: "inherit",
  });
  // Ctrl-C reaches the whole group; a lone SIGTERM would orphan the bench.
  process.on("SIGTERM", () => bench.kill("SIGTERM"));
  const [status] = (await once(bench, "close")) as [number | null];
  return status ?? 1;
};

process.exitCode = await main(process.argv.slice(2));
