import { stripVTControlCharacters } from "node:util";
import { type Bundle, buildBundle, desktop, isUpToDate, page } from "./bundles.ts";

/** `npm run build`, and the launcher's child: builds the bundles named on the command line, or all, where out of date. */
const names = process.argv.slice(2);

const bringUpToDate = async (bundle: Bundle): Promise<boolean> => {
  if (isUpToDate(bundle)) return true;
  const startedMs = performance.now();
  try {
    await buildBundle(bundle);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const plain = process.stderr.isTTY ? words : stripVTControlCharacters(words);
    process.stderr.write(`build: the ${bundle.name} does not build\n${plain}\n`);
    return false;
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stderr.write(`build: ${bundle.name} built in ${seconds} s\n`);
  return true;
};

for (const bundle of [page, desktop].filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!(await bringUpToDate(bundle))) process.exitCode = 1;
}
