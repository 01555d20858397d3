import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { formatCheck, runChecks } from "./check/checks.ts";
import { addTallies, runVitest, type Tally } from "./suite.ts";
import { ensureChromium, ensureMosquitto, type Tool, versionOf } from "./tools.ts";

const root = join(import.meta.dirname, "..");

const announce = (tool: Tool, flag: string): void => console.log(`  ${versionOf(tool, flag)} (${tool.from})`);

const checkTally = async (): Promise<Tally> => {
  const results = await runChecks(root, (result) => console.log(formatCheck(result)));
  const failures = results.filter(({ ok }) => !ok).map(({ name }) => `check: ${name}`);
  return { passed: results.length - failures.length, failed: failures.length, failures, skips: [] };
};

const main = async (): Promise<void> => {
  const start = performance.now();
  await mkdir(join(root, ".cache"), { recursive: true });
  console.log("tools");
  announce(await ensureChromium(), "--version");
  announce(await ensureMosquitto(), "-h");
  console.log("\ncheck");
  const checked = await checkTally();
  console.log("\nunit and contract tests");
  const unit = await runVitest(root, "unit", []);
  console.log("\njourneys in a real browser against a real broker");
  const journeys = await runVitest(root, "journeys", ["--config", "e2e/vitest.config.ts"]);
  const total = addTallies([checked, unit, journeys]);
  for (const name of total.skips) console.log(`skipped: ${name}`);
  for (const name of total.failures) console.log(`failed: ${name}`);
  console.log(`done in ${((performance.now() - start) / 60_000).toFixed(1)} min`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skips.length} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
};

await main();
