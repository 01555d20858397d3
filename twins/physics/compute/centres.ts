import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { smoothNoise, unit } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import type { DispatchPlatform } from "./dispatch.ts";
import { jobsInFlight } from "./dispatch.ts";
import type { Jobs } from "./jobs.ts";
import type { WrittenLoads } from "./workload.ts";
import { writeLoad } from "./workload.ts";

/** Compute centres of the dispatch network: idle compute, round trip, jobs in flight. Capacities are illustrative. */
export interface Centres {
  readonly seed: number;
  readonly roundTripMs: Float32Array;
  /** Racks of the campus with liquid-cooled servers: what the network lends and borrows. */
  readonly lent: Int32Array;
  /** What the users of each centre make of it. Shape: centres. */
  readonly users: WrittenLoads;
  readonly columns: Readonly<
    Record<"idleCompute" | "latency" | "jobs" | "transferRate" | "stagedData", Float64Array>
  >;
}

/** P of a simulated centre elsewhere, or of a campus without liquid-cooled racks: between 800 and 4,000. */
const capacityOf = (seed: number, row: number): number => 800 + 3200 * unit(seed + 701, row);

/**
 * P of a liquid-cooled rack, and so what a migrated one leaves idle where it came from: 6,700 P in 759 racks of the
 * published building (CAMPUS §1 and §3; precision not stated).
 */
const computePerRack = 6700 / 759;

/** Liquid-cooled racks with servers. */
const lentRacks = (twin: Twin): Int32Array => {
  const liquid = attributeOr(twin, "rack", "liquid", 0);
  const occupied = attributeOr(twin, "rack", "occupied", 1);
  return Int32Array.from(liquid.keys()).filter((rack) => liquid[rack] === 1 && occupied[rack]! > 0);
};

const usersOf = (count: number, seed: number): WrittenLoads => ({
  kind: Array.from({ length: count }, () => "inference"),
  seed: Array.from({ length: count }, (_, row) => seed + 711 + row),
  load: new Float64Array(count),
});

export const createCentres = (twin: Twin, columns: PlantColumns, seed: number): Centres => ({
  seed,
  roundTripMs: attributeOr(twin, "centre", "roundTripMs", 10),
  lent: lentRacks(twin),
  users: usersOf(twin.table("centre").count, seed),
  // Classes other than the rack are stored in 64 bits (catalogue).
  columns: columnsOf(columns, "centre", [
    "idleCompute",
    "latency",
    "jobs",
    "transferRate",
    "stagedData",
  ]) as Centres["columns"],
});

/** Mean load of the jobs that the campus was dealt. */
const homeLoad = ({ load, dealt }: Jobs): number => {
  let busy = 0;
  for (let job = 0; job < dealt; job++) busy += load[job]!;
  return dealt > 0 ? busy / dealt : 0;
};

/**
 * P that the campus can lend, of its liquid-cooled racks: what users leave of inference, and the slots of the batch queue
 * that stand empty. A job that trains has all of its racks, whatever it does with them, and so has one that comes from
 * elsewhere, from the moment they are reserved.
 */
const homeIdle = ({ lent }: Centres, { jobs, occupied }: DispatchPlatform): number => {
  let racks = 0;
  for (let i = 0; i < lent.length; i++) {
    const rack = lent[i]!;
    const job = jobs.ofRack[rack]!;
    const isHeld = jobs.kind[job] === "training" || job >= jobs.dealt;
    if (!isHeld) racks += occupied[rack]! * (1 - jobs.load[job]!);
  }
  return computePerRack * racks;
};

/**
 * The home centre (no round trip) idles as its racks do and takes in what migrates; the others follow their users and
 * idle by what they have sent away. Data on the line: at home all that arrives, elsewhere what goes from there to it.
 */
export const stepCentres = (centres: Centres, dispatch: DispatchPlatform, moment: Moment): void => {
  const { seed, roundTripMs, users, columns, lent } = centres;
  const home = homeLoad(dispatch.jobs);
  for (let row = 0; row < roundTripMs.length; row++) {
    const isHome = roundTripMs[row] === 0;
    writeLoad(users, row, moment);
    const used = isHome ? home : users.load[row]!;
    const capacity = capacityOf(seed, row);
    const left = computePerRack * dispatch.leftRacks[row]!;
    const idle = Math.min(capacity, capacity * (1 - used) + left);
    columns.idleCompute[row] = Math.round(isHome && lent.length > 0 ? homeIdle(centres, dispatch) : idle);
    columns.latency[row] =
      roundTripMs[row]! * (1 + 0.04 * (1 + smoothNoise(seed + 721 + row, moment.seconds / 20)));
    columns.jobs[row] = isHome ? jobsInFlight(dispatch) : Math.round(12 + 160 * used);
    columns.transferRate[row] = isHome ? dispatch.arriving.gbitPerS : dispatch.sentGbitPerS[row]!;
    columns.stagedData[row] = isHome ? dispatch.arriving.stagedTb : dispatch.sentTb[row]!;
  }
};
