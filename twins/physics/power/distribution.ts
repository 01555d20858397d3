import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Ranges } from "#twins/physics/places.ts";
import {
  ancestorRows,
  attributeOr,
  commissioned,
  commissionedBuildings,
  commissionedRooms,
  powerPairs,
  rangesBelow,
  sumRange,
} from "#twins/physics/places.ts";
import { transformerLoss, upsLoss } from "./curves.ts";

/** Lighting, offices, controls: share of rated IT power, a fifth of it only by day. */
const auxShare = 0.012;

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

/** From the racks' rows up to the buildings' mains. */
export interface Distribution {
  readonly buildings: number;
  readonly rooms: Ranges;
  readonly racksOfRoom: Ranges;
  readonly upsOfBuilding: Ranges;
  readonly transformers: Ranges;
  readonly rowOfRack: Int32Array;
  /** Pairs of UPS row and rack-row row. */
  readonly upsOfRow: Int32Array;
  readonly feedsOfRow: Uint8Array;
  readonly rowPower: Float64Array;
  readonly ups: Names<"power" | "inputPower" | "loadRate" | "batteryCharge" | "supplyMode" | "status">;
  readonly transformer: Names<"power" | "loadRate" | "loss" | "status">;
  readonly rated: Readonly<Record<"ups" | "transformer", Float32Array>>;
  /** Pairs of transformer row and UPS row. */
  readonly transformerOfUps: Int32Array;
  /** Transformers of each building that feed no UPS: the mechanical load is split among them. */
  readonly mechanical: readonly Int32Array[];
  readonly ratedIt: Float64Array;
  /** kW of each room: IT at the UPS outputs. */
  readonly roomIt: Float64Array;
  /** kW of each building at this step. */
  readonly it: Float64Array;
  readonly cooling: Float64Array;
  /** Aux meter: lighting, offices and UPS losses, metered apart. */
  readonly aux: Float64Array;
  readonly main: Float64Array;
}

export const createDistribution = (twin: Twin, columns: PlantColumns): Distribution => {
  const { count } = twin.table("building");
  const rows = twin.table("row").count;
  const transformers = rangesBelow(twin, "building", "transformer");
  const transformerOfUps = powerPairs(twin.links, "transformer", "ups");
  const feedsUps = new Set<number>();
  for (let i = 0; i < transformerOfUps.length; i += 2) feedsUps.add(transformerOfUps[i]!);
  const upsOfRow = powerPairs(twin.links, "ups", "row");
  const feedsOfRow = new Uint8Array(rows);
  for (let i = 1; i < upsOfRow.length; i += 2) feedsOfRow[upsOfRow[i]!] = feedsOfRow[upsOfRow[i]!]! + 1;
  const ratedRack = attributeOr(twin, "rack", "ratedKw", 5);
  const racks = rangesBelow(twin, "building", "rack");
  return {
    buildings: count,
    rooms: rangesBelow(twin, "building", "room"),
    racksOfRoom: rangesBelow(twin, "room", "rack"),
    upsOfBuilding: rangesBelow(twin, "building", "ups"),
    transformers,
    rowOfRack: ancestorRows(twin, "rack", "row"),
    upsOfRow,
    feedsOfRow,
    rowPower: new Float64Array(rows),
    // Classes other than the rack are stored in 64 bits (catalogue).
    ups: columnsOf(columns, "ups", [
      "power",
      "inputPower",
      "loadRate",
      "batteryCharge",
      "supplyMode",
      "status",
    ]) as Distribution["ups"],
    transformer: columnsOf(columns, "transformer", [
      "power",
      "loadRate",
      "loss",
      "status",
    ]) as Distribution["transformer"],
    rated: {
      ups: commissioned(
        attributeOr(twin, "ups", "ratedKw", 500),
        rangesBelow(twin, "room", "ups"),
        commissionedRooms(twin),
      ),
      transformer: commissioned(
        attributeOr(twin, "transformer", "ratedKw", 2500),
        transformers,
        commissionedBuildings(twin),
      ),
    },
    transformerOfUps,
    mechanical: Array.from({ length: count }, (_, building) => {
      const own: number[] = [];
      for (let t = transformers[building * 2]!; t < transformers[building * 2 + 1]!; t++)
        if (!feedsUps.has(t)) own.push(t);
      return Int32Array.from(own);
    }),
    ratedIt: Float64Array.from({ length: count }, (_, building) => sumRange(ratedRack, racks, building)),
    roomIt: new Float64Array(twin.table("room").count),
    it: new Float64Array(count),
    cooling: new Float64Array(count),
    aux: new Float64Array(count),
    main: new Float64Array(count),
  };
};

