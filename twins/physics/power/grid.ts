import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { smoothNoise } from "#twins/physics/noise.ts";
import { ancestorRows, attributeOr, powerPairs } from "#twins/physics/places.ts";
import { transformerLoss } from "./curves.ts";
import type { Distribution } from "./distribution.ts";

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

/** From the buildings' mains to the grid: zones, main transformers, substations. */
export interface Grid {
  readonly seed: number;
  readonly zoneOfBuilding: Int32Array;
  readonly substation: Names<"power" | "voltage" | "frequency">;
  readonly transformer: Names<"power" | "loadRate" | "loss">;
  readonly ratedTransformer: Float32Array;
  readonly ratedVoltage: Float32Array;
  /** Pairs of substation and the transformer it feeds in a building. */
  readonly fed: Int32Array;
  /** Pairs of main transformer and the substation it feeds. */
  readonly mainTransformers: Int32Array;
  readonly transformersOf: Uint16Array;
  /** Pairs of substation and turbine, PV table or battery that feeds it, flattened to the set of such substations. */
  readonly collectors: readonly number[];
  /** Substations without anything below or beside them but other substations: what the whole campus draws passes here. */
  readonly roots: readonly number[];
  /** kW at this step. Shape of zoneMain: zones; the others: site rows. */
  readonly zoneMain: Float64Array;
  readonly total: Float64Array;
  readonly import: Float64Array;
  readonly pv: Float64Array;
  readonly wind: Float64Array;
  readonly storage: Float64Array;
  readonly generator: Float64Array;
}

export const createGrid = (twin: Twin, columns: PlantColumns, seed: number): Grid => {
  const { count } = twin.table("substation");
  const sites = Math.max(1, twin.table("site").count);
  const fed = powerPairs(twin.links, "substation", "transformer");
  const mainTransformers = powerPairs(twin.links, "transformer", "substation");
  const between = powerPairs(twin.links, "substation", "substation");
  const transformersOf = new Uint16Array(count);
  for (let i = 1; i < mainTransformers.length; i += 2)
    transformersOf[mainTransformers[i]!] = transformersOf[mainTransformers[i]!]! + 1;
  const collectors = new Set<number>();
  for (const source of ["windTurbine", "pvTable", "battery"] as const) {
    const pairs = powerPairs(twin.links, source, "substation");
    for (let i = 1; i < pairs.length; i += 2) collectors.add(pairs[i]!);
  }
  const downstream = new Set<number>();
  const upstream = new Set<number>();
  for (let i = 0; i < between.length; i += 2) {
    if (collectors.has(between[i]!)) continue;
    upstream.add(between[i]!);
    downstream.add(between[i + 1]!);
  }
  return {
    seed,
    zoneOfBuilding: ancestorRows(twin, "building", "zone"),
    // Classes other than the rack are stored in 64 bits (catalogue).
    substation: columnsOf(columns, "substation", ["power", "voltage", "frequency"]) as Grid["substation"],
    transformer: columnsOf(columns, "transformer", ["power", "loadRate", "loss"]) as Grid["transformer"],
    ratedTransformer: attributeOr(twin, "transformer", "ratedKw", 2500),
    ratedVoltage: attributeOr(twin, "substation", "voltageKv", 110),
    fed,
    mainTransformers,
    transformersOf,
    collectors: [...collectors],
    roots: [...upstream].filter((row) => !downstream.has(row)),
    zoneMain: new Float64Array(twin.table("zone").count),
    total: new Float64Array(sites),
    import: new Float64Array(sites),
    pv: new Float64Array(sites),
    wind: new Float64Array(sites),
    storage: new Float64Array(sites),
    generator: new Float64Array(sites),
  };
};

/** Sums buildings into zones, substations and the site. Returns what the campus draws, kW, losses included. */
export const stepGrid = (grid: Grid, distribution: Distribution): number => {
  const { zoneMain, zoneOfBuilding, substation, transformer, fed, mainTransformers, transformersOf } = grid;
  zoneMain.fill(0);
  let total = 0;
  for (let building = 0; building < distribution.buildings; building++) {
    const main = distribution.main[building]!;
    const zone = zoneOfBuilding[building]!;
    if (zone >= 0) zoneMain[zone] = zoneMain[zone]! + main;
    total += main;
  }
  substation.power.fill(0);
  for (let i = 0; i < fed.length; i += 2) {
    const row = fed[i]!;
    const below = fed[i + 1]!;
    substation.power[row] = substation.power[row]! + transformer.power[below]! + transformer.loss[below]!;
  }
  for (let i = 0; i < mainTransformers.length; i += 2) {
    const row = mainTransformers[i]!;
    const target = mainTransformers[i + 1]!;
    const through = substation.power[target]! / transformersOf[target]!;
    const loss = transformerLoss(through, grid.ratedTransformer[row]!);
    transformer.power[row] = through;
    transformer.loss[row] = loss;
    transformer.loadRate[row] = (100 * through) / grid.ratedTransformer[row]!;
    total += loss;
  }
  return total;
};

/** Grid import is what is left after sun, wind and storage; negative is export. */
export const stepSubstations = (
  grid: Grid,
  {
    loadKw,
    sums,
    seconds,
  }: { loadKw: number; sums: { pv: number; wind: number; storage: number }; seconds: number },
): void => {
  grid.total[0] = loadKw;
  grid.pv[0] = sums.pv;
  grid.wind[0] = sums.wind;
  grid.storage[0] = sums.storage;
  grid.import[0] = loadKw - sums.pv - sums.wind - sums.storage;
  const { substation, collectors, roots, ratedVoltage, seed } = grid;
  for (const row of collectors) substation.power[row] = sums.pv + sums.wind + sums.storage;
  for (const row of roots) substation.power[row] = Math.abs(grid.import[0]!);
  const frequency =
    50 + 0.018 * smoothNoise(seed + 601, seconds / 37) + 0.006 * smoothNoise(seed + 602, seconds / 5);
  for (let row = 0; row < substation.voltage.length; row++) {
    substation.voltage[row] =
      ratedVoltage[row]! * (1.01 + 0.008 * smoothNoise(seed + 603 + row, seconds / 240));
    substation.frequency[row] = frequency;
  }
};
