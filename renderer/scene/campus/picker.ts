import type { AssetRef, AssetTable } from "#twins/model/twin.ts";
import { indoorClasses, indoorKits } from "./indoorPlant.ts";
import type { Placed } from "./instances.ts";
import { KitShape, type KitShapes, type Piece } from "./kitShape.ts";
import { type Box, type BuildingRecord, boxOf, isBelow, type Layout } from "./layout.ts";
import { isCutAway } from "./opening.ts";
import { gapM } from "./racks.ts";
import type { BoxRay } from "./rayBox.ts";
import { shellBody, shellGeometry } from "./shellForm.ts";
import { type Hit, YardGrid } from "./yardGrid.ts";

/** What is drawn right now, as far as a ray can meet it. */
export interface Shown {
  isOpen(building: number): boolean;
  /** Height above which a building is cut away, m. */
  cutOf(building: number): number;
  /** Rooms whose racks and plant are drawn, [start, end); empty when none. */
  rooms(): readonly [start: number, end: number];
  /** Racks drawn as boxes, [start, end); empty when none. */
  racks(): readonly [start: number, end: number];
  /** False for a rack, or plant beside it, left out because it stands in the way. */
  isDrawn(table: AssetTable, row: number): boolean;
}

/** Plant of a room stands no further from it, in the corridor of its storey, m. */
const corridorM = 16;
/** Stair cores, lobbies and docks reach this far out of a hall, m. */
const aroundM = 14;

/** A volume as it is drawn: metres in a box of one. */
interface Body {
  readonly shape: KitShape;
  readonly box: Box;
}

