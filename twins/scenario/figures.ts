import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { attributeOr } from "#twins/physics/places.ts";
import type { Plant } from "#twins/physics/plant.ts";

/** Sums over what is in a site, zone, building or room, read from the true plant; docs/SCENARIOS.md says what each counts. */
const placeFigures = [
  "itPower", // kW, racks
  "totalPower", // kW, mains; of a room: its IT and the cooling in it
  "coolingPower", // kW
  "powerRatio", // total over IT; NaN without IT
  "inletMax", // °C, hottest inlet of racks with servers
  "load", // %, mean over racks with servers
  "racksOn", // racks that draw more than a twentieth of their rating
] as const;

/** kW at hand-over, and the site alone has them. */
const siteFigures = ["gridPower", "pvPower", "windPower", "storagePower", "generatorPower"] as const;

type PlaceFigure = (typeof placeFigures)[number];
type SiteFigure = (typeof siteFigures)[number];
type PlantSeen = Pick<Plant, "truth" | "parts">;

/** Reads a number off the plant as it stands. */
export type Figure = () => number;

/** A rack that draws less than this part of its rating is off: controllers alone draw as much. */
const onShare = 0.05;

interface Place {
  readonly plant: PlantSeen;
  readonly twin: Twin;
  readonly ref: AssetRef;
}

const sumOver = (values: ArrayLike<number>, [start, end]: readonly [number, number]): number => {
  let sum = 0;
  for (let row = start; row < end; row++) sum += values[row]!;
  return sum;
};

const nothing: readonly [number, number] = [0, 0];

/** Sum over a place of an array that is kept by building, or by room. */
const summed = ({ twin, ref }: Place, byBuilding: ArrayLike<number>, byRoom: ArrayLike<number>): Figure => {
  const { className, row } = ref;
  if (className === "room") return () => byRoom[row]!;
  const range = className === "building" ? ([row, row + 1] as const) : twin.rangeBelow(ref, "building");
  return () => sumOver(byBuilding, range ?? nothing);
};

/** Mains are metered where they are: at the building, its zone and the site, losses between them included. */
const totalPower = (place: Place): Figure => {
  const { className, row } = place.ref;
  const { distribution, grid, rooms } = place.plant.parts;
  if (className === "site") return () => grid.total[0]!;
  if (className === "zone") return () => grid.zoneMain[row]!;
  if (className === "building") return () => distribution.main[row]!;
  return () => distribution.roomIt[row]! + rooms.coolingPower[row]!;
};

/** @param take next value of a figure, from the value so far and a rack with servers */
const overRacks = (
  { twin, ref }: Place,
  first: number,
  take: (so: number, rack: number) => number,
): Figure => {
  const [start, end] = twin.rangeBelow(ref, "rack") ?? nothing;
  const occupied = attributeOr(twin, "rack", "occupied", 1);
  return () => {
    let value = first;
    for (let rack = start; rack < end; rack++) if (occupied[rack]! > 0) value = take(value, rack);
    return value;
  };
};

const placeFigure = (place: Place, metric: PlaceFigure): Figure => {
  const { twin, plant } = place;
  const { distribution, rooms } = plant.parts;
  const rack = columnsOf(plant.truth, "rack", ["power", "load", "inletTemperature"]);
  switch (metric) {
    case "itPower":
      return summed(place, distribution.it, distribution.roomIt);
    case "totalPower":
      return totalPower(place);
    case "coolingPower":
      return summed(place, distribution.cooling, rooms.coolingPower);
    case "powerRatio": {
      const total = totalPower(place);
      const it = placeFigure(place, "itPower");
      return () => (it() > 0 ? total() / it() : Number.NaN);
    }
    case "inletMax":
      return overRacks(place, Number.NEGATIVE_INFINITY, (so, row) =>
        Math.max(so, rack.inletTemperature[row]!),
      );
    case "load": {
      const sum = overRacks(place, 0, (so, row) => so + rack.load[row]!);
      const count = overRacks(place, 0, (so) => so + 1);
      return () => sum() / count();
    }
    case "racksOn": {
      const rated = attributeOr(twin, "rack", "ratedKw", 5);
      return overRacks(place, 0, (so, row) => so + (rack.power[row]! > onShare * rated[row]! ? 1 : 0));
    }
  }
};

const siteFigure = ({ parts: { grid } }: PlantSeen, metric: SiteFigure): Figure => {
  switch (metric) {
    case "gridPower":
      return () => grid.import[0]!;
    case "pvPower":
      return () => grid.pv[0]!;
    case "windPower":
      return () => grid.wind[0]!;
    case "storagePower":
      return () => grid.storage[0]!;
    case "generatorPower":
      return () => grid.generator[0]!;
  }
};

const isOneOf = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);

const places: readonly string[] = ["site", "zone", "building", "room"];

/** What can be read at an asset, for whoever named something else. */
const readable = (plant: PlantSeen, { className }: AssetRef): readonly string[] => {
  const columns = plant.truth.get(className) ?? [];
  const metrics = classSpec(className)
    .metrics.filter((_, index) => columns[index])
    .map(({ id }) => id);
  const sums = places.includes(className) ? placeFigures : [];
  return [...metrics, ...sums, ...(className === "site" ? siteFigures : [])];
};

/**
 * A figure of a scenario, ready to be read as often as wanted: a metric of the asset's class in the plant's truth, or one
 * of the sums over a place.
 * @param of path id of the asset, and metric or sum
 */
export const figureOf = (
  twin: Twin,
  plant: PlantSeen,
  { asset, metric }: { readonly asset: string; readonly metric: string },
): Result<Figure> => {
  const ref = twin.find(asset);
  if (!ref)
    return err({
      code: "figure-asset-unknown",
      message: `no asset "${asset}"`,
      tip: "Use the path id of an asset.",
    });
  const { className, row } = ref;
  if (className === "site" && isOneOf(siteFigures, metric)) return ok(siteFigure(plant, metric));
  if (places.includes(className) && isOneOf(placeFigures, metric))
    return ok(placeFigure({ twin, plant, ref }, metric));
  const column = plant.truth.get(className)?.[metricIndex(className, metric)];
  if (column) return ok(() => column[row]!);
  return err({
    code: "figure-unknown",
    message: `no figure "${metric}" at "${asset}", a ${className}`,
    tip: `Known there: ${readable(plant, ref).join(", ")}.`,
  });
};
