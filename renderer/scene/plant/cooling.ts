import { type BuildingRecord, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { chance } from "#renderer/scene/campus/scatter.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { cabinetClasses, enclosedZones, yardPlant } from "#renderer/scene/campus/yard.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { coolingSystems, Stage } from "#twins/model/twin.ts";
import type { Member } from "./crowd.ts";

/** A roof deck lies this much below the building's height, which is its parapet's, m. */
export const deckM = 1.1;

/** Members of a crowd that stand for rows of a class; those beyond `rows` are scenery and never move. */
export interface Manned {
  readonly members: readonly Member[];
  /** Row of its class for each of the first members. */
  readonly rows: Int32Array;
}

/** Row of the building an asset stands on or beside, −1 for none. */
const buildingOf = (layout: Layout, className: ClassName, row: number): number => {
  const parent = layout.twin.parentOf({ className, row });
  return parent?.className === "building" ? parent.row : -1;
};

const isCooledBy = (layout: Layout, building: number, system: (typeof coolingSystems)[number]): boolean =>
  layout.twin.table("building").attribute("cooling")?.[building] === coolingSystems.indexOf(system);

/** Everything of a class that stands outdoors. */
export const outdoors = (layout: Layout, className: ClassName): Member[] => {
  const table = layout.twin.table(className);
  return Array.from({ length: table.count }, (_, row) => row)
    .filter((row) => layout.twin.parentOf({ className, row })?.className !== "room")
    .map((row) => ({ ...boxOf(table, row), seed: chance(row), asset: { className, row } }));
};

/** Cooling towers: kit 0 open, kit 1 closed. */
export const towers = (layout: Layout): Manned => {
  const table = layout.twin.table("coolingTower");
  const members = Array.from({ length: table.count }, (_, row): Member => {
    const box = boxOf(table, row);
    const building = buildingOf(layout, "coolingTower", row);
    const isOnRoof = building >= 0 && box.y > 1;
    return {
      ...box,
      y: box.y - (isOnRoof ? deckM : 0),
      kit: building >= 0 && isCooledBy(layout, building, "closedTowerLiquid") ? 1 : 0,
      on: isOnRoof ? building : -1,
      seed: chance(row),
      asset: { className: "coolingTower", row },
    };
  });
  return { members, rows: Int32Array.from(members, (_, row) => row) };
};

/** Built halls of which the twin tells no plant, and where inventing some could not pass for what somebody lists. */
const bareHalls = (layout: Layout): BuildingRecord[] => {
  const enclosed = enclosedZones(layout.twin);
  return layout.buildings.filter(
    (b) =>
      b.stage === Stage.built &&
      !enclosed.has(b.zone) &&
      b.height > 9 &&
      !layout.twin.rangeBelow({ className: "building", row: b.row }, "coolingTower"),
  );
};

/** Units along the long south side of a hall that has no telemetry, storey after storey: they stand for the hall. */
const inventedUnits = (b: BuildingRecord): Member[] => {
  const storeys = Math.max(1, Math.round(b.height / 6));
  const count = Math.floor((b.width - 10) / 3.1);
  return Array.from({ length: storeys * count }, (_, i) => {
    const [level, at] = [Math.floor(i / count), i % count];
    const spot = within(
      b,
      [(at - (count - 1) / 2) * 3, (level * b.height) / storeys, b.depth / 2 + 1.1],
      [2.4, 3.2, 2],
    );
    const asset = { className: "building", row: b.row } as const;
    return { ...spot, yaw: b.yaw + Math.PI, on: b.row, isSkin: true, asset };
  });
};

/** Evaporative units on façades, those of the twin first. */
export const airUnits = (layout: Layout): Manned => {
  const { twin } = layout;
  const table = twin.table("crah");
  const evaporative = coolingSystems.indexOf("evaporative");
  const cooling = twin.table("room").attribute("cooling");
  const rows: number[] = [];
  const members: Member[] = [];
  for (let row = 0; row < table.count; row++) {
    const parent = twin.parentOf({ className: "crah", row });
    if (parent?.className !== "room" || cooling?.[parent.row] !== evaporative) continue;
    rows.push(row);
    members.push({
      ...boxOf(table, row),
      on: layout.buildingOfRoom[parent.row]!,
      isSkin: true,
      asset: { className: "crah", row },
    });
  }
  for (const b of bareHalls(layout))
    if (isCooledBy(layout, b.row, "evaporative") && b.rooms[1] === b.rooms[0])
      members.push(...inventedUnits(b));
  return { members, rows: Int32Array.from(rows) };
};

/** Packaged units on roofs of halls that have neither towers nor evaporative units: they stand for the hall. */
export const roofUnits = (layout: Layout): Member[] =>
  bareHalls(layout)
    .filter((b) => !isCooledBy(layout, b.row, "evaporative"))
    .flatMap((b) => {
      const count = Math.floor((b.width - 12) / 11);
      return Array.from({ length: count }, (_, i) => ({
        ...within(b, [(i - (count - 1) / 2) * 11, b.height - deckM, 0], [8.4, 3.1, 4.4]),
        on: b.row,
        asset: { className: "building", row: b.row } as const,
      }));
    });

/** Machines that a twin lists in yards, because nobody says their room: kit 1 beside transformers. */
export const cabinets = ({ twin }: Layout): Member[] => {
  const { ofZones, ofBuildings } = yardPlant(
    twin,
    cabinetClasses.filter((className) => className !== "pump"),
  );
  return [...[...ofZones.values()].flat(), ...ofBuildings].map(({ className, row }) => ({
    ...boxOf(twin.table(className), row),
    kit: 1,
    seed: chance(row),
    asset: { className, row },
  }));
};
