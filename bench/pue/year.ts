import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import type { Plant } from "#twins/physics/plant.ts";
import { createPlant } from "#twins/physics/plant.ts";
import type { Kind, Part } from "./kinds.ts";
import { parts } from "./kinds.ts";

/** Days of each month that stand for it, hour by hour. */
const days = [4, 12, 20, 27] as const;
const hoursPerDay = 24;
export const months = 12;
const year = 2026;

/** Energy of one kind of building in one month, kWh of the sampled hours. */
export interface Energy {
  it: number;
  /** All that the buildings drew. */
  main: number;
  /** What racks of full rating would have drawn. */
  rated: number;
  readonly parts: Record<Part, number>;
}

export const noEnergy = (): Energy => ({
  it: 0,
  main: 0,
  rated: 0,
  parts: Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>,
});

export const addEnergy = (to: Energy, more: Energy): void => {
  to.it += more.it;
  to.main += more.main;
  to.rated += more.rated;
  for (const part of parts) to.parts[part] += more.parts[part];
};

export interface YearOfKinds {
  /** Energy by kind and month. Shape: kinds × months. */
  readonly energy: readonly (readonly Energy[])[];
  /** Mean temperature of the sampled hours, °C. Shape: months. */
  readonly airTemperature: readonly number[];
}

/** So many of a hundred racks have servers, evenly over every row. */
const fillRacks = (twin: Twin, share: number): void => {
  const occupied = twin.table("rack").attribute("occupied");
  for (let rack = 0; rack < (occupied?.length ?? 0); rack++)
    occupied![rack] = Math.floor((rack + 1) * share + 1e-9) - Math.floor(rack * share + 1e-9);
};

const powerBelow = (plant: Plant, twin: Twin, name: ClassName): ((building: number) => number) => {
  const { power } = columnsOf(plant.truth, name, ["power"]);
  const ranges = rangesBelow(twin, "building", name);
  return (building) => sumRange(power, ranges, building);
};

/** Reads the true power of one building, kW. */
const reader = (plant: Plant, twin: Twin): ((building: number) => Energy) => {
  const { rooms, waterside, distribution: d } = plant.parts;
  const chillers = powerBelow(plant, twin, "chiller");
  const towers = powerBelow(plant, twin, "coolingTower");
  const pumps = powerBelow(plant, twin, "pump");
  const racks = rangesBelow(twin, "building", "rack");
  const rated = attributeOr(twin, "rack", "ratedKw", 5);
  return (building) => {
    const ownCompressors = sumRange(rooms.air.compressor, rooms.ofBuilding, building);
    const frost = waterside.towers.heaterKw[building]!;
    return {
      it: d.it[building]!,
      main: d.main[building]!,
      rated: sumRange(rated, racks, building),
      parts: {
        services: d.services[building]!,
        transformers: d.transformerLoss[building]!,
        banks: d.bankLoss[building]!,
        fans: sumRange(rooms.coolingPower, rooms.ofBuilding, building) - ownCompressors,
        pumps: pumps(building),
        towers: towers(building) - frost,
        frost,
        compressors: chillers(building) + ownCompressors,
      },
    };
  };
};

const sampleDay = (
  plant: Plant,
  {
    fromMs,
    kinds,
    read,
    into,
  }: { fromMs: number; kinds: readonly Kind[]; read: (building: number) => Energy; into: readonly Energy[] },
): number => {
  let celsius = 0;
  plant.step((fromMs - plant.timeMs) / 1000);
  for (let hour = 0; hour < hoursPerDay; hour++) {
    plant.step(3600);
    celsius += plant.weather.airTemperature;
    for (const [kind, { buildings }] of kinds.entries())
      for (const building of buildings) addEnergy(into[kind]!, read(building));
  }
  return celsius;
};

/** Every rack with servers runs at full load. */
const holdFull = (plant: Plant, twin: Twin, kinds: readonly Kind[]): void => {
  const [asset, ...also] = kinds.flatMap(({ buildings }) =>
    buildings.map((row) => twin.idOf({ className: "building", row })),
  );
  const held = plant.dispatch.pin({ asset: asset!, also, load: 1 });
  if (!held.ok) throw new Error(held.error.message);
};

/**
 * A year of the campus by sampled days: with so many of its racks full of servers at full load and the others empty, or
 * as it is, with its own racks and jobs.
 * @param share racks with servers, 0…1: the load rate; null: as it is
 */
export const sampleYear = (
  twin: Twin,
  kinds: readonly Kind[],
  { share, seed }: { share: number | null; seed: number },
): YearOfKinds => {
  if (share !== null) fillRacks(twin, share);
  const startMs = Date.UTC(year, 0, 1) - twin.site.utcOffsetMin * 60_000;
  const plant = createPlant(twin, { seed, startMs, detail: "totals" });
  if (share !== null) holdFull(plant, twin, kinds);
  const read = reader(plant, twin);
  const energy = kinds.map(() => Array.from({ length: months }, noEnergy));
  const airTemperature: number[] = [];
  for (let month = 0; month < months; month++) {
    let celsius = 0;
    for (const day of days)
      celsius += sampleDay(plant, {
        fromMs: startMs + Date.UTC(1970, month, day),
        kinds,
        read,
        into: energy.map((own) => own[month]!),
      });
    airTemperature.push(celsius / days.length / hoursPerDay);
  }
  return { energy, airTemperature };
};
