import { Group, type IUniform } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import { IndoorPlant } from "#renderer/scene/campus/indoorPlant.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { Focus } from "#renderer/scene/campus/lod.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { Racks } from "#renderer/scene/campus/racks.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Glow } from "./glow.ts";
import type { HallsFrame } from "./hallsFrame.ts";
import { Inside } from "./inside.ts";

/** Racks rise out of their rooms' blocks in this time, ms. */
const riseMs = 380;

const none = [0, 0] as const;

/** All that is seen inside the building or storey in view: racks, their light on the floor, plant and fittings. */
export class Halls {
  readonly root = new Group();
  readonly racks: Racks;
  /** 0…1: rooms are blocks in their own colour, or floors under visible racks. */
  readonly flat: IUniform<number>;
  readonly #layout: Layout;
  readonly #glow: Glow;
  readonly #plant: IndoorPlant;
  readonly #inside: Inside;
  readonly #seconds: IUniform<Float32Array> = { value: new Float32Array(2) };
  #risen = 0;
  #goal = 0;
  #shown: AssetRef | null = null;
  #wanted: { readonly below: AssetRef; readonly building: number } | null = null;

  /** @param data heat map, rack and room state, and `uFlat`. */
  constructor(layout: Layout, open: OpenUniforms, data: Record<string, IUniform>) {
    this.#layout = layout;
    this.flat = data["uFlat"] as IUniform<number>;
    this.racks = new Racks({ table: layout.twin.table("rack"), roomOf: layout.roomOfRack }, open, data);
    const uniforms = {
      ...open,
      uFlat: this.flat,
      uClip: { value: this.racks.clip },
      uBeyond: { value: this.racks.beyond },
      uTime: this.#seconds,
    };
    this.#glow = new Glow({ ...uniforms, ...data });
    this.#plant = new IndoorPlant(layout.twin, uniforms);
    this.#inside = new Inside(layout, uniforms);
    this.root.add(this.#plant.root, this.#inside.root, this.#glow.mesh, this.racks.mesh);
    this.#hide();
  }

  get easing(): boolean {
    return this.#risen !== this.#goal || this.#wanted !== null || this.#inside.easing;
  }

  /** True while coolant or fans move where they can be seen. */
  get alive(): boolean {
    return this.#goal === 1 && (this.#inside.flowing || this.#plant.turning);
  }

  /** Turns to what the camera looks into now. @returns rooms whose racks and plant can be met, [start, end). */
  look({ building, room, racks }: Focus): readonly [start: number, end: number] {
    const { twin } = this.#layout;
    this.#goal = racks ? 1 : 0;
    this.#inside.look(racks ? room : -1);
    if (!racks) {
      this.#wanted = null;
      return none;
    }
    const floor = room >= 0 ? twin.parentOf({ className: "room", row: room }) : null;
    const below: AssetRef = floor ?? { className: "building", row: building };
    const isAround =
      this.#shown?.className === "building" && this.#shown.row === building && below.className !== "building";
    if (this.#shown !== null && !isAround && !isSame(this.#shown, below))
      this.#risen = this.#isBelow(building) ? 1 : 0;
    this.#wanted = { below, building };
    if (!isAround) this.#show();
    return twin.rangeBelow(below, "room") ?? none;
  }

  /** Before each draw. */
  frame(state: CampusState, frame: HallsFrame): void {
    const { numbers, still, isOpening } = frame;
    if (this.#wanted && (still || !isOpening)) this.#show();
    const step = still ? 1 : numbers[0]! / riseMs;
    if (this.#risen !== this.#goal) {
      this.#risen =
        this.#goal > this.#risen
          ? Math.min(this.#goal, this.#risen + step)
          : Math.max(this.#goal, this.#risen - step);
      this.flat.value = this.#risen * this.#risen * (3 - 2 * this.#risen);
    }
    if (this.#risen === 0 && this.#goal === 0 && this.#shown) this.#hide();
    if (!this.#shown) return;
    this.#seconds.value[0] = (numbers[1]! / 1000) % 3600;
    this.#inside.frame(state, frame);
    this.#plant.frame(state, numbers);
  }

  /** Hides what would hide data from a reading: nothing stands before a face that the picker meets. */
  bare(draw: () => void): void {
    const { visible } = this.#inside.root;
    this.#inside.root.visible = false;
    draw();
    this.#inside.root.visible = visible;
  }

  /** True where what is shown belongs to this building: going between its storeys needs no new rise. */
  #isBelow(building: number): boolean {
    const { twin } = this.#layout;
    for (let at: AssetRef | null | undefined = this.#shown; at; at = twin.parentOf(at))
      if (at.className === "building") return at.row === building;
    return false;
  }

  #show(): void {
    const { below, building } = this.#wanted!;
    this.#wanted = null;
    if (this.#shown && isSame(this.#shown, below)) return;
    this.#shown = below;
    const range = this.#layout.twin.rangeBelow(below, "rack");
    this.racks.mesh.visible = range !== null;
    if (range) this.racks.show(range[0], range[1]);
    this.#glow.follow(this.racks.mesh);
    this.#plant.show(below);
    this.#inside.show(below, building);
  }

  #hide(): void {
    this.#shown = null;
    this.racks.mesh.visible = false;
    this.#glow.mesh.visible = false;
    this.#plant.show(null);
    this.#inside.show(null, -1);
  }
}

const isSame = (a: AssetRef, b: AssetRef): boolean => a.className === b.className && a.row === b.row;
