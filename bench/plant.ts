import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { createPlant } from "#twins/physics/plant.ts";

/** `npm run bench -- plant --json`: cost of the simulated plant, without the wire. */
const racks = 100_000;
const steps = 200;
const yearHours = 8760;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Heap taken by one step, bytes: from the growth over many steps without a collection between. */
const allocationOf = (step: () => void): number => {
  const perRun: number[] = [];
  for (let run = 0; run < 9; run++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 20; i++) step();
    perRun.push((process.memoryUsage().heapUsed - before) / 20);
  }
  return Math.round(median(perRun));
};

export const run = async () => {
  const twin = loadTwin(await readTwinDirectory(null), { racks });
  const plant = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 0, 1) });
  for (let i = 0; i < steps; i++) plant.step(1);
  const cpu = process.cpuUsage();
  const times: number[] = [];
  for (let i = 0; i < steps; i++) {
    const startMs = performance.now();
    plant.step(1);
    times.push(performance.now() - startMs);
  }
  const { user, system } = process.cpuUsage(cpu);
  const allocBytesPerStep = allocationOf(() => plant.step(1));
  const year = createPlant(twin, { seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const startMs = performance.now();
  let energyMwh = 0;
  for (let hour = 0; hour < yearHours; hour++) {
    year.step(3600);
    energyMwh += year.parts.grid.total[0]! / 1000;
  }
  return {
    racks: twin.table("rack").count,
    stepMsP50: round(median(times)),
    cpuShare: round((user + system) / 1e6 / steps),
    yearSeconds: round((performance.now() - startMs) / 1000),
    yearGwh: round(energyMwh / 1000),
    allocBytesPerStep,
  };
};

if (import.meta.main) console.log(JSON.stringify(await run()));
