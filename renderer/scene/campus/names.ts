import { Vector3 } from "three";
import { energyNames } from "#renderer/scene/energy/names.ts";
import { portalRows } from "#renderer/scene/screens/places.ts";
import { Stage } from "#twins/model/twin.ts";
import type { Label, Language } from "./labels.ts";
import { boxOf, type Layout } from "./layout.ts";
import { plotsOf, within } from "./site.ts";

const above = (layout: Layout, className: "building" | "room", row: number): Vector3 => {
  const box = boxOf(layout.twin.table(className), row);
  return new Vector3(
    box.x,
    box.y + box.height * (className === "room" ? 0.5 : 1) + (className === "room" ? 0 : 4),
    box.z,
  );
};

/** Zones and the buildings that stand; telemetered ones go first. */
export const campusNames = (layout: Layout, language: Language): Label[] => {
  const zones = layout.twin.table("zone");
  const plots = plotsOf(layout).map((plot): Label => {
    const { zone } = plot;
    return {
      text: zone < 0 ? layout.twin.name[language] : zones.nameOf(zone)[language],
      at: new Vector3((plot.west + plot.east) / 2, plot.isEnclosed ? 8 : 34, plot.north),
      rank: 0,
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
  const buildings = standing.map(
    (b): Label => ({
      text: textOf(b),
      at: above(layout, "building", b.row),
      rank: b.racks[1] > b.racks[0] ? 1 : b.stage === Stage.built ? 2 : 3,
    }),
  );
  return [...plots, ...buildings, ...portalNames(layout, language), ...energyNames(layout, language)];
};

/** City portals, each below its sign; far from the campus, and last to be given room. */
const portalNames = (layout: Layout, language: Language): Label[] => {
  const table = layout.twin.table("portal");
  return portalRows(layout).map((row) => {
    const box = boxOf(table, row);
    return {
      text: table.nameOf(row)[language],
      at: new Vector3(box.x, box.y + box.height + 4, box.z),
      rank: 4,
    };
  });
};

/** Names inside one open building: a storey's rooms, and, while the whole building is seen, its storeys. */
export const insideNames = (
  layout: Layout,
  building: number,
  { language, floor }: { readonly language: Language; readonly floor: number },
): Label[] => {
  const { twin } = layout;
  const floors = twin.rangeBelow({ className: "building", row: building }, "floor");
  if (!floors) return [];
  const seen = floor >= 0 ? floor : floors[1] - 1;
  const rooms = twin.rangeBelow({ className: "floor", row: seen }, "room") ?? [0, 0];
  const found: Label[] = [];
  for (let row = rooms[0]; row < rooms[1]; row++)
    found.push({ text: twin.table("room").nameOf(row)[language], at: above(layout, "room", row), rank: 1 });
  if (floor >= 0) return found;
  for (let row = floors[0]; row < floors[1]; row++) {
    const box = within(boxOf(twin.table("floor"), row), [0, 0, 0], [0, 0, 0]);
    const { width, depth, height } = boxOf(twin.table("floor"), row);
    const corner = within(box, [-width / 2, height * 0.3, depth / 2], [0, 0, 0]);
    found.push({
      text: twin.table("floor").nameOf(row)[language],
      at: new Vector3(corner.x, corner.y, corner.z),
      rank: 0,
    });
  }
  return found;
};
