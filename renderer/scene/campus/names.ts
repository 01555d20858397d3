import { Vector3 } from "three";
import { energyNames } from "#renderer/scene/energy/names.ts";
import { portalRows } from "#renderer/scene/screens/places.ts";
import { Stage } from "#twins/model/twin.ts";
import { heatValue, type Speaking, untold } from "./heatValues.ts";
import type { Label } from "./labels.ts";
import { type Box, boxOf, type Layout } from "./layout.ts";
import { plotsOf, within } from "./site.ts";

/** Height over a room's floor that its sign stands on: the tops of racks, m. */
const rackTopM = 2.4;

const aboveRoom = (layout: Layout, row: number): Vector3 => {
  const { x, y, z, height } = boxOf(layout.twin.table("room"), row);
  return new Vector3(x, y + Math.min(rackTopM, height * 0.6), z);
};

/** The roof, so that the line of a name ends on it. */
const onRoof = ({ x, y, z, height }: Box): Vector3 => new Vector3(x, y + height, z);

/** Plant on a roof, m: its name stands clear of it. */
const roofPlantM = 7;

/** Corners above all that stands on a roof. */
const overRoof = (b: Box): Vector3[] =>
  [-1, 1].flatMap((east) =>
    [-1, 1].map((south) => {
      const { x, y, z } = within(
        b,
        [(east * b.width) / 2, b.height + roofPlantM, (south * b.depth) / 2],
        [0, 0, 0],
      );
      return new Vector3(x, y, z);
    }),
  );

const sizeOf = ({ width, depth }: { readonly width: number; readonly depth: number }): number =>
  Math.hypot(width, depth);

/** Zones and the buildings that stand, with the values that colour them; telemetered ones go first. */
export const campusNames = (speaking: Speaking): Label[] => {
  const { layout, language } = speaking;
  const zones = layout.twin.table("zone");
  const plots = plotsOf(layout).map((plot): Label => {
    const { zone } = plot;
    return {
      text: zone < 0 ? layout.twin.name[language] : zones.nameOf(zone)[language],
      at: new Vector3((plot.west + plot.east) / 2, plot.isEnclosed ? 8 : 34, plot.north),
      rank: 1,
      isArea: true,
      sizeM: sizeOf({ width: plot.east - plot.west, depth: plot.south - plot.north }),
      hasDot: false,
    };
  });
  const table = layout.twin.table("building");
  const standing = layout.buildings.filter((b) => b.stage !== Stage.planned);
  const times = new Map<string, number>();
  const nameOf = ({ row }: { readonly row: number }): string => table.nameOf(row)[language];
  for (const b of standing) times.set(nameOf(b), (times.get(nameOf(b)) ?? 0) + 1);
  // Halls of several zones are called alike: the zone's letters tell them apart.
  const textOf = (b: { readonly row: number; readonly zone: number }): string =>
    (times.get(nameOf(b)) ?? 0) > 1 && b.zone >= 0
      ? `${zones.idOf(b.zone).toUpperCase()}·${nameOf(b)}`
      : nameOf(b);
  const buildings = standing.map((b): Label => {
    const value = b.stage === Stage.built ? heatValue(speaking, { className: "building", row: b.row }) : null;
    return {
      text: textOf(b),
      at: onRoof(b),
      over: overRoof(b),
      rank: value ? 0.5 : b.stage === Stage.built ? 2 : 3,
      sizeM: sizeOf(b),
      hasDot: b.stage === Stage.built,
      building: b.row,
      ...(b.stage === Stage.built && { value: value ?? untold(language) }),
    };
  });
  return [...plots, ...buildings, ...portalNames(layout, language), ...energyNames(speaking)];
};

/** City portals, each below its sign; far from the campus, and last to be given room. */
const portalNames = (layout: Layout, language: Speaking["language"]): Label[] => {
  const table = layout.twin.table("portal");
  return portalRows(layout).map((row) => {
    const box = boxOf(table, row);
    return {
      text: table.nameOf(row)[language],
      at: new Vector3(box.x, box.y + box.height + 4, box.z),
      rank: 4,
      sizeM: sizeOf(box) * 1.4,
      hasDot: false,
    };
  });
};

/**
 * Names inside one open building: a storey's rooms, or those of all storeys while the whole building is seen, each with
 * its value; and the storeys.
 */
export const insideNames = (
  speaking: Speaking,
  { building, floor }: { readonly building: number; readonly floor: number },
): Label[] => {
  const { layout, language } = speaking;
  const { twin } = layout;
  const floors = twin.rangeBelow({ className: "building", row: building }, "floor");
  if (!floors) return [];
  const isWhole = floor < 0;
  const [first, end] = isWhole ? floors : [floor, floor + 1];
  const found: Label[] = [];
  for (let seen = first; seen < end; seen++) {
    const storey =
      isWhole && end - first > 1 ? `${twin.table("floor").idOf(seen).split("/").at(-1)!.toUpperCase()}·` : "";
    const rooms = twin.rangeBelow({ className: "floor", row: seen }, "room") ?? [0, 0];
    for (let row = rooms[0]; row < rooms[1]; row++) {
      const value = heatValue(speaking, { className: "room", row });
      found.push({
        text: storey + twin.table("room").nameOf(row)[language],
        at: aboveRoom(layout, row),
        rank: value ? 1 + (end - seen) * 0.1 : 2,
        ...(value && { value }),
      });
    }
  }
  return isWhole ? [...found, ...storeyNames(layout, floors, language)] : found;
};

const storeyNames = (
  { twin }: Layout,
  floors: readonly [start: number, end: number],
  language: Speaking["language"],
): Label[] => {
  const table = twin.table("floor");
  return Array.from({ length: floors[1] - floors[0] }, (_, i): Label => {
    const box = boxOf(table, floors[0] + i);
    const corner = within(box, [-box.width / 2, box.height * 0.3, box.depth / 2], [0, 0, 0]);
    return {
      text: table.nameOf(floors[0] + i)[language],
      at: new Vector3(corner.x, corner.y, corner.z),
      rank: 0,
    };
  });
};
