import { createHash } from "node:crypto";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { createPlant } from "#twins/physics/plant.ts";

/**
 * `npm run bench -- plant-hash --json`: one hash over everything that is true in the plant after some simulated days.
 * It is the same on every machine and in every version of Node (plant-hash.test.ts compares two).
 */
const racks = 4000;
/** Lengths of the steps, s: seconds as they are published, then hours as years are summed. */
const steps = [...Array<number>(60).fill(1), ...Array<number>(20).fill(60), ...Array<number>(72).fill(3600)];
/** Mid-winter and a spring day with dust: other branches of the physics. */
const starts = [Date.UTC(2026, 0, 12, 20), Date.UTC(2026, 3, 3, 2)];

/** @param directory the twin's; null for the built-in campus */
export const run = async (directory: string | null) => {
  const twin = loadTwin(await readTwinDirectory(directory), { racks });
  const hash = createHash("sha256");
  for (const startMs of starts) {
    const plant = createPlant(twin, { seed: 3, startMs });
    for (const seconds of steps) plant.step(seconds);
    for (const columns of plant.truth.values())
      for (const column of columns)
        if (column) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return { node: process.version, steps: starts.length * steps.length, hash: hash.digest("hex") };
};

if (import.meta.main) console.log(JSON.stringify(await run(null)));