/** Sums racks into rows and UPS. Every sum is in float64 over the very values that are published. */
const stepUps = (d: Distribution, rackPower: Float32Array): void => {
  const { rowPower, rowOfRack, upsOfRow, feedsOfRow, ups, rated } = d;
  rowPower.fill(0);
  for (let rack = 0; rack < rackPower.length; rack++) {
    const row = rowOfRack[rack]!;
    if (row >= 0) rowPower[row] = rowPower[row]! + rackPower[rack]!;
  }
  ups.power.fill(0);
  for (let i = 0; i < upsOfRow.length; i += 2) {
    const bank = upsOfRow[i]!;
    const row = upsOfRow[i + 1]!;
    ups.power[bank] = ups.power[bank]! + rowPower[row]! / feedsOfRow[row]!;
  }
  for (let bank = 0; bank < ups.power.length; bank++) {
    const output = ups.power[bank]!;
    ups.inputPower[bank] = output + upsLoss(output, rated.ups[bank]!);
    ups.loadRate[bank] = (100 * output) / rated.ups[bank]!;
    ups.batteryCharge[bank] = 100;
    ups.supplyMode[bank] = 1;
    ups.status[bank] = 1;
  }
};

const addTransformer = (d: Distribution, row: number, throughKw: number): void => {
  d.transformer.power[row] = throughKw;
  d.transformer.loss[row] = transformerLoss(throughKw, d.rated.transformer[row]!);
  d.transformer.loadRate[row] = (100 * throughKw) / d.rated.transformer[row]!;
  d.transformer.status[row] = 1;
};

/** Room transformers carry their UPS; the mechanical ones everything else of the building. */
const stepTransformers = (d: Distribution): void => {
  const { power } = d.transformer;
  power.fill(0);
  for (let i = 0; i < d.transformerOfUps.length; i += 2) {
    const row = d.transformerOfUps[i]!;
    power[row] = power[row]! + d.ups.inputPower[d.transformerOfUps[i + 1]!]!;
  }
  for (let row = 0; row < power.length; row++) addTransformer(d, row, power[row]!);
};

/** What racks and cooling draw, kW, and how light it is, 0…1. */
export interface Loads {
  readonly rackPower: Float32Array;
  /** Air handlers and CDUs. Shape: rooms. */
  readonly roomCooling: Float64Array;
  /** Chillers, towers, pumps. Shape: buildings. */
  readonly plantCooling: Float64Array;
  readonly daylight: number;
}

/** Power of UPS and transformers and what every building draws. */
export const stepLoads = (d: Distribution, loads: Loads): void => {
  stepUps(d, loads.rackPower);
  stepTransformers(d);
  for (let room = 0; room < d.roomIt.length; room++)
    d.roomIt[room] = sumRange(loads.rackPower, d.racksOfRoom, room);
  for (let building = 0; building < d.buildings; building++) {
    if (d.rooms[building * 2 + 1] === d.rooms[building * 2]) continue;
    const it = sumRange(d.roomIt, d.rooms, building);
    const cooling = sumRange(loads.roomCooling, d.rooms, building) + loads.plantCooling[building]!;
    const upsIn = sumRange(d.ups.inputPower, d.upsOfBuilding, building);
    const upsOut = sumRange(d.ups.power, d.upsOfBuilding, building);
    const services = auxShare * d.ratedIt[building]! * (0.8 + 0.2 * loads.daylight);
    d.it[building] = it;
    d.cooling[building] = cooling;
    d.aux[building] = services + (upsIn - upsOut);
    const mechanical = d.mechanical[building]!;
    for (const row of mechanical) addTransformer(d, row, (cooling + services) / mechanical.length);
    const loss = sumRange(d.transformer.loss, d.transformers, building);
    d.main[building] = it + cooling + d.aux[building]! + loss;
  }
};
