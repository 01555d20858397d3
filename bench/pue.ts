import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Findings, Share } from "./pue/findings.ts";
import { halfEmpty } from "./pue/findings.ts";
import { kindsOf, parts } from "./pue/kinds.ts";
import { loadFigure } from "./pue/load-figure.ts";
import { monthFigure } from "./pue/month-figure.ts";
import { tables, writeBetweenMarkers } from "./pue/tables.ts";
import type { Energy, YearOfKinds } from "./pue/year.ts";
import { addEnergy, months, noEnergy, sampleYear } from "./pue/year.ts";

/**
 * `npm run bench -- pue --json`: PUE of the simulated campus over load rate and month, for each cooling and power
 * system, from true power at the buildings' boundary (category 1: IT behind the banks). With `--write` the tables and
 * figures of docs/PLANT.md are made anew.
 */
const racks = 50_000;
const loads = [0.1, 0.13, halfEmpty, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const monthLoad = 0.5;
/** Years of weather; with them what is drawn by seed: how well each building is balanced and looked after. */
const seeds = [1, 2, 3, 4, 5];
const docs = join(import.meta.dirname, "..", "docs");

const shareOf = ({ it, main, parts: own }: Energy): Share => ({
  pue: main / it,
  parts: Object.fromEntries(parts.map((part) => [part, own[part] / it])) as Share["parts"],
});

const sumOf = (energies: readonly Energy[]): Energy => {
  const sum = noEnergy();
  for (const energy of energies) addEnergy(sum, energy);
  return sum;
};

/** Energy by load, kind and month over all seeds, and the air's mean temperature by month. */
const measure = async (): Promise<Findings> => {
  const files = await readTwinDirectory(null);
  const kinds = kindsOf(loadTwin(files, { racks }));
  const yearsAt = (share: number | null): readonly YearOfKinds[] => {
    process.stderr.write(share === null ? "as it is\n" : `load rate ${Math.round(share * 100)} %\n`);
    return seeds.map((seed) => sampleYear(loadTwin(files, { racks }), kinds, { share, seed }));
  };
  const asItIs = yearsAt(null);
  const years = loads.map(yearsAt);
  const inMonth = (load: number, kind: number, month: number): Energy =>
    sumOf(years[load]!.map(({ energy }) => energy[kind]![month]!));
  const todayOf = (kind: number): Findings["today"][number] => {
    const sum = sumOf(asItIs.flatMap(({ energy }) => energy[kind]!));
    return { ...shareOf(sum), loadRate: sum.it / sum.rated };
  };
  const allMonths = Array.from({ length: months }, (_, month) => month);
  return {
    kinds,
    loads,
    today: kinds.map((_, kind) => todayOf(kind)),
    monthLoad,
    byLoad: kinds.map((_, kind) =>
      loads.map((_load, i) => shareOf(sumOf(allMonths.map((month) => inMonth(i, kind, month))))),
    ),
    byMonth: kinds.map((_, kind) =>
      allMonths.map((month) => shareOf(inMonth(loads.indexOf(monthLoad), kind, month))),
    ),
    airTemperature: allMonths.map(
      (month) =>
        years[0]!.reduce((sum, { airTemperature }) => sum + airTemperature[month]!, 0) / seeds.length,
    ),
  };
};

const write = async (findings: Findings): Promise<void> => {
  await writeFile(join(docs, "pue-by-load.svg"), loadFigure(findings));
  await writeFile(join(docs, "pue-by-month.svg"), monthFigure(findings));
  await writeBetweenMarkers(join(docs, "PLANT.md"), "pue", tables(findings));
};

if (import.meta.main) {
  const findings = await measure();
  if (process.argv.includes("--write")) await write(findings);
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  console.log(
    JSON.stringify(findings, (key, value) =>
      key === "kinds"
        ? value.map(({ cooling, power }: Findings["kinds"][number]) => `${cooling}/${power}`)
        : typeof value === "number"
          ? round(value)
          : value,
    ),
  );
}
