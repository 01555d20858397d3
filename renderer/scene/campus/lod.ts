import type { PerspectiveCamera, Vector3 } from "three";
import type { Layout } from "./layout.ts";
import { type Box, boxOf } from "./layout.ts";

export type Level = "campus" | "building" | "room" | "rack";

/** What the camera looks into: rows, −1 for none. */
export interface Focus {
  level: Level;
  building: number;
  room: number;
  /** Racks are drawn as boxes, not as the mean of their room. */
  racks: boolean;
}

/** A level is entered at this share of the picture's height and left at `leave` times it, so it never flickers. */
const enter = { building: 0.6, room: 1.15 } as const;
const leave = 0.8;
/** Racks come in when one is at least this many pixels wide; below two they would be less than noise. */
const rackPixels = 3;
const rackDistance = 7;

const contains = (box: Box, { x, y, z }: Vector3, margin: number): boolean => {
  const dx = x - box.x;
  const dz = z - box.z;
  const c = Math.cos(box.yaw);
  const s = Math.sin(box.yaw);
  return (
    Math.abs(dx * c + dz * s) <= box.width / 2 + margin &&
    Math.abs(dz * c - dx * s) <= box.depth / 2 + margin &&
    y >= box.y - margin &&
    y <= box.y + box.height + margin
  );
};

/** Decides, when the camera moved, what is under its target and how closely it is seen. */
export class LevelOfDetail {
  readonly focus: Focus = { level: "campus", building: -1, room: -1, racks: false };
  readonly #layout: Layout;
  readonly #rooms: Box[];

  constructor(layout: Layout) {
    this.#layout = layout;
    const table = layout.twin.table("room");
    this.#rooms = Array.from({ length: table.count }, (_, row) => boxOf(table, row));
  }

  /** @param pixels height of the picture in CSS pixels. */
  update(camera: PerspectiveCamera, target: Vector3, pixels: number): void {
    const focus = this.focus;
    const distance = Math.max(0.5, camera.position.distanceTo(target));
    const viewHeight = 2 * Math.tan((camera.fov * Math.PI) / 360) * distance;
    const building = this.#buildingAt(target);
    const record = building >= 0 ? this.#layout.buildings[building]! : null;
    const holding = (level: Level): number => (focus.level === level || focus.level === "rack" ? leave : 1);
    const near =
      record !== null &&
      Math.hypot(record.width, record.depth) / viewHeight >=
        enter.building * (focus.level === "campus" || focus.building !== building ? 1 : leave);
    if (!near) {
      focus.level = "campus";
      focus.building = -1;
      focus.room = -1;
      focus.racks = false;
      return;
    }
    const room = this.#roomAt(building, target);
    const box = room >= 0 ? this.#rooms[room]! : null;
    const inRoom =
      box !== null && Math.hypot(box.width, box.depth) / viewHeight >= enter.room * holding("room");
    const inRack = inRoom && distance <= rackDistance / holding("rack");
    focus.building = building;
    focus.room = inRoom ? room : -1;
    focus.level = inRack ? "rack" : inRoom ? "room" : "building";
    const rackWidth = (0.6 / viewHeight) * pixels;
    focus.racks = inRoom || rackWidth >= rackPixels * (focus.racks ? leave : 1);
  }

  #buildingAt(target: Vector3): number {
    const held = this.focus.building;
    if (held >= 0 && contains(this.#layout.buildings[held]!, target, 6)) return held;
    for (const building of this.#layout.buildings)
      if (building.stage !== 0 && contains(building, target, 4)) return building.row;
    return -1;
  }

  #roomAt(building: number, target: Vector3): number {
    const [start, end] = this.#layout.buildings[building]!.rooms;
    for (let row = start; row < end; row++) if (contains(this.#rooms[row]!, target, 0.1)) return row;
    return -1;
  }
}
