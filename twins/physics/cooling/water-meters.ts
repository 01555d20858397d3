import { classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { waterSources } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { unit } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import type { Rooms } from "./rooms.ts";
import type { Waterside } from "./waterside.ts";

/**
 * Water that cooling takes, by source: towers are made up with 70 % reclaimed water, the rest from the tap to thin it;
 * evaporative units spray softened tap water. Assumed; people, gardens and humidifiers are not counted.
 */
const reclaimedPart = 0.7;

export interface WaterMeters {
  readonly seed: number;
  readonly rooms: Ranges;
  /** Water of each building, and last of the whole site, m³/h. Shape: buildings + 1. */
  readonly tap: Float64Array;
  readonly reclaimed: Float64Array;
  readonly flow: Float64Array;
  readonly volume: Float64Array;
  /** Row of `tap` and `reclaimed` that a meter reads, −1 where nothing of the plant passes it. Shape: meters. */
  readonly place: Int32Array;
  readonly source: Float32Array;
  started: boolean;
}

export const createWaterMeters = (twin: Twin, columns: PlantColumns, seed: number): WaterMeters => {
  const table = twin.table("waterMeter");
  const buildings = twin.table("building").count;
  const placeOf = (row: number): number => {
    const boundary = classNames[table.parentClass[row]!];
    if (boundary === "site") return buildings;
    return boundary === "building" ? table.parentRow[row]! : -1;
  };
  const none = { flow: new Float64Array(0), volume: new Float64Array(0) };
  return {
    seed,
    rooms: rangesBelow(twin, "building", "room"),
    tap: new Float64Array(buildings + 1),
    reclaimed: new Float64Array(buildings + 1),
    // Classes other than the rack are stored in 64 bits (catalogue).
    ...(table.count > 0 ? (columnsOf(columns, "waterMeter", ["flow", "volume"]) as typeof none) : none),
    place: Int32Array.from({ length: table.count }, (_, row) => placeOf(row)),
    source: attributeOr(twin, "waterMeter", "waterSource", 0),
    started: false,
  };
};

/** Registers start at what they would have counted in half a year to two years, m³: towers take less in winter. */
const startRegisters = ({ seed, flow, volume }: WaterMeters): void => {
  for (let row = 0; row < volume.length; row++) {
    const hours = 8766 * (0.5 + 1.5 * unit(seed + 551, row));
    volume[row] = Math.round(flow[row]! * 0.9 * hours * 100) / 100;
  }
};

/** Adds up what cooling took and reads every meter; registers count the mean of the flow before and after. */
export const stepWaterMeters = (
  meters: WaterMeters,
  { rooms, waterside }: { rooms: Rooms; waterside: Waterside },
  meteredSeconds: number,
): void => {
  const { tap, reclaimed, flow, volume, place, source } = meters;
  const site = tap.length - 1;
  tap[site] = 0;
  reclaimed[site] = 0;
  for (let building = 0; building < site; building++) {
    const towers = waterside.makeUp[building]!;
    tap[building] = (1 - reclaimedPart) * towers + sumRange(rooms.air.water, meters.rooms, building);
    reclaimed[building] = reclaimedPart * towers;
    tap[site] = tap[site]! + tap[building]!;
    reclaimed[site] = reclaimed[site]! + reclaimed[building]!;
  }
  const reclaimedCode = waterSources.indexOf("reclaimed");
  for (let row = 0; row < flow.length; row++) {
    if (place[row]! < 0) continue;
    const after = (source[row] === reclaimedCode ? reclaimed : tap)[place[row]!]!;
    volume[row] = volume[row]! + (((flow[row]! + after) / 2) * meteredSeconds) / 3600;
    flow[row] = after;
  }
  if (!meters.started) startRegisters(meters);
  meters.started = true;
};
