import { join } from "node:path";
import { formatCheck, runChecks } from "./checks.ts";

const root = join(import.meta.dirname, "..", "..");
const results = await runChecks(root, (result) => console.log(formatCheck(result)));
const failed = results.filter(({ ok }) => !ok).length;
console.log(
  failed === 0 ? `all ${results.length} checks passed` : `${failed} of ${results.length} checks failed`,
);
process.exitCode = failed === 0 ? 0 : 1;
