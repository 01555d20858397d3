import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** A rectangle of the plan, metres east and north of the site's origin. */
export interface PlanShape {
  readonly ref: AssetRef;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  /** Drawn where it is not, or not as large as it is: says so by a broken line. */
  readonly isNotToScale: boolean;
}

/** The campus from above, north up. */
export interface Plan {
  readonly zones: readonly PlanShape[];
  readonly buildings: readonly PlanShape[];
  readonly bounds: Omit<PlanShape, "ref" | "isNotToScale">;
}

/** Metres to pixels of a picture: `x = left + scale × east`, `y = top − scale × north`. */
export interface PlanScale {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

const shapes = (twin: Twin, className: ClassName): PlanShape[] => {
  const table = twin.table(className);
  const notToScale = table.attribute("notToScale");
  return Array.from({ length: table.count }, (_, row) => {
    const [east, north] = [table.pose[row * 4]!, table.pose[row * 4 + 1]!];
    const turn = (table.pose[row * 4 + 3]! * Math.PI) / 180;
    const [w, d] = [table.size[row * 3]!, table.size[row * 3 + 1]!];
    const half = [
      (Math.abs(Math.cos(turn)) * w + Math.abs(Math.sin(turn)) * d) / 2,
      (Math.abs(Math.sin(turn)) * w + Math.abs(Math.cos(turn)) * d) / 2,
    ] as const;
    return {
      ref: { className, row },
      west: east - half[0],
      east: east + half[0],
      south: north - half[1],
      north: north + half[1],
      isNotToScale: notToScale?.[row] === 1,
    };
  });
};

/** Zones and buildings as shapes; without the zone that holds the region's diagram, which lies nowhere on the campus. */
export const planOf = (twin: Twin): Plan => {
  const centres = twin.table("centre");
  const abstract = new Set(
    Array.from({ length: centres.count }, (_, row) => row)
      .filter((row) => classNames[centres.parentClass[row]!] === "zone")
      .map((row) => centres.parentRow[row]!),
  );
  const zones = shapes(twin, "zone").filter(({ ref }) => !abstract.has(ref.row));
  const buildings = shapes(twin, "building");
  const all = zones.length > 0 ? zones : buildings;
  const bounds =
    all.length > 0
      ? {
          west: Math.min(...all.map((each) => each.west)),
          east: Math.max(...all.map((each) => each.east)),
          south: Math.min(...all.map((each) => each.south)),
          north: Math.max(...all.map((each) => each.north)),
        }
      : { west: -100, east: 100, south: -100, north: 100 };
  return { zones, buildings, bounds };
};

/** The whole plan in a picture, with a margin in pixels. */
export const fitPlan = (
  { bounds }: Plan,
  [width, height]: readonly [number, number],
  margin: number,
): PlanScale => {
  const [w, h] = [bounds.east - bounds.west, bounds.north - bounds.south];
  const scale = Math.min((width - 2 * margin) / w, (height - 2 * margin) / h);
  return {
    scale,
    left: width / 2 - (scale * (bounds.west + bounds.east)) / 2,
    top: height / 2 + (scale * (bounds.south + bounds.north)) / 2,
  };
};

/** Where a pixel lies on the ground, metres east and north. */
export const groundAt = (
  { scale, left, top }: PlanScale,
  [x, y]: readonly [number, number],
): readonly [east: number, north: number] => [(x - left) / scale, (top - y) / scale];

const holds = (shape: PlanShape, [east, north]: readonly [number, number], margin: number): boolean =>
  east >= shape.west - margin &&
  east <= shape.east + margin &&
  north >= shape.south - margin &&
  north <= shape.north + margin;

/** What stands at a place: a building (as near as `margin` metres), else the smallest zone; null on open ground. */
export const shapeAt = (
  { zones, buildings }: Plan,
  at: readonly [east: number, north: number],
  margin: number,
): PlanShape | null => {
  const building =
    buildings.find((each) => holds(each, at, 0)) ?? buildings.find((each) => holds(each, at, margin));
  if (building) return building;
  const area = (each: PlanShape): number => (each.east - each.west) * (each.north - each.south);
  return zones
    .filter((each) => holds(each, at, 0))
    .reduce<PlanShape | null>((least, each) => (!least || area(each) < area(least) ? each : least), null);
};