/** Analytic picking: ray → building → room → row → rack, and outdoor plant; nothing is read back from the GPU. */
export class Picker {
  readonly #layout: Layout;
  readonly #yards: YardGrid;
  readonly #rooms: readonly Box[];
  /** Volumes that each building is drawn as, its hall first. */
  readonly #volumes: Body[][];
  readonly #indoor = Object.fromEntries(
    indoorClasses.map((className) => [className, new KitShape(indoorKits[className]())]),
  ) as Readonly<Record<(typeof indoorClasses)[number], KitShape>>;

  /** @param volumes of all buildings, each with what it stands for */
  constructor(layout: Layout, volumes: readonly Placed[], shapes: KitShapes) {
    this.#layout = layout;
    this.#volumes = layout.buildings.map(() => []);
    this.#yards = new YardGrid(shapes);
    const shell = shellGeometry();
    for (const volume of volumes)
      if (volume.asset)
        this.#volumes[volume.asset.row]?.push({
          shape: new KitShape(shellBody(shell, volume)),
          box: { ...volume, width: 1, height: 1, depth: 1 },
        });
    const rooms = layout.twin.table("room");
    this.#rooms = Array.from({ length: rooms.count }, (_, row) => boxOf(rooms, row));
  }

  pick(ray: BoxRay, shown: Shown): AssetRef | null {
    let best: Hit | null = null;
    let glass: Hit | null = null;
    for (const building of this.#layout.buildings) {
      if (!this.#mayMeet(ray, building)) continue;
      const isOpen = shown.isOpen(building.row);
      const hit = isOpen ? this.#inRooms(ray, building, shown) : this.#onShell(ray, building);
      if (hit && hit.distance < (best?.distance ?? Infinity)) best = hit;
      const pane = isOpen ? this.#onGlass(ray, building, shown) : null;
      if (pane && pane.distance < (glass?.distance ?? Infinity)) glass = pane;
    }
    best = this.#yards.pick(ray, best?.distance ?? Infinity, (piece) => isGone(piece, shown)) ?? best;
    // Through glass one meets what its building holds and carries, and else the building itself.
    if (best && glass && best.distance > glass.distance && !isBelow(this.#layout.twin, best.ref, glass.ref))
      return glass.ref;
    return (best ?? glass)?.ref ?? null;
  }

  #mayMeet(ray: BoxRay, { row, x, y, z, width, height, depth }: BuildingRecord): boolean {
    // Volumes stand at most some metres out of their hall.
    const radius = Math.sqrt(width * width + height * height + depth * depth) / 2 + aroundM;
    return this.#volumes[row]!.length > 0 && ray.mayMeet(x, y + height / 2, z, radius);
  }

  #onShell(ray: BoxRay, { row }: BuildingRecord): Hit | null {
    let nearest = Infinity;
    for (const { shape, box } of this.#volumes[row]!) nearest = Math.min(nearest, shape.distance(ray, box));
    return nearest === Infinity ? null : { ref: { className: "building", row }, distance: nearest };
  }

  /** The glass that an open hall has turned to, and nothing of it above the cut. */
  #onGlass(ray: BoxRay, { row }: BuildingRecord, shown: Shown): Hit | null {
    const { shape, box } = this.#volumes[row]![0]!;
    const distance = shape.distance(ray, box, shown.cutOf(row));
    return distance === Infinity ? null : { ref: { className: "building", row }, distance };
  }

  #inRooms(ray: BoxRay, building: BuildingRecord, shown: Shown): Hit | null {
    const cut = shown.cutOf(building.row);
    const drawn = shown.racks();
    const detailed = drawn[1] > drawn[0] && drawn[0] >= building.racks[0] && drawn[1] <= building.racks[1];
    let best: Hit | null = null;
    for (let row = building.rooms[0]; row < building.rooms[1]; row++) {
      const box = this.#rooms[row]!;
      if (!this.#mayMeetRoom(ray, box, 0)) continue;
      if (box.y >= cut - 0.5 || ray.box(box) >= (best?.distance ?? Infinity)) continue;
      const rack = detailed ? this.#inRows(ray, row, shown) : null;
      if (rack && rack.distance < (best?.distance ?? Infinity)) best = rack;
      const floor = ray.box(roomBlock(box, detailed));
      if (floor < (best?.distance ?? Infinity)) best = { ref: { className: "room", row }, distance: floor };
    }
    const plant = this.#inPlant(ray, building, shown);
    return plant && plant.distance < (best?.distance ?? Infinity) ? plant : best;
  }

  /** Plant of the rooms shown, met one by one: it may stand beside its room, in the corridor of its storey. */
  #inPlant(ray: BoxRay, building: BuildingRecord, shown: Shown): Hit | null {
    const { twin } = this.#layout;
    const [start, end] = shown.rooms();
    let best: Hit | null = null;
    for (let room = Math.max(start, building.rooms[0]); room < Math.min(end, building.rooms[1]); room++) {
      if (!this.#mayMeetRoom(ray, this.#rooms[room]!, corridorM)) continue;
      for (const className of indoorClasses) {
        const range = twin.rangeBelow({ className: "room", row: room }, className);
        if (!range) continue;
        const table = twin.table(className);
        for (let row = range[0]; row < range[1]; row++) {
          if (!shown.isDrawn(table, row)) continue;
          if (ray.asset(table, row) >= (best?.distance ?? Infinity)) continue;
          const distance = this.#indoor[className].distance(ray, boxOf(table, row));
          if (distance < (best?.distance ?? Infinity)) best = { ref: { className, row }, distance };
        }
      }
    }
    return best;
  }

  #mayMeetRoom(ray: BoxRay, { x, y, z, width, height, depth }: Box, around: number): boolean {
    const radius = Math.sqrt(width * width + height * height + depth * depth) / 2 + around;
    return ray.mayMeet(x, y + height / 2, z, radius);
  }

  #inRows(ray: BoxRay, room: number, shown: Shown): Hit | null {
    const { twin } = this.#layout;
    const rows = twin.rangeBelow({ className: "room", row: room }, "row");
    if (!rows) return null;
    const drawn = shown.racks();
    const racks = twin.table("rack");
    const rowTable = twin.table("row");
    let best: Hit | null = null;
    for (let row = rows[0]; row < rows[1]; row++) {
      if (ray.asset(rowTable, row) >= (best?.distance ?? Infinity)) continue;
      const range = twin.rangeBelow({ className: "row", row }, "rack");
      if (!range) continue;
      const end = Math.min(range[1], drawn[1]);
      for (let rack = Math.max(range[0], drawn[0]); rack < end; rack++) {
        if (!shown.isDrawn(racks, rack)) continue;
        const distance = ray.asset(racks, rack, gapM);
        // From inside of one its faces are not seen: 0 is no hit.
        if (distance > 0 && distance < (best?.distance ?? Infinity))
          best = { ref: { className: "rack", row: rack }, distance };
      }
    }
    return best;
  }
}

/** What is not drawn of plant: the same rules as in its vertex shader (plant/plantMaterial.ts). */
const isGone = ({ box, isShown }: Piece, shown: Shown): boolean => {
  if (isShown && !isShown()) return true;
  const on = box.on ?? -1;
  if (on < 0) return false;
  return isCutAway(box.y, shown.cutOf(on)) || (box.isSkin === true && shown.isOpen(on));
};

/** Share of its storey that a room's block fills, and the thickness of its floor once racks stand on it, m. */
const roomFill = 0.4;
const floorM = 0.03;

/** A room as drawn: a block in its colour, or a thin floor under visible racks. */
export const roomBlock = <B extends { y: number; width: number; depth: number; height: number }>(
  box: B,
  racks: boolean,
): B => ({
  ...box,
  y: box.y + 0.01,
  width: box.width - 0.7,
  depth: box.depth - 0.7,
  height: racks ? floorM : box.height * roomFill,
});
