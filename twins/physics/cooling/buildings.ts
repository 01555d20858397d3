import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { attributeOr, commissioned, powerPairs, rangesBelow, sumRange } from "#twins/physics/places.ts";
import { transformerLoss } from "#twins/physics/power/curves.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { chilledWater, chillerPower, drivePower, freeShare, liquidLoop, speedOf } from "./curves.ts";
import type { Rooms } from "./rooms.ts";

/** Lighting, offices, controls: share of rated IT power, a fifth of it only by day. */
const auxShare = 0.012;
const towerFloor = 0.25;
/** Closed towers blow over coils, dry in winter: they need air where open ones need little. */
const closedTowerFloor = 0.5;
const pumpFloor = 0.6;
/** Machines are staged so that each running one carries at most this share of its capacity. */
const stageLimit = 0.9;

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

export interface Buildings {
  readonly count: number;
  readonly rooms: Ranges;
  readonly chillers: Ranges;
  readonly towers: Ranges;
  readonly pumps: Ranges;
  readonly ups: Ranges;
  readonly transformers: Ranges;
  readonly chiller: Names<"power" | "supplyTemperature" | "returnTemperature" | "heat" | "status">;
  readonly tower: Names<"power" | "leavingTemperature" | "fanSpeed" | "heat" | "status">;
  readonly pump: Names<"power" | "speed" | "status">;
  readonly transformer: Names<"power" | "loadRate" | "loss">;
  readonly rated: Readonly<
    Record<"chiller" | "chillerCapacity" | "tower" | "towerCapacity" | "pump" | "transformer", Float32Array>
  >;
  /** Pairs of transformer row and UPS row. */
  readonly transformerOfUps: Int32Array;
  /** Transformers of each building that feed no UPS: the mechanical load is split among them. */
  readonly mechanical: readonly Int32Array[];
  readonly ratedIt: Float64Array;
  /** Power of the cooling plant over that of a clean and well-tuned one: fouled exchangers, set-points left cold. */
  readonly wear: Float64Array;
  /** kW of each building at this step. */
  readonly it: Float64Array;
  readonly coolingPower: Float64Array;
  /** Aux meter: lighting, offices and UPS losses, metered apart. */
  readonly aux: Float64Array;
  readonly main: Float64Array;
}

/** Share of each building's racks that are commissioned; its cooling plant is commissioned by the same share. */
const commissionedParts = (twin: Twin): Float64Array => {
  const all = attributeOr(twin, "building", "physicalRacks", 0);
  const live = attributeOr(twin, "building", "telemetered", 0);
  return Float64Array.from(all, (racks, row) =>
    racks > 0 && live[row]! > 0 ? Math.min(1, live[row]! / racks) : 1,
  );
};

export const createBuildings = (twin: Twin, columns: PlantColumns, seed: number): Buildings => {
  const { count } = twin.table("building");
  const transformers = rangesBelow(twin, "building", "transformer");
  const transformerOfUps = powerPairs(twin.links, "transformer", "ups");
  const feedsUps = new Set<number>();
  for (let i = 0; i < transformerOfUps.length; i += 2) feedsUps.add(transformerOfUps[i]!);
  const ratedRack = attributeOr(twin, "rack", "ratedKw", 5);
  const racks = rangesBelow(twin, "building", "rack");
  const parts = commissionedParts(twin);
  const rated = (name: ClassName, attribute: string, otherwise: number): Float32Array =>
    commissioned(attributeOr(twin, name, attribute, otherwise), rangesBelow(twin, "building", name), parts);
  return {
    count,
    rooms: rangesBelow(twin, "building", "room"),
    chillers: rangesBelow(twin, "building", "chiller"),
    towers: rangesBelow(twin, "building", "coolingTower"),
    pumps: rangesBelow(twin, "building", "pump"),
    ups: rangesBelow(twin, "building", "ups"),
    transformers,
    // Classes other than the rack are stored in 64 bits (catalogue).
    chiller: columnsOf(columns, "chiller", [
      "power",
      "supplyTemperature",
      "returnTemperature",
      "heat",
      "status",
    ]) as Buildings["chiller"],
    tower: columnsOf(columns, "coolingTower", [
      "power",
      "leavingTemperature",
      "fanSpeed",
      "heat",
      "status",
    ]) as Buildings["tower"],
    pump: columnsOf(columns, "pump", ["power", "speed", "status"]) as Buildings["pump"],
    transformer: columnsOf(columns, "transformer", ["power", "loadRate", "loss"]) as Buildings["transformer"],
    rated: {
      chiller: rated("chiller", "ratedKw", 700),
      chillerCapacity: rated("chiller", "capacityKw", 4200),
      tower: rated("coolingTower", "ratedKw", 75),
      towerCapacity: rated("coolingTower", "capacityKw", 5000),
      pump: rated("pump", "ratedKw", 90),
      transformer: rated("transformer", "ratedKw", 2500),
    },
    transformerOfUps,
    mechanical: Array.from({ length: count }, (_, building) => {
      const rows: number[] = [];
      for (let t = transformers[building * 2]!; t < transformers[building * 2 + 1]!; t++)
        if (!feedsUps.has(t)) rows.push(t);
      return Int32Array.from(rows);
    }),
    ratedIt: Float64Array.from({ length: count }, (_, building) => sumRange(ratedRack, racks, building)),
    wear: Float64Array.from({ length: count }, (_, building) => 1.12 + 0.2 * signed(seed + 801, building)),
    it: new Float64Array(count),
    coolingPower: new Float64Array(count),
    aux: new Float64Array(count),
    main: new Float64Array(count),
  };
};

