import type { Twin } from "#twins/model/twin.ts";
import { Stage } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { smoothNoise } from "#twins/physics/noise.ts";
import { attributeOr, powerPairs } from "#twins/physics/places.ts";
import { voltageDrop } from "./curves.ts";

/** Short-circuit power of the grid where a station takes over, kW by kV at least (assumed, usual magnitudes). */
const shortCircuitKw = (kv: number): number => (kv >= 330 ? 2e7 : kv >= 220 ? 1e7 : 4e6);
/** Short-circuit voltage of a main transformer (GB/T 6451: 10.5–14 %). Tap changers are left out: drops stay under 3 %. */
const mainImpedance = 0.12;

/** Substations, what feeds them and how much voltage they have. Index: substation row. */
export interface Stations {
  readonly seed: number;
  readonly count: number;
  /** Rows, upstream before downstream; collectors come last. */
  readonly order: Int32Array;
  /** Stations that feed each one; none: the grid itself does. */
  readonly upstream: readonly Int32Array[];
  /** Main transformers in front of each station. */
  readonly mainTransformers: readonly Int32Array[];
  /** 1 where sun, wind and storage are gathered: power flows from it to `target`. */
  readonly isCollector: Uint8Array;
  /** Station a collector delivers to, or −1: the grid itself. */
  readonly target: Int32Array;
  /** 0: only planned. It is passed by: what it is to feed is fed by what will feed it. */
  readonly isBuilt: Uint8Array;
  readonly ratedKv: Float32Array;
  readonly ratedTransformer: Float32Array;
  readonly open: Float32Array;
  readonly transformerOpen: Float32Array;
  readonly transformerFailed: Float32Array;
  readonly site: Readonly<Record<"sag" | "gridLost" | "frequencyDrop", Float32Array>>;
  readonly column: Readonly<Record<"power" | "voltage" | "frequency", Float64Array>>;
  /** Voltage of each station's busbar and of the grid at the hand-over (last entry), 1 is nominal. Shape: stations + 1. */
  readonly perUnit: Float64Array;
  /** kW through each station towards loads in the last step; negative runs back to the grid. */
  readonly flow: Float64Array;
}

const rowsByTarget = (pairs: Int32Array, count: number): readonly Int32Array[] => {
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < pairs.length; i += 2) lists[pairs[i + 1]!]!.push(pairs[i]!);
  return lists.map((list) => Int32Array.from(list));
};

/** Stations that only gather: sources feed them, and they feed no building. */
const collectorsOf = (twin: Twin): Uint8Array => {
  const isCollector = new Uint8Array(twin.table("substation").count);
  for (const source of ["windTurbine", "pvTable", "battery"] as const) {
    const pairs = powerPairs(twin.links, source, "substation");
    for (let i = 1; i < pairs.length; i += 2) isCollector[pairs[i]!] = 1;
  }
  const loads = powerPairs(twin.links, "substation", "transformer");
  for (let i = 0; i < loads.length; i += 2) isCollector[loads[i]!] = 0;
  return isCollector;
};

const orderOf = (upstream: readonly Int32Array[], isCollector: Uint8Array): Int32Array => {
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (row: number): void => {
    if (seen.has(row)) return;
    seen.add(row);
    for (const above of upstream[row]!) visit(above);
    order.push(row);
  };
  for (let row = 0; row < upstream.length; row++) if (!isCollector[row]) visit(row);
  for (let row = 0; row < upstream.length; row++) visit(row);
  return Int32Array.from(order);
};

