import { type ClassName, classNames } from "#twins/model/metric.ts";
import { type AssetRef, type AssetTable, Stage, type Twin } from "#twins/model/twin.ts";

/** World axes are three's: x east, y up, z south; yaw is clockwise from north seen from above, radians. */
export interface Box {
  /** Centre of the footprint at floor level. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  /** Extent along local east, up, and local north. */
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/** Where an asset stands, in world axes. */
export const boxOf = (table: AssetTable, row: number): Box => ({
  x: table.pose[row * 4]!,
  y: table.pose[row * 4 + 2]!,
  z: -table.pose[row * 4 + 1]!,
  yaw: (table.pose[row * 4 + 3]! * Math.PI) / 180,
  width: table.size[row * 3]!,
  height: table.size[row * 3 + 2]!,
  depth: table.size[row * 3 + 1]!,
});

/** Level ground between the middles of some boxes; null where there are none. */
export const groundOfBoxes = (boxes: readonly Box[]): Box | null => {
  if (boxes.length === 0) return null;
  const least = (axis: "x" | "z", sign: 1 | -1): number =>
    boxes.reduce((found, box) => Math.min(found, sign * box[axis]), Infinity) * sign;
  const [west, east] = [least("x", 1), least("x", -1)];
  const [north, south] = [least("z", 1), least("z", -1)];
  const [x, z] = [(west + east) / 2, (north + south) / 2];
  return { x, y: 0, z, yaw: 0, width: east - west, height: 0, depth: south - north };
};

export interface BuildingRecord extends Box {
  readonly row: number;
  readonly zone: number;
  readonly stage: Stage;
  readonly racks: readonly [start: number, end: number];
  readonly rooms: readonly [start: number, end: number];
}

/** What the scene derives once from the twin; a few hundred buildings, and flat arrays for rooms. */
export interface Layout {
  readonly twin: Twin;
  readonly buildings: readonly BuildingRecord[];
  /** Building of each room, −1 for none. Shape: rooms. */
  readonly buildingOfRoom: Int32Array;
  /** Racks in each room. Shape: rooms. */
  readonly racksOfRoom: Int32Array;
  /** Room of each rack, −1 for none. Shape: racks. */
  readonly roomOfRack: Int32Array;
  /** Centre and radius of everything that has a shell. */
  readonly centre: { readonly x: number; readonly z: number };
  readonly radius: number;
}

const none = [0, 0] as const;

const buildingsOf = (twin: Twin): BuildingRecord[] => {
  const table = twin.table("building");
  const stage = table.attribute("stage");
  return Array.from({ length: table.count }, (_, row) => {
    const ref = { className: "building", row } as const;
    return {
      ...boxOf(table, row),
      row,
      zone: classNames[table.parentClass[row]!] === "zone" ? table.parentRow[row]! : -1,
      stage: (stage ? stage[row]! : Stage.built) as Stage,
      racks: twin.rangeBelow(ref, "rack") ?? none,
      rooms: twin.rangeBelow(ref, "room") ?? none,
    };
  });
};

/** Row of the nearest ancestor of a class, or −1. */
export const ancestorRow = (
  twin: Twin,
  [className, row]: readonly [ClassName, number],
  of: ClassName,
): number => {
  for (let at = twin.parentOf({ className, row }); at; at = twin.parentOf(at))
    if (at.className === of) return at.row;
  return -1;
};

/** Whether an asset is a building, or one of what it holds. */
export const isBelow = (twin: Twin, { className, row }: AssetRef, building: AssetRef): boolean =>
  (className === "building" ? row : ancestorRow(twin, [className, row], "building")) === building.row;

export const layoutOf = (twin: Twin): Layout => {
  const buildings = buildingsOf(twin);
  const rooms = twin.table("room").count;
  const buildingOfRoom = new Int32Array(rooms).fill(-1);
  const racksOfRoom = new Int32Array(rooms);
  const roomOfRack = new Int32Array(twin.table("rack").count).fill(-1);
  for (const building of buildings) buildingOfRoom.fill(building.row, building.rooms[0], building.rooms[1]);
  for (let row = 0; row < rooms; row++) {
    const range = twin.rangeBelow({ className: "room", row }, "rack");
    racksOfRoom[row] = range ? range[1] - range[0] : 0;
    if (range) roomOfRack.fill(row, range[0], range[1]);
  }
  const shown = buildings.filter((b) => b.stage !== Stage.planned);
  const span = (axis: "x" | "z"): readonly [number, number] =>
    shown.length > 0
      ? [Math.min(...shown.map((b) => b[axis])), Math.max(...shown.map((b) => b[axis]))]
      : [0, 0];
  const [west, east] = span("x");
  const [north, south] = span("z");
  return {
    twin,
    buildings,
    buildingOfRoom,
    racksOfRoom,
    roomOfRack,
    centre: { x: (west + east) / 2, z: (north + south) / 2 },
    radius: Math.max(100, Math.hypot(east - west, south - north) / 2),
  };
};
