import type { Problem, Result } from "#twins/model/result.ts";
import { err, ok } from "#twins/model/result.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { Moment } from "#twins/physics/moment.ts";
import type { Jobs } from "./jobs.ts";
import { runJob, stepJobs } from "./jobs.ts";
import type { Migration, MigrationOrder } from "./migration.ts";
import { hasLeft, stepMigration, timetable, warmth } from "./migration.ts";
import { backgroundOrders } from "./orders.ts";
import type { DealtRacks } from "./racks.ts";
import type { RackRanges, TakeOver, TakeOvers } from "./takeover.ts";
import { createTakeOvers, giveBack, isTaken, racksIn, takeOver } from "./takeover.ts";
import type { Workload } from "./workload.ts";

/** A load held on an asset by people: for scenarios. */
export interface PinOrder {
  /** Path id of a building, room, row or rack. */
  readonly asset: string;
  /** More assets that belong to it: one job over several buildings. The first names it. */
  readonly also?: readonly string[];
  /** Utilisation to hold, 0…1; null gives the racks back to their jobs. */
  readonly load: number | null;
  /** Time it takes from what was, s; 0 when absent. */
  readonly rampS?: number;
  /** Instead of a steady load a job of this kind, at `load` of its usual: "training" makes one job of the whole asset. */
  readonly kind?: Workload;
}

interface Pin {
  readonly asset: string;
  readonly taken: TakeOver;
  kind: Workload | null;
  /** Where the load is, and where it goes by how much a second. */
  load: number;
  target: number;
  perSecond: number;
}

/**
 * The dispatch platform (多云算力资源监测与调度平台): deals the campus's racks to jobs, keeps the queue of batch jobs,
 * takes in jobs from other centres, and obeys people. Same seed, orders and steps give the same bits.
 */
export interface Dispatch {
  /** Jobs that are on their way here or have come, in the order of their orders. */
  readonly migrations: readonly Migration[];
  /** Racks that jobs from each centre take here, that no longer run there. Shape: centres. */
  readonly leftRacks: Float64Array;
  /** Gbit/s that arrive, and TB of the jobs that are here or on their way that have. */
  readonly arriving: { gbitPerS: number; stagedTb: number };
  /** The same by the centre that it comes from. Shape: centres. */
  readonly sentGbitPerS: Float64Array;
  readonly sentTb: Float64Array;
  /**
   * Orders a job from another centre: its racks are reserved, its data staged while it still runs there, its checkpoint
   * moved while it stands, then its racks here ramp up. Errors: unknown ids, no rows free.
   */
  migrate(order: MigrationOrder): Result<Migration>;
  /** Holds, changes or ends a load on an asset. Error: no such asset, or none with racks. */
  pin(order: PinOrder): Result<null>;
}

/** The platform with what it keeps: for whoever steps it. */
export interface DispatchPlatform extends Dispatch {
  readonly twin: Twin;
  readonly seed: number;
  readonly jobs: Jobs;
  readonly takeOvers: TakeOvers;
  readonly pins: Pin[];
  readonly migrations: Migration[];
  /** Racks with servers that a rack row stands for. Shape: rack rows. */
  readonly occupied: Float32Array;
  readonly rowsOfRow: Int32Array;
  /** Hour since 1970 whose background orders have been placed. */
  orderedHour: number;
}

const problem = (code: string, message: string, asset: string): Result<never> =>
  err({ code, message, tip: "Name an asset of this twin.", asset } satisfies Problem);

const rangesOf = (twin: Twin, ref: AssetRef): RackRanges => {
  if (ref.className === "rack") return [[ref.row, ref.row + 1]];
  const range = twin.rangeBelow(ref, "rack");
  return range ? [range] : [];
};

export const createDispatch = (
  twin: Twin,
  { jobs, facts, rowsOfRow, seed }: DealtRacks & { readonly seed: number },
): DispatchPlatform => {
  const platform: DispatchPlatform = {
    twin,
    seed,
    jobs,
    occupied: facts.occupied,
    rowsOfRow,
    takeOvers: createTakeOvers(jobs, facts.occupied),
    pins: [],
    migrations: [],
    orderedHour: Number.NaN,
    leftRacks: new Float64Array(twin.table("centre").count),
    arriving: { gbitPerS: 0, stagedTb: 0 },
    sentGbitPerS: new Float64Array(twin.table("centre").count),
    sentTb: new Float64Array(twin.table("centre").count),
    migrate: (order) => migrate(platform, order),
    pin: (order) => pin(platform, order),
  };
  return platform;
};

