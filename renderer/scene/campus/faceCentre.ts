import type { Vector3 } from "three";
import type { AssetRef } from "#twins/model/twin.ts";
import { boxOf, type Layout } from "./layout.ts";
import type { Focus } from "./lod.ts";
import { roomBlock } from "./picker.ts";
import { nearestFace } from "./rackSpot.ts";
import { roofField } from "./site.ts";

/** What decides which face of an asset shows its value. */
interface Seen {
  readonly layout: Layout;
  readonly focus: Focus;
  readonly isOpen: (building: number) => boolean;
  readonly eye: Vector3;
}

/** World point where the asset's own data surface can be sampled, into `into`. */
export const faceCentre = (ref: AssetRef, { layout, focus, isOpen, eye }: Seen, into: Vector3): Vector3 => {
  const box = boxOf(layout.twin.table(ref.className), ref.row);
  if (ref.className === "building" && !isOpen(ref.row)) {
    const c = Math.cos(box.yaw);
    const s = Math.sin(box.yaw);
    const south = (eye.z - box.z) * c - (eye.x - box.x) * s;
    const field = roofField(layout.buildings[ref.row]!, south >= 0 ? 1 : -1);
    return into.set(field.x, field.y + field.height, field.z);
  }
  if (ref.className === "room") {
    const block = roomBlock(box, focus.racks && layout.buildingOfRoom[ref.row] === focus.building);
    return into.set(block.x, block.y + block.height, block.z);
  }
  if (ref.className === "rack") return nearestFace(box, eye, into);
  return into.set(box.x, box.y + box.height, box.z);
};
