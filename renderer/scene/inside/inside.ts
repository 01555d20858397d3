import { Group, type InstancedBufferGeometry, type IUniform, Vector4 } from "three";
import { type CampusState, cellOf } from "#renderer/data/state.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import {
  type Batch,
  fabricBatch,
  fabricData,
  floorBatch,
  floorData,
  instanced,
  paneBatch,
  pipeBatch,
  pipeData,
  put,
} from "./fittings.ts";
import type { HallsFrame } from "./hallsFrame.ts";
import { ropesOf } from "./leakRopes.ts";
import { panesOf } from "./panes.ts";
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
  /** Supply, −1 for coolant. */
  readonly ups: number;
}
interface Rope {
  readonly piece: number;
  readonly racks: readonly number[];
  readonly cdu: number;
}

/** What was laid out for a storey or building. */
interface Fitted {
  readonly fabric: InstancedBufferGeometry;
  readonly pipes: InstancedBufferGeometry;
  readonly floors: InstancedBufferGeometry;
  readonly panes: InstancedBufferGeometry;
  readonly flows: readonly Flowing[];
  readonly ropes: readonly Rope[];
}

/** Storeys and buildings that stay laid out, so that going back costs nothing. */
const kept = 8;

/** Fittings of the halls in view: floors, walls, lamps, trays, containment, cabinets, coolant loops, leak ropes. */
export class Inside {
  readonly root = new Group();
  readonly #layout: Layout;
  readonly #fabric: Batch;
  readonly #pipes: Batch;
  readonly #floors: Batch;
  readonly #panes: Batch;
  readonly #uRoom: IUniform<number> = { value: -1 };
  readonly #uRise: IUniform<number> = { value: 0 };
  readonly #uOverhead: IUniform<Float32Array> = { value: new Float32Array([1, 1]) };
  readonly #uFloor: IUniform<Vector4> = { value: new Vector4() };
  #shown: AssetRef | null = null;
  readonly #fitted = new Map<string, Fitted>();
  #now: Fitted | null = null;
  #room = -1;
  readonly #waitedMs = new Float64Array([sampleMs]);
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
    this.#panes = paneBatch(own);
    this.root.add(this.#floors.mesh, this.#fabric.mesh, this.#pipes.mesh, this.#panes.mesh);
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
    const key = `${below.className} ${below.row}`;
    const fitted = this.#fitted.get(key) ?? this.#fit(below, building);
    // The latest comes last; the one not looked at for longest goes.
    this.#fitted.delete(key);
    this.#fitted.set(key, fitted);
    const [oldest] = this.#fitted.keys();
    if (this.#fitted.size > kept && oldest !== undefined) {
      const { fabric, pipes, floors, panes } = this.#fitted.get(oldest)!;
      for (const geometry of [fabric, pipes, floors, panes]) geometry.dispose();
      this.#fitted.delete(oldest);
    }
    put(this.#fabric, fitted.fabric);
    put(this.#pipes, fitted.pipes);
    put(this.#floors, fitted.floors);
    put(this.#panes, fitted.panes);
    this.#now = fitted;
    this.#waitedMs[0] = sampleMs;
  }

  #fit(below: AssetRef, building: number): Fitted {
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
    return {
      fabric: instanced(this.#fabric, fabricData(rooms)),
      pipes: instanced(this.#pipes, pipeData(rooms)),
      floors: instanced(this.#floors, floorData(plans)),
      panes: instanced(this.#panes, fabricData(plans.map((plan) => ({ plan, pieces: panesOf(plan) })))),
      flows: flowsOf(rooms),
      ropes: ropePlaces(rooms),
    };
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
  frame(state: CampusState, { numbers, still }: HallsFrame): void {
    if (!this.root.visible || !this.#now) return;
    const uRise = this.#uRise;
    if (uRise.value < 1) uRise.value = still ? 1 : Math.min(1, uRise.value + numbers[0]! / 400);
    // Trays, busbars and lamps would bar the rows from above.
    const overhead = this.#uOverhead.value;
    overhead[0] = 1 - Math.min(1, Math.max(0, (numbers[2]! - 0.28) * 10));
    overhead[1] = 1 - Math.min(1, Math.max(0, (numbers[2]! - 0.3) * 10));
    const waited = this.#waitedMs;
    waited[0]! += numbers[3]!;
    if (waited[0]! < sampleMs) return;
    waited[0] = 0;
    this.#sampleFlows(state);
    this.#sampleRopes(state);
  }

  #sampleFlows(state: CampusState): void {
    const { pipes, flows } = this.#now!;
    const attribute = pipes.getAttribute("iLook");
    if (flows.length === 0) {
      this.#isFlowing = false;
      return;
    }
    const look = attribute.array as Float32Array;
    let changed = false;
    let most = 0;
    for (const { pipe, cdus, ups } of flows) {
      const flow = ups >= 0 ? loadOf(state, ups) : meanFlow(state, cdus);
      if (flow > most) most = flow;
      if (Math.abs(look[pipe * 4 + 2]! - flow) < 0.004) continue;
      look[pipe * 4 + 2] = flow;
      changed = true;
    }
    this.#isFlowing = most > 0;
    if (changed) attribute.needsUpdate = true;
  }

  #sampleRopes(state: CampusState): void {
    const { fabric, ropes } = this.#now!;
    const attribute = fabric.getAttribute("iLook");
    if (ropes.length === 0) return;
    const look = attribute.array as Float32Array;
    let changed = false;
    for (const { piece, racks, cdu } of ropes) {
      const wet = leakOf(state, racks, cdu);
      if (look[piece * 4 + 2] === wet) continue;
      look[piece * 4 + 2] = wet;
      changed = true;
    }
    if (changed) attribute.needsUpdate = true;
  }
}

const flowColumn = metricIndex("cdu", "flow");
const loadColumn = metricIndex("ups", "loadRate");
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

/** Load of a supply as a share of its rating; −1 where it tells nothing usable. */
const loadOf = (state: CampusState, ups: number): number => {
  const units = state.of("ups");
  const cell = cellOf(units, ups, loadColumn);
  return isUsable(units.status[cell]!) ? units.value[cell]! / 100 : -1;
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
  rooms
    .flatMap(({ pipes }) => pipes)
    .flatMap(({ cdus, ups = -1 }, pipe) => (cdus.length > 0 || ups >= 0 ? [{ pipe, cdus, ups }] : []));

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
