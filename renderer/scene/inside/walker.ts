import { indoorClasses } from "#renderer/scene/campus/indoorPlant.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { floorM } from "./pieces.ts";
import { planOf, type RoomPlan } from "./plan.ts";

/** Height of the eye above the raised floor, m. */
const eyeM = 1.65;
const paceM = 1.5;
const hurry = 2.2;
/** How close a walker comes to anything, m. */
const elbowM = 0.28;
/** Up and down, radians. */
const steepest = 1.2;

/** A rectangle of floor that is taken, in metres of its room. */
interface Block {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** What hands ask for: shares of the pace ahead and to the right, −1…1. */
export interface Steps {
  ahead: number;
  right: number;
  isHurried: boolean;
}

/** Somebody on the raised floor of a room: goes where no rack, machine or wall stands. Room axes: x east, z south. */
export class Walker {
  readonly room: number;
  x: number;
  z: number;
  /** Clockwise from the room's east, radians. */
  heading = 0;
  pitch = -0.06;
  readonly #plan: RoomPlan;
  readonly #blocks: readonly Block[];

  /** @param at world point near which to begin: at the end of the aisle nearest to it. */
  constructor(layout: Layout, room: number, at: { readonly x: number; readonly z: number }) {
    this.room = room;
    this.#plan = planOf(layout.twin, room, layout.buildingOfRoom[room]!);
    this.#blocks = blocksOf(layout, this.#plan);
    const near = this.#toRoom(at.x, at.z);
    const aisle = this.#plan.aisles.reduce<RoomPlan["aisles"][number] | null>(
      (best, each) => (!best || Math.abs(each.z - near.z) < Math.abs(best.z - near.z) ? each : best),
      null,
    );
    this.x = aisle ? aisle.x - aisle.length / 2 - 0.2 : 0;
    this.z = aisle?.z ?? 0;
    if (!this.isFree(this.x, this.z)) [this.x, this.z] = this.#nearestFree();
  }

  /** Turns by a drag, radians. */
  turn(right: number, up: number): void {
    this.heading += right;
    this.pitch = Math.min(steepest, Math.max(-steepest, this.pitch + up));
  }

  /** Goes on for a time, sliding along what stands in the way. @returns true when something changed. */
  go(seconds: number, { ahead, right, isHurried }: Steps): boolean {
    const length = Math.hypot(ahead, right);
    if (length === 0) return false;
    // In steps shorter than an elbow: nothing is jumped through when frames are slow.
    const whole = (seconds * paceM * (isHurried ? hurry : 1)) / Math.max(1, length);
    const parts = Math.max(1, Math.ceil(whole / (elbowM * 0.8)));
    const c = Math.cos(this.heading);
    const s = Math.sin(this.heading);
    const dx = ((ahead * c - right * s) * whole) / parts;
    const dz = ((ahead * s + right * c) * whole) / parts;
    for (let i = 0; i < parts; i++) {
      if (this.isFree(this.x + dx, this.z)) this.x += dx;
      if (this.isFree(this.x, this.z + dz)) this.z += dz;
    }
    return true;
  }

  /** True where somebody can stand. */
  isFree(x: number, z: number): boolean {
    const { width, depth } = this.#plan.box;
    if (Math.abs(x) > width / 2 - 0.36 - elbowM || Math.abs(z) > depth / 2 - 0.36 - elbowM) return false;
    return !this.#blocks.some(
      ({ west, east, north, south }) =>
        x > west - elbowM && x < east + elbowM && z > north - elbowM && z < south + elbowM,
    );
  }

  /** World place of the eye and of a point this far ahead of it, into two vectors. */
  see(ahead: number, eye: WritablePoint, target: WritablePoint): void {
    const { box } = this.#plan;
    const c = Math.cos(box.yaw);
    const s = Math.sin(box.yaw);
    const y = box.y + floorM + eyeM;
    eye.x = box.x + this.x * c - this.z * s;
    eye.y = y;
    eye.z = box.z + this.x * s + this.z * c;
    const flat = Math.cos(this.pitch) * ahead;
    target.x = eye.x + Math.cos(this.heading + box.yaw) * flat;
    target.y = y + Math.sin(this.pitch) * ahead;
    target.z = eye.z + Math.sin(this.heading + box.yaw) * flat;
  }

  #toRoom(x: number, z: number): { readonly x: number; readonly z: number } {
    const { box } = this.#plan;
    const c = Math.cos(box.yaw);
    const s = Math.sin(box.yaw);
    return { x: (x - box.x) * c + (z - box.z) * s, z: (z - box.z) * c - (x - box.x) * s };
  }

  /** First free place on a grid from the room's middle outwards. */
  #nearestFree(): readonly [x: number, z: number] {
    for (let ring = 0; ring < 80; ring++)
      for (let i = -ring; i <= ring; i++)
        for (const [x, z] of [
          [i, -ring],
          [i, ring],
          [-ring, i],
          [ring, i],
        ] as const)
          if (this.isFree(x * 0.3, z * 0.3)) return [x * 0.3, z * 0.3];
    return [0, 0];
  }
}

interface WritablePoint {
  x: number;
  y: number;
  z: number;
}

const blocksOf = ({ twin }: Layout, { room, box, rows }: RoomPlan): Block[] => {
  const blocks: Block[] = rows.map(({ x, z, length, depth }) => ({
    // With the power cabinet at its west end.
    west: x - length / 2 - (twin.illustrative ? 0.67 : 0),
    east: x + length / 2,
    north: z - depth / 2,
    south: z + depth / 2,
  }));
  const c = Math.cos(box.yaw);
  const s = Math.sin(box.yaw);
  for (const className of indoorClasses) {
    const [start, end] = twin.rangeBelow({ className: "room", row: room }, className) ?? [0, 0];
    const table = twin.table(className);
    for (let row = start; row < end; row++) {
      const at = boxOf(table, row);
      const x = (at.x - box.x) * c + (at.z - box.z) * s;
      const z = (at.z - box.z) * c - (at.x - box.x) * s;
      const turned = Math.abs(Math.sin(at.yaw - box.yaw)) > 0.7;
      const [halfX, halfZ] = [(turned ? at.depth : at.width) / 2, (turned ? at.width : at.depth) / 2];
      blocks.push({ west: x - halfX, east: x + halfX, north: z - halfZ, south: z + halfZ });
    }
  }
  return blocks;
};
