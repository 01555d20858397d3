import { buildBundle, desktop, isUpToDate, page } from "./bundles.ts";

/** `npm run build`, and the launcher's child: builds the bundles named on the command line, or all, where out of date. */
const names = process.argv.slice(2);
for (const bundle of [page, desktop].filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (isUpToDate(bundle)) continue;
  const startedMs = performance.now();
  await buildBundle(bundle);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stderr.write(`build: ${bundle.name} built in ${seconds} s\n`);
}
