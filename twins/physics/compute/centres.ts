import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { smoothNoise, unit } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import type { Racks } from "./racks.ts";
import type { JobClock } from "./workload.ts";
import { jobLoad } from "./workload.ts";

/** Compute centres of the dispatch network: idle compute, round trip, jobs in flight. Capacities are illustrative. */
export interface Centres {
  readonly seed: number;
  readonly roundTripMs: Float32Array;
  readonly columns: Readonly<Record<"idleCompute" | "latency" | "jobs", Float64Array>>;
}

/** P of a simulated centre: between 800 and 4,000. */
const capacityOf = (seed: number, row: number): number => 800 + 3200 * unit(seed + 701, row);

export const createCentres = (twin: Twin, columns: PlantColumns, seed: number): Centres => ({
  seed,
  roundTripMs: attributeOr(twin, "centre", "roundTripMs", 10),
  // Classes other than the rack are stored in 64 bits (catalogue).
  columns: columnsOf(columns, "centre", ["idleCompute", "latency", "jobs"]) as Centres["columns"],
});

/** The home centre (no round trip) idles as its racks do; the others follow their users. */
export const stepCentres = (centres: Centres, racks: Racks, clock: JobClock): void => {
  const { seed, roundTripMs, columns } = centres;
  const { load } = racks.jobs;
  let busy = 0;
  for (let job = 0; job < load.length; job++) busy += load[job]!;
  const home = load.length > 0 ? busy / load.length : 0;
  for (let row = 0; row < roundTripMs.length; row++) {
    const used = roundTripMs[row] === 0 ? home : jobLoad("inference", clock, seed + 711 + row);
    columns.idleCompute[row] = Math.round(capacityOf(seed, row) * (1 - used));
    columns.latency[row] =
      roundTripMs[row]! * (1 + 0.04 * (1 + smoothNoise(seed + 721 + row, clock.seconds / 20)));
    columns.jobs[row] = Math.round(12 + 160 * used);
  }
};
