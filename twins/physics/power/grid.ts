import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { attributeOr, powerPairs } from "#twins/physics/places.ts";
import { coreLoss, mainTransformerLoss } from "./curves.ts";
import type { Distribution } from "./distribution.ts";
import { status } from "./standby.ts";
import type { Stations } from "./stations.ts";
import { isTransformerOut, liveMainRating } from "./stations.ts";
import type { Topology } from "./topology.ts";

/** What a field delivers: index into the arrays of `Gathered`. */
const kinds = ["pvTable", "windTurbine", "battery"] as const;
const ratingOf = { pvTable: "kWp", windTurbine: "ratedKw", battery: "powerKw" } as const;

/** Sun, wind and storage at the stations that gather them. One entry per kind. */
interface Gathered {
  readonly power: readonly Float64Array[];
  /** Station of each machine, or −1. */
  readonly stationOf: readonly Int32Array[];
  /** Rating of each kind at each station, kW. Shape: stations. */
  readonly rated: readonly Float64Array[];
  /** kW at each station in this step. Shape: stations + 1, the last for machines at no station. */
  readonly gross: readonly Float64Array[];
  /** The site's sum of each kind at hand-over, kW: `pv`, `wind` and `storage` of the grid. Shape of each: site rows. */
  readonly meters: readonly Float64Array[];
}

/** From the buildings' mains to the grid. kW at this step. */
export interface Grid {
  readonly gathered: Gathered;
  /** Losses of each station's main transformers. Shape: stations. */
  readonly stationLoss: Float64Array;
  /** What each station takes in from above. Shape: stations. */
  readonly stationInput: Float64Array;
  /** Shape: zones; the others: site rows. */
  readonly zoneMain: Float64Array;
  /** Buildings, stations' losses and nothing else: what the campus draws. */
  readonly total: Float64Array;
  readonly import: Float64Array;
  /** At hand-over: behind the losses of the station that gathers them. */
  readonly pv: Float64Array;
  readonly wind: Float64Array;
  readonly storage: Float64Array;
  readonly generator: Float64Array;
}

const gatheredOf = (twin: Twin, columns: PlantColumns): Gathered => {
  const stations = twin.table("substation").count;
  const stationOf = kinds.map((kind) => {
    const of = new Int32Array(twin.table(kind).count).fill(-1);
    const pairs = powerPairs(twin.links, kind, "substation");
    for (let i = 0; i < pairs.length; i += 2) of[pairs[i]!] = pairs[i + 1]!;
    return of;
  });
  return {
    // Classes other than the rack are stored in 64 bits (catalogue).
    power: kinds.map((kind) => columnsOf(columns, kind, ["power"]).power as Float64Array),
    stationOf,
    rated: kinds.map((kind, i) => {
      const sums = new Float64Array(stations);
      for (const [row, kw] of attributeOr(twin, kind, ratingOf[kind], 0).entries()) {
        const station = stationOf[i]![row]!;
        if (station >= 0) sums[station] = sums[station]! + kw;
      }
      return sums;
    }),
    gross: kinds.map(() => new Float64Array(stations + 1)),
    meters: kinds.map(() => new Float64Array(siteRows(twin))),
  };
};

const siteRows = (twin: Twin): number => Math.max(1, twin.table("site").count);

export const createGrid = (twin: Twin, columns: PlantColumns): Grid => {
  const stations = twin.table("substation").count;
  const sites = siteRows(twin);
  const gathered = gatheredOf(twin, columns);
  const [pv, wind, storage] = gathered.meters;
  return {
    gathered,
    stationLoss: new Float64Array(stations),
    stationInput: new Float64Array(stations),
    zoneMain: new Float64Array(twin.table("zone").count),
    total: new Float64Array(sites),
    import: new Float64Array(sites),
    pv: pv!,
    wind: wind!,
    storage: storage!,
    generator: new Float64Array(sites),
  };
};

export interface GridParts {
  readonly grid: Grid;
  readonly stations: Stations;
  readonly topology: Topology;
  readonly distribution: Distribution;
  readonly onGenerators: Uint8Array;
}

/** Sums buildings into zones. Returns what the campus draws, kW, with the stations' losses of the step before. */
export const stepZones = ({ grid, topology, distribution }: GridParts): number => {
  grid.zoneMain.fill(0);
  let total = 0;
  for (let building = 0; building < distribution.buildings; building++) {
    const main = distribution.main[building]!;
    const zone = topology.zoneOfBuilding[building]!;
    if (zone >= 0) grid.zoneMain[zone] = grid.zoneMain[zone]! + main;
    total += main;
  }
  let losses = 0;
  for (let station = 0; station < grid.stationLoss.length; station++) losses += grid.stationLoss[station]!;
  return total + losses;
};

/** Carries `kw` through a station's main transformers; returns their losses, kW. */
const passMainTransformers = ({ stations, distribution }: GridParts, station: number, kw: number): number => {
  const rating = liveMainRating(stations, station);
  const isLive = stations.perUnit[station]! > 0;
  const { power, loss, loadRate, status: shown } = distribution.transformer;
  let lost = 0;
  for (const row of stations.mainTransformers[station]!) {
    const isOut = isTransformerOut(stations, row);
    const own = stations.ratedTransformer[row]!;
    const carries = isLive && !isOut;
    power[row] = carries ? (Math.abs(kw) * own) / rating : 0;
    loss[row] = carries ? mainTransformerLoss(power[row]!, own) : 0;
    loadRate[row] = (100 * power[row]!) / own;
    shown[row] = carries ? status.on : stations.transformerFailed[row]! > 0 ? status.fault : status.off;
    lost += loss[row]!;
  }
  return lost;
};

