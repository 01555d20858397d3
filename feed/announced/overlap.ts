import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Assets without ground of their own; a floor lies over another one. */
const groundless: ReadonlySet<ClassName> = new Set(["site", "floor", "meter", "system"]);

/** Things that stand wall to wall touch; that is no overlap, m. */
const touchM = 0.02;

/** A footprint: centre, half extents, and the direction of its own east. Metres. */
interface Ground {
  readonly east: number;
  readonly north: number;
  readonly halfEast: number;
  readonly halfNorth: number;
  readonly axis: readonly [number, number];
}

const groundOf = (twin: Twin, { className, row }: AssetRef): Ground => {
  const { pose, size } = twin.table(className);
  const yaw = (pose[row * 4 + 3]! * Math.PI) / 180;
  return {
    east: pose[row * 4]!,
    north: pose[row * 4 + 1]!,
    halfEast: size[row * 3]! / 2,
    halfNorth: size[row * 3 + 1]! / 2,
    axis: [Math.cos(yaw), -Math.sin(yaw)],
  };
};

/** Half the length of a footprint's shadow on a line. */
const reach = ({ halfEast, halfNorth, axis: [x, y] }: Ground, [u, v]: readonly [number, number]): number =>
  halfEast * Math.abs(x * u + y * v) + halfNorth * Math.abs(x * v - y * u);

/** Two rectangles overlap unless a line along one of their sides parts them. */
const overlaps = (a: Ground, b: Ground): boolean =>
  [a, b].every(({ axis: [x, y] }) =>
    [[x, y] as const, [-y, x] as const].every((line) => {
      const apart = Math.abs((a.east - b.east) * line[0] + (a.north - b.north) * line[1]);
      return apart < reach(a, line) + reach(b, line) - touchM;
    }),
  );

/** Assets below the same parent, whatever their class. */
const siblingsOf = function* (twin: Twin, ref: AssetRef): Generator<AssetRef> {
  const own = twin.table(ref.className);
  const parentClass = own.parentClass[ref.row]!;
  const parentRow = own.parentRow[ref.row]!;
  for (const className of classNames) {
    if (groundless.has(className)) continue;
    const table = twin.table(className);
    for (let row = 0; row < table.count; row++)
      if (table.parentRow[row] === parentRow && table.parentClass[row] === parentClass)
        if (row !== ref.row || className !== ref.className) yield { className, row };
  }
};

/** Ids of the assets on whose ground another one stands; of its siblings only, for what is in it stands on its ground. */
export const standsOn = (twin: Twin, ref: AssetRef): ReadonlySet<string> => {
  const found = new Set<string>();
  if (groundless.has(ref.className)) return found;
  const ground = groundOf(twin, ref);
  for (const other of siblingsOf(twin, ref))
    if (overlaps(ground, groundOf(twin, other))) found.add(twin.idOf(other));
  return found;
};
