import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Plant, PlantOptions } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";

/**
 * `npm run bench -- plant --json`: cost of the simulated plant, without the wire. A step of a second is that of the
 * full plant and its instruments; the year is summed from rows of racks (`detail: "totals"`), whose greatest deviation
 * from the full plant over a day of each season stands beside it. Shares are of one core, at a step a second. On a
 * machine that does other things too, CPU seconds say more than `stepMsP50` and `yearSeconds`, which are by the clock.
 */
const racks = 100_000;
/** Compilers need a while until nothing changes any more. */
const warmUpSteps = 1200;
const steps = 200;
const yearHours = 8760;
const newYear = Date.UTC(2026, 0, 1);
const seasons = [0, 3, 6, 9].map((month) => Date.UTC(2026, month, 14));

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const round = (value: number, places = 3): number => Number(value.toFixed(places));

/**
 * Heap taken by one step, bytes: from the growth over some steps between two collections, of which nobody asks for one
 * (it would throw away compiled code). What is left are numbers that V8 boxes on their way between functions.
 */
const allocationOf = (step: () => void): number => {
  const perStep: number[] = [];
  for (let run = 0; run < 15; run++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 20; i++) step();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown >= 0) perStep.push(grown / 20);
  }
  return Math.round(median(perStep));
};

/** CPU seconds that something takes. */
const cpuOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const plantOf = (twin: Twin, startMs: number, detail: PlantOptions["detail"] = "full"): Plant =>
  createPlant(twin, { seed: 1, startMs, detail });

/** MWh of so many hours from a time. */
const hourly = (plant: Plant, hours: number): number => {
  let mwh = 0;
  for (let hour = 0; hour < hours; hour++) {
    plant.step(3600);
    mwh += plant.parts.grid.total[0]! / 1000;
  }
  return mwh;
};

export const run = async () => {
  const twin = loadTwin(await readTwinDirectory(null), { racks });
  const plant = plantOf(twin, newYear);
  for (let i = 0; i < warmUpSteps; i++) plant.step(1);
  const times: number[] = [];
  const stepsCpu = cpuOf(() => {
    for (let i = 0; i < steps; i++) {
      const startMs = performance.now();
      plant.step(1);
      times.push(performance.now() - startMs);
    }
  });
  const readingCpu = cpuOf(() => {
    for (let i = 0; i < steps; i++) plant.instruments.read(plant.timeMs);
  });
  const allocBytesPerStep = allocationOf(() => plant.step(1));
  const totalsOff = seasons.map(
    (startMs) => hourly(plantOf(twin, startMs, "totals"), 24) / hourly(plantOf(twin, startMs), 24) - 1,
  );
  const startMs = performance.now();
  let yearMwh = 0;
  const yearCpuSeconds = cpuOf(() => {
    yearMwh = hourly(plantOf(twin, newYear, "totals"), yearHours);
  });
  return {
    racks: twin.table("rack").count,
    stepMsP50: round(median(times)),
    cpuShare: round(stepsCpu / steps, 4),
    cpuShareOfInstruments: round(readingCpu / steps, 4),
    yearSeconds: round((performance.now() - startMs) / 1000),
    yearCpuSeconds: round(yearCpuSeconds),
    yearGwh: round(yearMwh / 1000),
    totalsOffPercent: round(100 * Math.max(...totalsOff.map(Math.abs)), 4),
    allocBytesPerStep,
  };
};

if (import.meta.main) console.log(JSON.stringify(await run()));