/** Load of the racks of a range, mean over those with servers. */
const meanLoad = ({ jobs, occupied }: DispatchPlatform, [start, end]: readonly [number, number]): number => {
  let sum = 0;
  let racks = 0;
  for (let rack = start; rack < end; rack++) {
    sum += occupied[rack]! * jobs.load[jobs.ofRack[rack]!]!;
    racks += occupied[rack]!;
  }
  return racks > 0 ? sum / racks : 1;
};

/** Neighbouring rows that a job may have. */
type Place = Pick<Migration, "ranges" | "racks" | "share">;

/** Rows from `first` on until there are so many racks with servers; null where others are in the way. */
const placeFrom = (
  platform: DispatchPlatform,
  [first, end]: readonly [first: number, end: number],
  racks: number,
): { place: Place; load: number } | null => {
  const { twin, occupied, rowsOfRow } = platform;
  const ranges: (readonly [number, number])[] = [];
  let found = 0;
  let all = 0;
  let load = 0;
  for (let row = first; found < racks; row++) {
    const range = row < end ? twin.rangeBelow({ className: "row", row }, "rack") : null;
    if (range === null || isPromised(platform, range)) return null;
    const own = racksIn(occupied, range);
    const perRow = own / rowsOfRow[row]!;
    found += perRow * Math.min(rowsOfRow[row]!, Math.ceil((racks - found) / Math.max(perRow, 1)));
    all += own;
    load += own * meanLoad(platform, range);
    ranges.push(range);
  }
  return { place: { ranges, racks: found, share: found / all }, load: load / all };
};

/** True where racks run a job that came later, or wait for one. */
const isPromised = ({ takeOvers, migrations }: DispatchPlatform, range: readonly [number, number]): boolean =>
  isTaken(takeOvers.active, range) || isTaken(migrations, range);

/** The least busy place in a building for so many racks with servers; null where there is none. */
const leastBusyRows = (platform: DispatchPlatform, building: AssetRef, racks: number): Place | null => {
  const rows = platform.twin.rangeBelow(building, "row");
  if (rows === null) return null;
  let best: Place | null = null;
  let bestLoad = Number.POSITIVE_INFINITY;
  for (let first = rows[0]; first < rows[1]; first++) {
    const found = placeFrom(platform, [first, rows[1]], racks);
    if (found === null || found.load >= bestLoad) continue;
    bestLoad = found.load;
    best = found.place;
  }
  return best;
};

const migrate = (platform: DispatchPlatform, order: MigrationOrder): Result<Migration> => {
  const { twin, migrations } = platform;
  const centre = twin.find(order.fromCentre);
  if (centre?.className !== "centre")
    return problem("dispatch-unknown-centre", `${order.fromCentre} is no compute centre`, order.fromCentre);
  const building = twin.find(order.toBuilding);
  if (building?.className !== "building")
    return problem("dispatch-unknown-building", `${order.toBuilding} is no building`, order.toBuilding);
  const place = leastBusyRows(platform, building, Math.max(1, order.racks));
  if (place === null)
    return problem(
      "dispatch-no-racks",
      `${order.toBuilding} has no ${order.racks} racks in free rows`,
      order.toBuilding,
    );
  const migration: Migration = {
    order,
    centre: centre.row,
    ...place,
    times: timetable(order),
    phase: "ordered",
    arrivedTb: 0,
    rateGbit: 0,
    taken: null,
  };
  migrations.push(migration);
  return ok(migration);
};

