import type { Placed } from "#renderer/scene/campus/instances.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { plotsOf } from "#renderer/scene/campus/site.ts";
import { Paving } from "#renderer/scene/place/pavingKinds.ts";
import { type Ground, linesOf, pave, windInset } from "./yard.ts";

/** Dashes of the drawn border, m: thin, so that nobody takes them for a road. */
const dash = { long: 26, gap: 22, wide: 2.4 } as const;

const borderOf = ({ west, east, north, south }: Ground): Placed[] => {
  const found: Placed[] = [];
  const run = (from: number, to: number, put: (at: number, long: number) => void): void => {
    for (let at = from; at < to; at += dash.long + dash.gap) {
      const long = Math.min(dash.long, to - at);
      put(at + long / 2, long);
    }
  };
  for (const z of [north, south])
    run(west, east, (x, long) => found.push(pave(x, z, [long, dash.wide], Paving.path)));
  for (const x of [west, east])
    run(north, south, (z, long) => found.push(pave(x, z, [dash.wide, long], Paving.path)));
  return found;
};

type Point = readonly [x: number, z: number];

/** Gravel tracks: how wide, how far before a row of turbines, and before the first of a row, m. */
const track = { wide: 6.4, before: 30, beside: 75, bendM: 24 } as const;

/** Pieces of a bent track through points. */
const along = (points: readonly Point[]): Placed[] =>
  points.slice(1).map(([x, z], i) => {
    const [x0, z0] = points[i]!;
    const [dx, dz] = [x - x0, z - z0];
    const piece = pave((x + x0) / 2, (z + z0) / 2, [Math.hypot(dx, dz) + 1.5, track.wide], Paving.track);
    return { ...piece, yaw: Math.atan2(dz, dx) };
  });

/** The way in from the plot nearest to the field's north-west corner: it leaves its ring road southwards or northwards and slants into the first row's track. */
const accessOf = (layout: Layout, [x, z]: Point, { west, north }: Ground): Point[] => {
  const corners = plotsOf(layout).flatMap((p) =>
    [p.west + 14, p.east - 14].flatMap((cx) => [p.north, p.south].map((cz): Point => [cx, cz])),
  );
  if (corners.length === 0) return [];
  const near = corners.reduce((best, c) =>
    Math.hypot(c[0] - west, c[1] - north) < Math.hypot(best[0] - west, best[1] - north) ? c : best,
  );
  const [dx, dz] = [x - near[0], z - near[1]];
  const [outX, outZ, inX, inZ] = [near[0], near[1] + dz * 0.565, x - dx * 0.485, z - dz * 0.14];
  const count = Math.max(6, Math.ceil(Math.hypot(dx, dz) / track.bendM));
  return Array.from({ length: count + 1 }, (_, i): Point => {
    const t = i / count;
    const u = 1 - t;
    const [a, b, c, d] = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3];
    return [a * near[0] + b * outX + c * inX + d * x, a * near[1] + b * outZ + c * inZ + d * z];
  });
};

/** Middle lines of the tracks between turbines: one before each row, one across them at both ends, the way in. */
export const windTracks = (layout: Layout): Point[][] => {
  const inset = windInset(layout);
  if (!inset) return [];
  const rows = linesOf(layout, "windTurbine", "z").map((z) => z - track.before);
  const columns = linesOf(layout, "windTurbine", "x");
  const [west, east] = [columns[0]! - track.beside, columns.at(-1)! + track.beside];
  return [
    ...rows.map((z): Point[] => [
      [west, z],
      [east, z],
    ]),
    ...[west, east].map((x): Point[] => [
      [x, rows[0]!],
      [x, rows.at(-1)!],
    ]),
    accessOf(layout, [columns[0]! + 2 * track.beside, rows[0]!], inset),
  ];
};

/** Everything flat between turbines: tracks with a spur to each, crane pads, and the border of the inset that is not to scale. */
export const windGround = (layout: Layout): Placed[] => {
  const inset = windInset(layout);
  if (!inset) return [];
  const turbines = layout.twin.table("windTurbine");
  const pads = Array.from({ length: turbines.count }, (_, row) => {
    const { x, z } = boxOf(turbines, row);
    return [
      pave(x + 17, z - track.before / 2 + 2, [46, track.before + 4], Paving.yard),
      ...along([
        [x - 26, z - track.before],
        [x - 17, z - 21],
        [x - 11, z - 9],
      ]),
    ];
  });
  return [...borderOf(inset), ...windTracks(layout).flatMap(along), ...pads.flat()];
};
