import type { Hash } from "node:crypto";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readScenario } from "#feed/plant/scenario-file.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createFaults } from "#twins/physics/faults/faults.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import { createCourse, startOf } from "#twins/scenario/course.ts";

/**
 * `npm run bench -- plant-hash --json`: one hash over everything that is true in the plant, and all that its instruments
 * show, after some simulated days and in the middle of scenarios: faults in force, weather that is led.
 * It is the same on every machine and in every version of Node (plant-hash.test.ts compares).
 */
const racks = 4000;
const seed = 3;
/** Lengths of the steps, s: seconds as they are published, then hours as years are summed. */
const steps = [...Array<number>(60).fill(1), ...Array<number>(20).fill(60), ...Array<number>(72).fill(3600)];
/** Mid-winter and a spring day with dust: other branches of the physics. */
const starts = [Date.UTC(2026, 0, 12, 20), Date.UTC(2026, 3, 3, 2)];
/** Dips, batteries, generators and what people reset; a storm over the fields and filters. Steps of 5 s, so many. */
const scenarios = ["grid-dip-load-shedding", "sand-storm"];
const scenarioSteps = 240;

const add = (hash: Hash, { truth, columns }: Plant): void => {
  for (const values of [truth, columns])
    for (const own of values.values())
      for (const column of own)
        if (column) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
};

const playScenario = async (twin: Twin, file: string): Promise<Plant> => {
  const scenario = readScenario(file);
  const startMs = startOf(scenario, twin);
  const plant = createPlant(twin, { seed, startMs, shifts: { startMs, shifts: scenario.weather } });
  const course = createCourse(scenario, plant, { startMs, faults: createFaults(twin, plant) });
  for (let step = 0; step < scenarioSteps; step++) course.step(5);
  return plant;
};

/** @param directory the twin's */
export const run = async (directory: string) => {
  const twin = loadTwin(await readTwinDirectory(directory), { racks });
  const hash = createHash("sha256");
  for (const startMs of starts) {
    const plant = createPlant(twin, { seed, startMs });
    for (const seconds of steps) plant.step(seconds);
    add(hash, plant);
  }
  for (const name of scenarios)
    add(hash, await playScenario(twin, join(directory, "scenarios", `${name}.json`)));
  return {
    node: process.version,
    steps: starts.length * steps.length + scenarios.length * scenarioSteps,
    hash: hash.digest("hex"),
  };
};

if (import.meta.main)
  console.log(JSON.stringify(await run(join(import.meta.dirname, "..", "twins", "horinger"))));