const pin = (platform: DispatchPlatform, order: PinOrder): Result<null> => {
  const { twin, pins, takeOvers } = platform;
  const { asset, also = [], load, rampS = 0, kind = null } = order;
  const known = pins.find((other) => other.asset === asset);
  if (load === null) {
    if (known) {
      giveBack(takeOvers, known.taken);
      pins.splice(pins.indexOf(known), 1);
    }
    return ok(null);
  }
  const ranges: (readonly [number, number])[] = [];
  for (const id of [asset, ...also]) {
    const ref = twin.find(id);
    const own = ref ? rangesOf(twin, ref) : [];
    if (own.length === 0) return problem("dispatch-no-racks", `${id} has no racks`, id);
    ranges.push(...own);
  }
  const from = kind === null ? meanLoad(platform, ranges[0]!) : load;
  const taken = known?.taken ?? takeOver(takeOvers, ranges);
  if (taken === null) return problem("dispatch-full", "too many jobs came at once", asset);
  const held = known ?? { asset, taken, kind, load: from, target: load, perSecond: 0 };
  if (kind !== null) platform.jobs.kind[taken.job] = kind;
  held.kind = kind;
  held.target = load;
  held.perSecond = rampS > 0 ? Math.abs(load - held.load) / rampS : Number.POSITIVE_INFINITY;
  if (!known) pins.push(held);
  return ok(null);
};

/** Jobs that the platform has in hand: on their way or come here, and running or waiting in the batch queue. */
export const jobsInFlight = ({ migrations, jobs }: DispatchPlatform): number =>
  migrations.length + jobs.batch.running + jobs.batch.queue.length;

/** Utilisation of racks that wait for their job. */
const waitingLoad = 0.03;

/** Moves every migration on: takes its racks, counts what arrives, gives them back. */
const stepMigrations = (platform: DispatchPlatform, moment: Moment): void => {
  const { migrations, takeOvers, jobs, leftRacks, arriving, sentGbitPerS, sentTb } = platform;
  leftRacks.fill(0);
  sentGbitPerS.fill(0);
  sentTb.fill(0);
  arriving.gbitPerS = 0;
  arriving.stagedTb = 0;
  for (let i = 0; i < migrations.length; i++) {
    const migration = migrations[i]!;
    stepMigration(migration, moment.seconds, moment.stepSeconds);
    if (migration.phase === "done") {
      if (migration.taken) giveBack(takeOvers, migration.taken);
      migrations.splice(i--, 1);
      continue;
    }
    if (migration.phase === "ordered") continue;
    migration.taken ??= takeOver(takeOvers, migration.ranges);
    arriving.gbitPerS += migration.rateGbit;
    arriving.stagedTb += migration.arrivedTb;
    sentGbitPerS[migration.centre] = sentGbitPerS[migration.centre]! + migration.rateGbit;
    sentTb[migration.centre] = sentTb[migration.centre]! + migration.arrivedTb;
    if (hasLeft(migration.phase))
      leftRacks[migration.centre] = leftRacks[migration.centre]! + migration.racks;
    if (migration.taken === null) continue;
    const { job } = migration.taken;
    jobs.kind[job] = migration.order.kind;
    runJob(jobs, job, moment);
    const running = Math.max(waitingLoad, jobs.load[job]!);
    const own = waitingLoad + (running - waitingLoad) * warmth(migration, moment.seconds);
    const under = jobs.load[takeOvers.dealtOfRack[migration.ranges[0]![0]]!]!;
    jobs.load[job] = under + (own - under) * migration.share;
  }
};

const stepPins = ({ pins, jobs }: DispatchPlatform, moment: Moment): void => {
  for (const held of pins) {
    const most = held.perSecond * moment.stepSeconds;
    const left = held.target - held.load;
    held.load = Math.abs(left) <= most ? held.target : held.load + Math.sign(left) * most;
    const { job } = held.taken;
    if (held.kind) runJob(jobs, job, moment);
    jobs.load[job] = held.kind ? held.load * jobs.load[job]! : held.load;
  }
};

/** All jobs over a step: what is dealt, what waits, what comes, what people hold. */
export const stepDispatch = (platform: DispatchPlatform, moment: Moment): void => {
  stepJobs(platform.jobs, moment);
  for (const order of backgroundOrders(platform, moment)) migrate(platform, order);
  stepMigrations(platform, moment);
  stepPins(platform, moment);
};