const sumKind = ({ power, stationOf, gross }: Gathered, kind: number): void => {
  const own = power[kind]!;
  const of = stationOf[kind]!;
  const sums = gross[kind]!;
  sums.fill(0);
  for (let row = 0; row < own.length; row++) {
    const at = of[row]! < 0 ? sums.length - 1 : of[row]!;
    sums[at] = sums[at]! + own[row]!;
  }
};

/**
 * Hands over what a collecting station gathers. Losses in its core fall to each kind by rating, those of its load by
 * power, so that the meters at hand-over show what really arrives, and more sun changes nothing but the import.
 * @returns kW that arrive, all kinds
 */
const handOver = (parts: GridParts, station: number): number => {
  const { grid, stations } = parts;
  const { gross, rated, meters } = grid.gathered;
  let sum = 0;
  let moved = 0;
  let installed = 0;
  for (let kind = 0; kind < kinds.length; kind++) {
    const own = gross[kind]![station]!;
    sum += own;
    moved += Math.abs(own);
    installed += rated[kind]![station]!;
  }
  const lost = passMainTransformers(parts, station, sum);
  let core = 0;
  for (const row of stations.mainTransformers[station]!)
    if (lost > 0 && !isTransformerOut(stations, row)) core += coreLoss(stations.ratedTransformer[row]!);
  grid.stationLoss[station] = lost;
  stations.flow[station] = -sum;
  for (let kind = 0; kind < kinds.length; kind++) {
    const meter = meters[kind]!;
    const own = gross[kind]![station]!;
    const byRating = installed > 0 ? rated[kind]![station]! / installed : 1 / kinds.length;
    const byPower = moved > 0 ? Math.abs(own) / moved : byRating;
    meter[0] = meter[0]! + own - core * byRating - (lost - core) * byPower;
  }
  return sum - lost;
};

/** A station without voltage gathers nothing: inverters and turbines need a grid to follow. */
const shutOff = (parts: GridParts, station: number): number => {
  parts.grid.stationLoss[station] = passMainTransformers(parts, station, 0);
  parts.stations.flow[station] = 0;
  return 0;
};

/** What a station takes in from above, and from whom: the live ones above share it, or the grid itself gives it. */
const takeIn = ({ grid, stations }: GridParts, needs: Float64Array, station: number): void => {
  const input = grid.stationInput[station]!;
  const above = stations.upstream[station]!;
  if (above.length === 0) grid.import[0] = grid.import[0]! + input;
  let live = 0;
  for (const row of above) if (stations.perUnit[row]! > 0) live++;
  for (const row of above)
    if (live === 0 || stations.perUnit[row]! > 0)
      needs[row] = needs[row]! + input / (live === 0 ? above.length : live);
};

/** What buildings take from each station, and from the grid where no station feeds them. */
const feedBuildings = (
  { grid, topology, distribution, onGenerators }: GridParts,
  needs: Float64Array,
): void => {
  const { transformersOf, stationOfTransformer } = topology;
  const { power, loss } = distribution.transformer;
  for (let building = 0; building < distribution.buildings; building++) {
    if (onGenerators[building] === 1) {
      grid.generator[0] = grid.generator[0]! + distribution.generated[building]!;
      continue;
    }
    grid.import[0] = grid.import[0]! + distribution.direct[building]!;
    for (let row = transformersOf[building * 2]!; row < transformersOf[building * 2 + 1]!; row++) {
      const station = stationOfTransformer[row]!;
      const kw = power[row]! + loss[row]!;
      if (station < 0) grid.import[0] = grid.import[0]! + kw;
      else needs[station] = needs[station]! + kw;
    }
  }
};

/** What machines that hang on no station deliver: the site's meters start with it. */
const gather = ({ grid, stations }: GridParts): void => {
  const { gross, meters } = grid.gathered;
  for (let kind = 0; kind < kinds.length; kind++) {
    sumKind(grid.gathered, kind);
    const alone = gross[kind]![stations.count]!;
    meters[kind]![0] = alone;
    grid.import[0] = grid.import[0]! - alone;
  }
};

/** From the buildings through the stations to the grid: import is what sun, wind, storage and generators leave. */
export const stepGrid = (parts: GridParts): void => {
  const { grid, stations, distribution } = parts;
  const { order, isCollector, isBuilt, target, perUnit, flow } = stations;
  const { gross, meters } = grid.gathered;
  const needs = grid.stationInput;
  grid.import.fill(0);
  grid.generator.fill(0);
  needs.fill(0);
  feedBuildings(parts, needs);
  gather(parts);
  let total = 0;
  for (let building = 0; building < distribution.buildings; building++) total += distribution.main[building]!;
  for (let i = order.length - 1; i >= 0; i--) {
    const station = order[i]!;
    if (isCollector[station]) {
      const arrives = perUnit[station]! > 0 ? handOver(parts, station) : shutOff(parts, station);
      if (target[station]! < 0) grid.import[0] = grid.import[0]! - arrives;
      else needs[target[station]!] = needs[target[station]!]! - arrives;
      needs[station] = arrives;
      continue;
    }
    for (let kind = 0; kind < kinds.length; kind++) {
      const meter = meters[kind]!;
      const own = gross[kind]![station]!;
      meter[0] = meter[0]! + own;
      needs[station] = needs[station]! - own;
    }
    flow[station] = needs[station]!;
    grid.stationLoss[station] = isBuilt[station] ? passMainTransformers(parts, station, flow[station]!) : 0;
    needs[station] = needs[station]! + grid.stationLoss[station]!;
    total += grid.stationLoss[station]!;
    takeIn(parts, needs, station);
  }
  grid.total[0] = total;
};
