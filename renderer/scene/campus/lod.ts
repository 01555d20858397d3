import type { PerspectiveCamera, Vector3 } from "three";
import { Stage } from "#twins/model/twin.ts";
import type { Layout } from "./layout.ts";
import { type Box, boxOf } from "./layout.ts";

export type Level = "region" | "campus" | "building" | "room" | "rack";

/** What the camera looks into: rows, −1 for none. */
export interface Focus {
  level: Level;
  building: number;
  room: number;
  /** Racks are drawn as boxes, not as the mean of their room. */
  racks: boolean;
}

/** A level is entered at this share of the picture's height and left at `leave` times it, so it never flickers. */
const enterBuilding = 0.6;
/** The region is entered where the plain has given way to its diagram, m from the eye to its target. */
const enterRegion = 10_000;
const enterRoom = 1.15;
const leave = 0.8;
// Worked out here: a number made for a call each frame would be allocated each frame.
const keepBuilding = enterBuilding * leave;
const keepRoom = enterRoom * leave;
const [enterRegion2, keepRegion2] = [enterRegion ** 2, (enterRegion * leave) ** 2];
/** Racks come in when one is at least this many pixels wide; below two they would be less than noise. */
const rackPixels = 3;
/** Width of a usual rack, m. */
const rackM = 0.6;
const rackDistance = 7;
/** Power and cooling plant stands in the corridor, no further than this from its room, m. */
const corridorM = 14;

/** True where a point lies in a box, or no further outside of it than a margin, m. */
export const contains = (box: Box, { x, y, z }: Vector3, margin: number): boolean => {
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

/** Distance of a point from a box seen from above, m; 0 inside. */
const distanceTo = (box: Box, { x, z }: Vector3): number => {
  const dx = x - box.x;
  const dz = z - box.z;
  const c = Math.cos(box.yaw);
  const s = Math.sin(box.yaw);
  const east = Math.max(0, Math.abs(dx * c + dz * s) - box.width / 2);
  const south = Math.max(0, Math.abs(dz * c - dx * s) - box.depth / 2);
  return Math.sqrt(east * east + south * south);
};

/** Decides, when the camera moved, what is under its target and how closely it is seen. */
export class LevelOfDetail {
  readonly focus: Focus = { level: "campus", building: -1, room: -1, racks: false };
  readonly #layout: Layout;
  readonly #rooms: Box[];
  readonly #hasRegion: boolean;
  /**
   * Metres that the picture's height spans at the target, squared: all is compared in squares. In an array, because
   * a number in a field, or given to a function each frame, is allocated each frame.
   */
  readonly #viewHeight2 = new Float64Array(1);

  /** @param hasRegion from far away a diagram of the region is seen */
  constructor(layout: Layout, hasRegion = false) {
    this.#layout = layout;
    this.#hasRegion = hasRegion;
    const table = layout.twin.table("room");
    this.#rooms = Array.from({ length: table.count }, (_, row) => boxOf(table, row));
  }

  /**
   * @param pixels height of the picture in CSS pixels.
   * @returns true when something else is looked at, or another level.
   */
  update(camera: PerspectiveCamera, target: Vector3, pixels: number): boolean {
    const eye = camera.position;
    const dx = eye.x - target.x;
    const dy = eye.y - target.y;
    const dz = eye.z - target.z;
    const distance2 = dx * dx + dy * dy + dz * dz;
    const perMetre = 2 * Math.tan((camera.fov * Math.PI) / 360);
    const viewHeight2 = perMetre * perMetre * distance2;
    this.#viewHeight2[0] = viewHeight2;
    const far2 = this.focus.level === "region" ? keepRegion2 : enterRegion2;
    if (this.#hasRegion && distance2 >= far2) return this.#set("region", -1, -1);
    const building = this.#buildingAt(target);
    if (building < 0) return this.#set("campus", -1, -1);
    const room = this.#roomAt(building, target);
    if (room < 0) {
      const least = rackPixels * (this.focus.racks ? leave : 1);
      const pixelsOfRack = rackM * pixels;
      return this.#set("building", building, -1, pixelsOfRack * pixelsOfRack >= least * least * viewHeight2);
    }
    const reach = rackDistance / (this.focus.level === "rack" ? leave : 1);
    return this.#set(distance2 <= reach * reach ? "rack" : "room", building, room);
  }

  /** True where the eye stands in the room that it looks into: its walls, floor and ceiling hide all that is outdoors. */
  isWithin(eye: Vector3): boolean {
    const room = this.#rooms[this.focus.room];
    return room !== undefined && contains(room, eye, 0);
  }

  #set(level: Level, building: number, room: number, racks = room >= 0): boolean {
    const { focus } = this;
    const changed =
      focus.level !== level || focus.building !== building || focus.room !== room || focus.racks !== racks;
    focus.level = level;
    focus.building = building;
    focus.room = room;
    focus.racks = racks;
    return changed;
  }

  /** Building under the target that fills enough of the picture; the one already open is held a little longer. */
  #buildingAt(target: Vector3): number {
    const { buildings } = this.#layout;
    const held = this.focus.building;
    if (held >= 0 && contains(buildings[held]!, target, 6))
      return this.#fills(buildings[held]!, keepBuilding) ? held : -1;
    for (let row = 0; row < buildings.length; row++) {
      const building = buildings[row]!;
      if (building.stage !== Stage.planned && contains(building, target, 4))
        return this.#fills(building, enterBuilding) ? row : -1;
    }
    return -1;
  }

  #fills({ width, depth }: Box, share: number): boolean {
    return width * width + depth * depth >= this.#viewHeight2[0]! * share * share;
  }

  /** Room on the target's storey that holds it, or the nearest: in a corridor one still looks into a room. */
  #roomAt(building: number, target: Vector3): number {
    const { rooms } = this.#layout.buildings[building]!;
    let nearest = -1;
    let least = corridorM;
    for (let row = rooms[0]; row < rooms[1]; row++) {
      const box = this.#rooms[row]!;
      if (target.y < box.y - 0.1 || target.y > box.y + box.height + 0.1) continue;
      const away = distanceTo(box, target);
      if (away >= least) continue;
      least = away;
      nearest = row;
    }
    if (nearest < 0) return -1;
    const share = this.focus.room === nearest ? keepRoom : enterRoom;
    return this.#fills(this.#rooms[nearest]!, share) ? nearest : -1;
  }
}
