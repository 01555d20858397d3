import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readScenario } from "#feed/plant/scenario-file.ts";
import { tryScenario } from "#feed/plant/scenario-trial.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { type Figure, figureOf } from "#twins/scenario/figures.ts";
import type { Scenario } from "#twins/scenario/scenario.ts";

/**
 * `npm run bench -- scenario NAME [--json] [--every SECONDS] [--seed N] [--figure ASSET:METRIC]…`: plays a scenario from
 * end to end and prints its figures over time, those of its expectations, of the whole site and any others that are
 * asked for; then everything that is wrong with it. For those who write scenarios, and for everybody's eyes.
 */
const folder = join(import.meta.dirname, "..", "twins", "horinger", "scenarios");
const usualRacks = 1000;
const lines = 40;

const siteFigures = ["itPower", "totalPower", "coolingPower", "gridPower", "racksOn", "inletMax"];

interface Wanted {
  readonly name: string;
  readonly asset: string;
  readonly metric: string;
}

interface Options {
  readonly everyS: number | null;
  readonly seed: number;
  readonly figures: readonly string[];
}

const wantedOf = ({ expectations }: Scenario, figures: readonly string[]): readonly Wanted[] => {
  const pairs = [
    ...siteFigures.map((metric) => `site:${metric}`),
    ...expectations.map(({ asset, metric }) => `${asset}:${metric}`),
    ...figures,
  ];
  return [...new Set(pairs)].map((name) => {
    const colon = name.lastIndexOf(":");
    return { name, asset: name.slice(0, colon), metric: name.slice(colon + 1) };
  });
};

/** What has died away is nothing. */
const round = (value: number): number => (Math.abs(value) < 1e-6 ? 0 : Number(value.toPrecision(5)));

/** A figure that there is not is left out; the trial itself says why. */
const readers = (twin: Twin, plant: Plant, wanted: readonly Wanted[]): ReadonlyMap<string, Figure> =>
  new Map(
    wanted.flatMap((each) => {
      const figure = figureOf(twin, plant, each);
      if (!figure.ok) console.error(figure.error.message);
      return figure.ok ? [[each.name, figure.value] as const] : [];
    }),
  );

export const run = async (name: string, { everyS, seed, figures }: Options) => {
  const scenario = readScenario(join(folder, `${name}.json`));
  const twin = loadTwin(await readTwinDirectory(null), { racks: scenario.racks ?? usualRacks });
  const every = everyS ?? Math.max(10, Math.round(scenario.durationS / lines / 10) * 10);
  const rows: Record<string, number>[] = [];
  let read: ReadonlyMap<string, Figure> | null = null;
  const startMs = performance.now();
  const failures = tryScenario(scenario, twin, {
    seed,
    watch: (plant, atS) => {
      read ??= readers(twin, plant, wantedOf(scenario, figures));
      if (atS < rows.length * every) return;
      rows.push({ atS, ...Object.fromEntries([...read].map(([key, figure]) => [key, round(figure())])) });
    },
  });
  return { scenario: name, seconds: round((performance.now() - startMs) / 1000), failures, rows };
};

/** Assets' long names stand in a legend, so that the table fits a terminal. */
const print = ({ scenario, seconds, failures, rows }: Awaited<ReturnType<typeof run>>): void => {
  const names = Object.keys(rows[0] ?? {}).slice(1);
  for (const [index, name] of names.entries()) console.log(`${String(index + 1).padStart(3)}  ${name}`);
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell) => String(cell).padStart(9)).join("");
  console.log(line(["s", ...names.map((_, index) => `[${index + 1}]`)]));
  for (const { atS, ...values } of rows) console.log(line([atS!, ...Object.values(values)]));
  console.log(`${scenario}: ${failures.length === 0 ? "sound" : `${failures.length} wrong`}, ${seconds} s`);
  for (const failure of failures) console.log(`- ${failure}`);
};

const optionOf = (args: readonly string[], option: string): string | undefined => {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
};

const main = async ([name, ...args]: readonly string[]): Promise<void> => {
  if (!name || name.startsWith("--")) {
    const known = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
    console.error(`usage: npm run bench -- scenario NAME [--json] [--every SECONDS] [--seed N] [--figure ASSET:METRIC]…
NAME is one of: ${known.join(", ")}`);
    process.exitCode = 2;
    return;
  }
  const every = optionOf(args, "--every");
  const result = await run(name, {
    everyS: every === undefined ? null : Number(every),
    seed: Number(optionOf(args, "--seed") ?? 1),
    figures: args.filter((_, index) => args[index - 1] === "--figure"),
  });
  if (args.includes("--json")) console.log(JSON.stringify(result));
  else print(result);
  process.exitCode = result.failures.length === 0 ? 0 : 1;
};

if (import.meta.main) await main(process.argv.slice(2));