export const createStations = (
  twin: Twin,
  columns: PlantColumns,
  { conditions, seed }: { conditions: Conditions; seed: number },
): Stations => {
  const { count } = twin.table("substation");
  const isCollector = collectorsOf(twin);
  const between = powerPairs(twin.links, "substation", "substation");
  const target = new Int32Array(count).fill(-1);
  const feeding: number[] = [];
  for (let i = 0; i < between.length; i += 2)
    if (isCollector[between[i]!]) target[between[i]!] = between[i + 1]!;
    else feeding.push(between[i]!, between[i + 1]!);
  const upstream = rowsByTarget(Int32Array.from(feeding), count);
  const transformer = conditions.of("transformer");
  return {
    seed,
    count,
    order: orderOf(upstream, isCollector),
    upstream,
    mainTransformers: rowsByTarget(powerPairs(twin.links, "transformer", "substation"), count),
    isCollector,
    target,
    isBuilt: Uint8Array.from(attributeOr(twin, "substation", "stage", Stage.built), (stage) =>
      stage === Stage.built ? 1 : 0,
    ),
    ratedKv: attributeOr(twin, "substation", "voltageKv", 110),
    ratedTransformer: attributeOr(twin, "transformer", "ratedKw", 2500),
    open: conditions.of("substation").open,
    transformerOpen: transformer.open,
    transformerFailed: transformer.failed,
    site: conditions.of("site"),
    // Classes other than the rack are stored in 64 bits (catalogue).
    column: columnsOf(columns, "substation", ["power", "voltage", "frequency"]) as Stations["column"],
    perUnit: new Float64Array(count + 1),
    flow: new Float64Array(count),
  };
};

export const isTransformerOut = (stations: Stations, row: number): boolean =>
  stations.transformerOpen[row]! > 0 || stations.transformerFailed[row]! > 0;

/** Rating of the main transformers of a station that carry, kW; Infinity where it has none. */
export const liveMainRating = (stations: Stations, station: number): number => {
  const transformers = stations.mainTransformers[station]!;
  if (transformers.length === 0) return Number.POSITIVE_INFINITY;
  let rating = 0;
  for (const row of transformers)
    if (!isTransformerOut(stations, row)) rating += stations.ratedTransformer[row]!;
  return rating;
};

/** Voltage at the hand-over: nominal and a little more, less in a dip, nothing when the grid is gone. */
const gridVoltage = ({ site, seed }: Stations, seconds: number): number => {
  if (site.gridLost[0]! > 0) return 0;
  const usual = 1.01 + 0.008 * smoothNoise(seed + 603, seconds / 240);
  return Math.max(0, Math.min(usual, 1 - site.sag[0]!));
};

const stationVoltage = (stations: Stations, row: number): number => {
  const { perUnit, upstream, target, isCollector, isBuilt, open, flow, count } = stations;
  const above = upstream[row]!;
  let voltage = above.length === 0 ? perUnit[count]! : 0;
  for (const station of above) voltage = Math.max(voltage, perUnit[station]!);
  if (isCollector[row] && target[row]! >= 0) voltage = perUnit[target[row]!]!;
  if (!isBuilt[row]) return voltage;
  const rating = liveMainRating(stations, row);
  if (open[row]! > 0 || rating === 0 || voltage === 0) return 0;
  const load = Math.max(0, flow[row]!);
  if (above.length === 0) voltage -= voltageDrop(1, load / shortCircuitKw(stations.ratedKv[row]!));
  return Math.max(0, voltage - voltageDrop(mainImpedance, load / rating));
};

/** Voltage of every station with the load of the step before: what happens below follows from it. */
export const stepStations = (stations: Stations, { seconds }: Moment): void => {
  const { perUnit, order, count } = stations;
  perUnit[count] = gridVoltage(stations, seconds);
  for (let i = 0; i < order.length; i++) perUnit[order[i]!] = stationVoltage(stations, order[i]!);
};

/** Power, voltage and frequency as they are after the step. */
export const showStations = (stations: Stations, { seconds }: Moment): void => {
  const { column, perUnit, ratedKv, flow, isBuilt, order, seed, site } = stations;
  const frequency =
    50 +
    0.018 * smoothNoise(seed + 601, seconds / 37) +
    0.006 * smoothNoise(seed + 602, seconds / 5) -
    site.frequencyDrop[0]!;
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!;
    perUnit[row] = stationVoltage(stations, row);
    column.power[row] = isBuilt[row] ? Math.abs(flow[row]!) : 0;
    column.voltage[row] = isBuilt[row] ? ratedKv[row]! * perUnit[row]! : 0;
    column.frequency[row] = perUnit[row]! > 0 && isBuilt[row] ? frequency : 0;
  }
};
