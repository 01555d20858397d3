import { type Box, boxOf } from "#renderer/scene/campus/layout.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

/** A row of racks as its room sees it: metres from the room's centre along its own axes (x east, z south). */
export interface RowPlan {
  readonly row: number;
  readonly ordinal: number;
  readonly x: number;
  readonly z: number;
  readonly length: number;
  readonly depth: number;
  readonly height: number;
  /** 1 where fronts face south, −1 where they face north. */
  readonly facing: 1 | -1;
  /** Racks, [start, end), and where each stands along the room's x. */
  readonly racks: readonly [start: number, end: number];
  readonly rackX: readonly number[];
  readonly isLiquid: boolean;
  /** Coolant unit that feeds it, −1 for none. */
  readonly cdu: number;
  /** Supplies that feed it, as the twin's links say. */
  readonly ups: readonly number[];
}

/** An aisle between two rows. */
export interface AislePlan {
  readonly x: number;
  readonly z: number;
  readonly length: number;
  readonly width: number;
  /** Fronts look into it; else rears do. */
  readonly isCold: boolean;
}

export interface RoomPlan {
  readonly room: number;
  readonly building: number;
  readonly box: Box;
  /** From south to north, as in the twin. */
  readonly rows: readonly RowPlan[];
  readonly aisles: readonly AislePlan[];
  readonly cdus: readonly {
    readonly row: number;
    readonly x: number;
    readonly z: number;
    readonly height: number;
  }[];
  /** Supplies that stand beside the room. */
  readonly ups: readonly { readonly row: number; readonly x: number; readonly z: number }[];
}

const none = [0, 0] as const;

/** Where a world point lies in a room, along its axes. */
const within = (
  room: Box,
  { x, z }: { readonly x: number; readonly z: number },
): { x: number; z: number } => {
  const c = Math.cos(room.yaw);
  const s = Math.sin(room.yaw);
  const dx = x - room.x;
  const dz = z - room.z;
  return { x: dx * c + dz * s, z: dz * c - dx * s };
};

const boxesBelow = (
  twin: Twin,
  { room, box }: { readonly room: number; readonly box: Box },
  className: ClassName,
): { row: number; x: number; z: number; height: number }[] => {
  const [start, end] = twin.rangeBelow({ className: "room", row: room }, className) ?? none;
  const table = twin.table(className);
  return Array.from({ length: end - start }, (_, i) => {
    const at = boxOf(table, start + i);
    return { row: start + i, ...within(box, at), height: at.height };
  });
};

const upsClass = classNames.indexOf("ups");
const rowClass = classNames.indexOf("row");

/** Supplies by row of racks, for rows of racks [start, end). */
const feedsOf = (twin: Twin, start: number, end: number): ReadonlyMap<number, readonly number[]> => {
  const { count, fromClass, fromRow, toClass, toRow } = twin.links;
  const feeds = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const row = toRow[i]!;
    if (toClass[i] !== rowClass || fromClass[i] !== upsClass || row < start || row >= end) continue;
    feeds.set(row, [...(feeds.get(row) ?? []), fromRow[i]!]);
  }
  return feeds;
};

const rowsOf = (twin: Twin, room: number, box: Box, cdus: RoomPlan["cdus"]): RowPlan[] => {
  const [start, end] = twin.rangeBelow({ className: "room", row: room }, "row") ?? none;
  const table = twin.table("row");
  const rackTable = twin.table("rack");
  const feeds = feedsOf(twin, start, end);
  const liquid = rackTable.attribute("liquid");
  return Array.from({ length: end - start }, (_, i) => {
    const row = start + i;
    const at = boxOf(table, row);
    const racks = twin.rangeBelow({ className: "row", row }, "rack") ?? none;
    const here = within(box, at);
    return {
      row,
      ordinal: Number(/(\d+)$/.exec(table.idOf(row))?.[1] ?? i + 1),
      ...here,
      length: at.width,
      depth: at.depth,
      height: at.height,
      facing: Math.cos(at.yaw - box.yaw) > 0 ? (-1 as const) : (1 as const),
      racks,
      rackX: Array.from(
        { length: racks[1] - racks[0] },
        (_, k) => within(box, boxOf(rackTable, racks[0] + k)).x,
      ),
      isLiquid: liquid?.[racks[0]] === 1 && racks[1] > racks[0],
      cdu: cdus.find(({ z }) => Math.abs(z - here.z) < 0.7)?.row ?? -1,
      ups: feeds.get(row) ?? [],
    };
  });
};

/** Widest gap between rows that still is an aisle, m. */
const widestAisleM = 3;

const aislesOf = (rows: readonly RowPlan[]): AislePlan[] => {
  const sorted = [...rows].sort((a, b) => a.z - b.z);
  return sorted.slice(1).flatMap((south, i) => {
    const north = sorted[i]!;
    const width = south.z - north.z - (south.depth + north.depth) / 2;
    if (width < 0.6 || width > widestAisleM || Math.abs(south.x - north.x) > 1) return [];
    return {
      x: north.x,
      z: (north.z + north.depth / 2 + south.z - south.depth / 2) / 2,
      length: Math.max(north.length, south.length),
      width,
      isCold: north.facing === 1 && south.facing === -1,
    };
  });
};

/** What a room's fittings follow from: its rows, the aisles between them, and what cools and feeds them. */
export const planOf = (twin: Twin, room: number, building: number): RoomPlan => {
  const box = boxOf(twin.table("room"), room);
  const cdus = boxesBelow(twin, { room, box }, "cdu");
  const rows = rowsOf(twin, room, box, cdus);
  return {
    room,
    building,
    box,
    rows,
    aisles: aislesOf(rows),
    cdus,
    ups: boxesBelow(twin, { room, box }, "ups"),
  };
};
