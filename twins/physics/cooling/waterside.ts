import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import {
  attributeOr,
  commissioned,
  commissionedBuildings,
  rangesBelow,
  sumRange,
} from "#twins/physics/places.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { chilledWater, chillerPower, drivePower, freeShare, liquidLoop, speedOf } from "./curves.ts";
import type { Rooms } from "./rooms.ts";

const towerFloor = 0.25;
/** Closed towers blow over coils, dry in winter: they need air where open ones need little. */
const closedTowerFloor = 0.5;
const pumpFloor = 0.6;
/** Machines are staged so that each running one carries at most this share of its capacity. */
const stageLimit = 0.9;

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

export interface Waterside {
  readonly count: number;
  readonly rooms: Ranges;
  readonly chillers: Ranges;
  readonly towers: Ranges;
  readonly pumps: Ranges;
  readonly chiller: Names<"power" | "supplyTemperature" | "returnTemperature" | "heat" | "status">;
  readonly tower: Names<"power" | "leavingTemperature" | "fanSpeed" | "heat" | "status">;
  readonly pump: Names<"power" | "speed" | "status">;
  readonly rated: Readonly<
    Record<"chiller" | "chillerCapacity" | "tower" | "towerCapacity" | "pump", Float32Array>
  >;
  /** Power of the cooling plant over that of a clean and well-tuned one: fouled exchangers, set-points left cold. */
  readonly wear: Float64Array;
  /** Chillers, towers and pumps, kW. Shape: buildings. */
  readonly power: Float64Array;
}

export const createWaterside = (twin: Twin, columns: PlantColumns, seed: number): Waterside => {
  const { count } = twin.table("building");
  const parts = commissionedBuildings(twin);
  const rated = (name: ClassName, attribute: string, otherwise: number): Float32Array =>
    commissioned(attributeOr(twin, name, attribute, otherwise), rangesBelow(twin, "building", name), parts);
  return {
    count,
    rooms: rangesBelow(twin, "building", "room"),
    chillers: rangesBelow(twin, "building", "chiller"),
    towers: rangesBelow(twin, "building", "coolingTower"),
    pumps: rangesBelow(twin, "building", "pump"),
    // Classes other than the rack are stored in 64 bits (catalogue).
    chiller: columnsOf(columns, "chiller", [
      "power",
      "supplyTemperature",
      "returnTemperature",
      "heat",
      "status",
    ]) as Waterside["chiller"],
    tower: columnsOf(columns, "coolingTower", [
      "power",
      "leavingTemperature",
      "fanSpeed",
      "heat",
      "status",
    ]) as Waterside["tower"],
    pump: columnsOf(columns, "pump", ["power", "speed", "status"]) as Waterside["pump"],
    rated: {
      chiller: rated("chiller", "ratedKw", 700),
      chillerCapacity: rated("chiller", "capacityKw", 4200),
      tower: rated("coolingTower", "ratedKw", 75),
      towerCapacity: rated("coolingTower", "capacityKw", 5000),
      pump: rated("pump", "ratedKw", 90),
    },
    wear: Float64Array.from({ length: count }, (_, building) => 1.12 + 0.2 * signed(seed + 801, building)),
    power: new Float64Array(count),
  };
};

/** Chillers on for the heat that free cooling leaves; returns the heat that towers reject. */
const stepChillers = (
  b: Waterside,
  building: number,
  { heat, weather }: { heat: number; weather: Weather },
): number => {
  const start = b.chillers[building * 2]!;
  const end = b.chillers[building * 2 + 1]!;
  const { supply, warmReturn, approach } = chilledWater;
  const mechanical = heat * (1 - freeShare(weather.wetBulb, approach, supply, warmReturn));
  const capacity = b.rated.chillerCapacity[start] ?? 1;
  const wanted = mechanical > capacity * 0.02 ? Math.ceil(mechanical / (capacity * stageLimit)) : 0;
  const running = Math.min(wanted, end - start);
  let compressors = 0;
  for (let unit = start; unit < end; unit++) {
    const on = unit - start < running;
    const carried = on ? mechanical / running : 0;
    const power = on ? b.wear[building]! * chillerPower(carried, carried / capacity, weather.wetBulb) : 0;
    compressors += power;
    b.chiller.power[unit] = power;
    b.chiller.heat[unit] = carried;
    b.chiller.status[unit] = on ? 1 : 0;
    b.chiller.supplyTemperature[unit] = supply;
    b.chiller.returnTemperature[unit] =
      supply + (warmReturn - supply) * (on ? clamp(carried / capacity, 0.3, 1) : 1);
  }
  return heat + compressors;
};

const stepTowers = (
  b: Waterside,
  building: number,
  { heat, weather }: { heat: number; weather: Weather },
): void => {
  const start = b.towers[building * 2]!;
  const end = b.towers[building * 2 + 1]!;
  if (end === start) return;
  const isOpen = b.chillers[building * 2 + 1]! > b.chillers[building * 2]!;
  const loop = isOpen ? chilledWater : liquidLoop;
  const capacity = b.rated.towerCapacity[start]!;
  // Cold air does the work of fans: speed follows how near the wet bulb is to the water that is wanted.
  const nearness = clamp(1 - (loop.supply - loop.approach - weather.wetBulb) / 30, 0.3, 1);
  const share = clamp(heat / (capacity * (end - start)), 0, 1);
  const speed = speedOf(Math.sqrt(share) * nearness, isOpen ? towerFloor : closedTowerFloor);
  const leaving = Math.max(loop.supply - 1, weather.wetBulb + loop.approach - 1);
  for (let unit = start; unit < end; unit++) {
    b.tower.power[unit] = b.wear[building]! * drivePower(b.rated.tower[unit]!, speed);
    b.tower.fanSpeed[unit] = speed * 100;
    b.tower.heat[unit] = heat / (end - start);
    b.tower.leavingTemperature[unit] = leaving;
    b.tower.status[unit] = 1;
  }
};

const stepPumps = (b: Waterside, building: number, heat: number): void => {
  const start = b.pumps[building * 2]!;
  const end = b.pumps[building * 2 + 1]!;
  const count = end - start;
  if (count === 0) return;
  const capacity = sumRange(b.rated.towerCapacity, b.towers, building) || heat || 1;
  const running = clamp(Math.ceil((count * heat) / (capacity * stageLimit)), 1, count);
  const speed = speedOf((count * heat) / (capacity * running), pumpFloor);
  for (let unit = start; unit < end; unit++) {
    const on = unit - start < running;
    b.pump.power[unit] = on ? b.wear[building]! * drivePower(b.rated.pump[unit]!, speed) : 0;
    b.pump.speed[unit] = on ? speed * 100 : 0;
    b.pump.status[unit] = on ? 1 : 0;
  }
};

/** Power of the cooling plant of every building. */
export const stepWaterside = (b: Waterside, rooms: Rooms, weather: Weather): void => {
  for (let building = 0; building < b.count; building++) {
    if (b.rooms[building * 2 + 1] === b.rooms[building * 2]) continue;
    const it = sumRange(rooms.it, b.rooms, building);
    const inRooms = sumRange(rooms.coolingPower, b.rooms, building);
    // Evaporative units reject their heat themselves: such a building has no towers.
    const heat = it + inRooms;
    const rejected = stepChillers(b, building, { heat, weather });
    stepTowers(b, building, { heat: rejected, weather });
    stepPumps(b, building, heat);
    b.power[building] =
      sumRange(b.chiller.power, b.chillers, building) +
      sumRange(b.tower.power, b.towers, building) +
      sumRange(b.pump.power, b.pumps, building);
  }
};