/** Chillers on for the heat that free cooling leaves; returns the heat that towers reject. */
const stepChillers = (
  b: Buildings,
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
  b: Buildings,
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

const stepPumps = (b: Buildings, building: number, heat: number): void => {
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

const addTransformer = (b: Buildings, row: number, throughKw: number): void => {
  b.transformer.power[row] = throughKw;
  b.transformer.loss[row] = transformerLoss(throughKw, b.rated.transformer[row]!);
  b.transformer.loadRate[row] = (100 * throughKw) / b.rated.transformer[row]!;
};

/** Room transformers carry their UPS; the mechanical ones everything else of the building. */
const stepTransformers = (b: Buildings, rooms: Rooms): void => {
  const { power } = b.transformer;
  power.fill(0);
  for (let i = 0; i < b.transformerOfUps.length; i += 2) {
    const row = b.transformerOfUps[i]!;
    power[row] = power[row]! + rooms.upsColumns.inputPower[b.transformerOfUps[i + 1]!]!;
  }
  for (let row = 0; row < power.length; row++) addTransformer(b, row, power[row]!);
};

/** Cooling plant, losses and main power of every building. */
export const stepBuildings = (
  b: Buildings,
  rooms: Rooms,
  { weather, daylight }: { weather: Weather; daylight: number },
): void => {
  stepTransformers(b, rooms);
  for (let building = 0; building < b.count; building++) {
    if (b.rooms[building * 2 + 1] === b.rooms[building * 2]) continue;
    const it = sumRange(rooms.it, b.rooms, building);
    const inRooms = sumRange(rooms.coolingPower, b.rooms, building);
    // Evaporative units reject their heat themselves: such a building has no towers.
    const heat = it + inRooms;
    const rejected = stepChillers(b, building, { heat, weather });
    stepTowers(b, building, { heat: rejected, weather });
    stepPumps(b, building, heat);
    const plant =
      sumRange(b.chiller.power, b.chillers, building) +
      sumRange(b.tower.power, b.towers, building) +
      sumRange(b.pump.power, b.pumps, building);
    const upsIn = sumRange(rooms.upsColumns.inputPower, b.ups, building);
    const upsOut = sumRange(rooms.upsColumns.power, b.ups, building);
    const services = auxShare * b.ratedIt[building]! * (0.8 + 0.2 * daylight);
    b.it[building] = it;
    b.coolingPower[building] = inRooms + plant;
    b.aux[building] = services + (upsIn - upsOut);
    const mechanical = b.mechanical[building]!;
    for (const row of mechanical) addTransformer(b, row, (inRooms + plant + services) / mechanical.length);
    const loss = sumRange(b.transformer.loss, b.transformers, building);
    b.main[building] = it + b.coolingPower[building]! + b.aux[building]! + loss;
  }
};
