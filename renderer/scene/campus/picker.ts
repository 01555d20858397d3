import { type AssetRef, type AssetTable, Stage } from "#twins/model/twin.ts";
import { indoorClasses } from "./indoorPlant.ts";
import type { Box, BuildingRecord, Layout } from "./layout.ts";
import { boxOf } from "./layout.ts";
import type { BoxRay } from "./rayBox.ts";
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

/** Analytic picking: ray → building → room → row → rack, and outdoor plant; nothing is read back from the GPU. */
export class Picker {
  readonly #layout: Layout;
  readonly #yards: YardGrid;
  readonly #rooms: readonly Box[];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#yards = new YardGrid(layout.twin);
    const rooms = layout.twin.table("room");
    this.#rooms = Array.from({ length: rooms.count }, (_, row) => boxOf(rooms, row));
  }

  pick(ray: BoxRay, shown: Shown): AssetRef | null {
    let best: Hit | null = null;
    for (const building of this.#layout.buildings) {
      const hit = this.#inBuilding(ray, building, shown);
      if (hit && hit.distance < (best?.distance ?? Infinity)) best = hit;
    }
    const isCut = (ref: AssetRef): boolean => this.#isCut(ref, shown);
    return (this.#yards.pick(ray, best?.distance ?? Infinity, isCut) ?? best)?.ref ?? null;
  }

  /** Plant on a roof that is cut away with it. */
  #isCut(ref: AssetRef, shown: Shown): boolean {
    const { twin } = this.#layout;
    const parent = twin.parentOf(ref);
    if (parent?.className !== "building") return false;
    return twin.table(ref.className).pose[ref.row * 4 + 2]! > shown.cutOf(parent.row) - 0.5;
  }

  #inBuilding(ray: BoxRay, building: BuildingRecord, shown: Shown): Hit | null {
    const height = building.stage === Stage.construction ? building.height / 2 : building.height;
    const distance = ray.box(height === building.height ? building : { ...building, height });
    if (distance === Infinity) return null;
    const shell: Hit = { ref: { className: "building", row: building.row }, distance };
    if (!shown.isOpen(building.row)) return shell;
    return (
      this.#inRooms(ray, building, shown) ?? (shown.cutOf(building.row) < height + building.y ? null : shell)
    );
  }

  #inRooms(ray: BoxRay, building: BuildingRecord, shown: Shown): Hit | null {
    const cut = shown.cutOf(building.row);
    const drawn = shown.racks();
    const detailed = drawn[1] > drawn[0] && drawn[0] >= building.racks[0] && drawn[1] <= building.racks[1];
    let best: Hit | null = null;
    for (let row = building.rooms[0]; row < building.rooms[1]; row++) {
      const box = this.#rooms[row]!;
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
    for (let room = Math.max(start, building.rooms[0]); room < Math.min(end, building.rooms[1]); room++)
      for (const className of indoorClasses) {
        const range = twin.rangeBelow({ className: "room", row: room }, className);
        if (!range) continue;
        const table = twin.table(className);
        for (let row = range[0]; row < range[1]; row++) {
          if (!shown.isDrawn(table, row)) continue;
          const distance = ray.asset(table, row);
          if (distance < (best?.distance ?? Infinity)) best = { ref: { className, row }, distance };
        }
      }
    return best;
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
        const distance = ray.asset(racks, rack);
        if (distance < (best?.distance ?? Infinity))
          best = { ref: { className: "rack", row: rack }, distance };
      }
    }
    return best;
  }
}

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
