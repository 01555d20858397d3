import { Group, type IUniform, Vector4 } from "three";
import { type CampusState, cellOf } from "#renderer/data/state.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import {
  type Batch,
  fabricBatch,
  fabricData,
  fill,
  floorBatch,
  floorData,
  pipeBatch,
  pipeData,
} from "./fittings.ts";
import { ropesOf } from "./leakRopes.ts";
import { piecesOf } from "./pieces.ts";
import { type Pipe, pipesOf } from "./pipes.ts";
import { planOf, type RoomPlan } from "./plan.ts";

/** Telemetry is read this often at most, ms. */
const sampleMs = 250;
/** Flow of a coolant unit that counts as full: dashes move 2.2 m/s there, L/min. */
const fullFlow = 1000;

interface Flowing {
  readonly pipe: number;
  readonly cdus: readonly number[];
}
interface Rope {
  readonly piece: number;
  readonly racks: readonly number[];
  readonly cdu: number;
}

/** Fittings of the halls in view: floors, walls, lamps, trays, containment, cabinets, coolant loops, leak ropes. */
export class Inside {
  readonly root = new Group();
  readonly #layout: Layout;
  readonly #fabric: Batch;
  readonly #pipes: Batch;
  readonly #floors: Batch;
  readonly #uRoom: IUniform<number> = { value: -1 };
  readonly #uRise: IUniform<number> = { value: 0 };
  readonly #uOverhead: IUniform<number> = { value: 1 };
  readonly #uFloor: IUniform<Vector4> = { value: new Vector4() };
  #shown: AssetRef | null = null;
  #flows: readonly Flowing[] = [];
  #ropes: readonly Rope[] = [];
  #room = -1;
  #waitedMs = sampleMs;
  #isFlowing = false;

  /** @param uniforms those that open buildings, `uFlat`, `uClip` of the racks and `uTime` in seconds. */
  constructor(layout: Layout, uniforms: Record<string, IUniform>) {
    this.#layout = layout;
    const own = {
      ...uniforms,
      uRoom: this.#uRoom,
      uRise: this.#uRise,
      uOverhead: this.#uOverhead,
      uFloor: this.#uFloor,
    };
    this.#fabric = fabricBatch(own);
    this.#pipes = pipeBatch(own);
    this.#floors = floorBatch(own);
    this.root.add(this.#floors.mesh, this.#fabric.mesh, this.#pipes.mesh);
    this.root.visible = false;
  }

  /** True while coolant moves in a pipe that is drawn. */
  get flowing(): boolean {
    return this.root.visible && this.#isFlowing;
  }

  get easing(): boolean {
    return this.root.visible && this.#uRise.value < 1 && this.#room >= 0;
  }

  /** Shows what is inside this storey or building and nothing else; null for none. Called when the focus changed. */
  show(below: AssetRef | null, building: number): void {
    this.root.visible = below !== null;
    if (!below || (below.className === this.#shown?.className && below.row === this.#shown.row)) return;
    this.#shown = below;
    const { twin, buildings } = this.#layout;
    const [start, end] = twin.rangeBelow(below, "room") ?? [0, 0];
    const plans = Array.from({ length: end - start }, (_, i) => planOf(twin, start + i, building));
    const roofM = buildings[building] ? buildings[building].y + buildings[building].height : 0;
    const rooms = plans.map((plan) => {
      const ropes = ropesOf(plan);
      return {
        plan,
        ropes,
        pieces: [...piecesOf(plan, twin.illustrative), ...ropes.map(({ piece }) => piece)],
        pipes: pipesOf(plan, twin.illustrative, roofM - plan.box.y),
      };
    });
    const fabric = fabricData(rooms);
    fill(this.#fabric, fabric.count, fabric.data);
    const pipes = pipeData(rooms);
    fill(this.#pipes, pipes.count, pipes.data);
    const floors = floorData(plans);
    fill(this.#floors, floors.count, floors.data);
    this.#flows = flowsOf(rooms);
    this.#ropes = ropePlaces(rooms);
    this.#waitedMs = sampleMs;
  }

  /** The room looked into, −1 for none: its walls rise and its ceiling closes. */
  look(room: number): void {
    if (room !== this.#room) this.#uRise.value = 0;
    this.#room = room;
    this.#uRoom.value = room;
    if (room < 0) return;
    const box = boxOf(this.#layout.twin.table("room"), room);
    this.#uFloor.value.set(box.x, box.y, box.z, box.height);
  }

  /**
   * Before each draw while anything inside is shown.
   * @param steep elevation of the look, sine; overhead fittings give way from above
   */
  frame(state: CampusState, { deltaMs, steep, still }: InsideFrame): void {
    if (!this.root.visible) return;
    const uRise = this.#uRise;
    if (uRise.value < 1) uRise.value = still ? 1 : Math.min(1, uRise.value + deltaMs / 400);
    this.#uOverhead.value = 1 - Math.min(1, Math.max(0, (steep - 0.47) / 0.12));
    this.#waitedMs += deltaMs;
    if (this.#waitedMs < sampleMs) return;
    this.#waitedMs = 0;
    this.#sampleFlows(state);
    this.#sampleRopes(state);
  }

  #sampleFlows(state: CampusState): void {
    const attribute = this.#pipes.mesh.geometry.getAttribute("iLook");
    if (!attribute || this.#flows.length === 0) {
      this.#isFlowing = false;
      return;
    }
    const look = attribute.array as Float32Array;
    let changed = false;
    let most = 0;
    for (const { pipe, cdus } of this.#flows) {
      const flow = meanFlow(state, cdus);
      if (flow > most) most = flow;
      if (Math.abs(look[pipe * 4 + 2]! - flow) < 0.004) continue;
      look[pipe * 4 + 2] = flow;
      changed = true;
    }
    this.#isFlowing = most > 0;
    if (changed) attribute.needsUpdate = true;
  }

  #sampleRopes(state: CampusState): void {
    const attribute = this.#fabric.mesh.geometry.getAttribute("iLook");
    if (!attribute || this.#ropes.length === 0) return;
    const look = attribute.array as Float32Array;
    let changed = false;
    for (const { piece, racks, cdu } of this.#ropes) {
      const wet = leakOf(state, racks, cdu);
      if (look[piece * 4 + 2] === wet) continue;
      look[piece * 4 + 2] = wet;
      changed = true;
    }
    if (changed) attribute.needsUpdate = true;
  }
}

interface InsideFrame {
  readonly deltaMs: number;
  readonly steep: number;
  readonly still: boolean;
}

const flowColumn = metricIndex("cdu", "flow");
const cduLeak = metricIndex("cdu", "leakDetect");
const rackLeak = metricIndex("rack", "leakDetect");

/** Mean flow of coolant units as a share of full flow; −1 where one of them tells nothing usable. */
const meanFlow = (state: CampusState, cdus: readonly number[]): number => {
  const units = state.of("cdu");
  let sum = 0;
  for (const cdu of cdus) {
    const cell = cellOf(units, cdu, flowColumn);
    if (!isUsable(units.status[cell]!)) return -1;
    sum += units.value[cell]!;
  }
  return cdus.length === 0 ? -1 : sum / cdus.length / fullFlow;
};

/** 1 wet, 0 dry, −1 where no sensor beside this piece of rope tells anything usable. */
const leakOf = (state: CampusState, racks: readonly number[], cdu: number): number => {
  const rackState = state.of("rack");
  let known = false;
  for (const rack of racks) {
    const cell = cellOf(rackState, rack, rackLeak);
    if (!isUsable(rackState.status[cell]!)) continue;
    if (rackState.value[cell]! > 0.5) return 1;
    known = true;
  }
  if (cdu >= 0) {
    const units = state.of("cdu");
    const cell = cellOf(units, cdu, cduLeak);
    if (isUsable(units.status[cell]!)) {
      if (units.value[cell]! > 0.5) return 1;
      known = true;
    }
  }
  return known ? 0 : -1;
};

const flowsOf = (rooms: readonly { readonly pipes: readonly Pipe[] }[]): Flowing[] =>
  rooms.flatMap(({ pipes }) => pipes).flatMap(({ cdus }, pipe) => (cdus.length > 0 ? [{ pipe, cdus }] : []));

const ropePlaces = (
  rooms: readonly {
    readonly plan: RoomPlan;
    readonly pieces: readonly unknown[];
    readonly ropes: readonly { readonly racks: readonly number[]; readonly cdu: number }[];
  }[],
): Rope[] => {
  let before = 0;
  return rooms.flatMap(({ pieces, ropes }) => {
    const first = before + pieces.length - ropes.length;
    before += pieces.length;
    return ropes.map(({ racks, cdu }, i) => ({ piece: first + i, racks, cdu }));
  });
};
