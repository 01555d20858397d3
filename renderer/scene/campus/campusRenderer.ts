import {
  Group,
  type InstancedBufferGeometry,
  type IUniform,
  type Mesh,
  type PerspectiveCamera,
  Vector3,
  type WebGLRenderer,
} from "three";
import { type HeatmapId, heatmaps } from "#renderer/data/heatmaps.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { type AssetRef, Stage } from "#twins/model/twin.ts";
import { Equipment } from "./equipment.ts";
import { pavings, plains } from "./ground.ts";
import { Heat, stateUniforms } from "./heat.ts";
import type { Placed } from "./instances.ts";
import { type LabelPainter, Labels } from "./labels.ts";
import { ancestorRow, type Box, boxOf, type Layout, layoutOf } from "./layout.ts";
import { LevelOfDetail } from "./lod.ts";
import { campusNames, insideNames, type Language } from "./names.ts";
import { Openness } from "./openness.ts";
import { Outline } from "./outline.ts";
import { Picker, roomBlock, type Shown } from "./picker.ts";
import { Racks } from "./racks.ts";
import { openUniforms, Shells } from "./shells.ts";
import { buildingVolumes, groundPieces, roofField, roofFields } from "./site.ts";
import { Sky } from "./sky.ts";
import { slabs } from "./slabs.ts";
import { StateTexture } from "./stateTexture.ts";
import { SunShadow } from "./sunShadow.ts";

/** Bytes of state a frame may upload (DESIGN §9, steady). */
export const frameUploadBytes = 256 * 1024;

export interface FrameView {
  readonly camera: PerspectiveCamera;
  /** Point the camera turns around. */
  readonly target: Vector3;
  /** Size of the picture, CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly deltaMs: number;
  readonly nowMs: number;
}

/**
 * The campus as three objects: built once from the twin, then only uniforms and dirty texture layers change.
 * Knows nothing of React, of the DOM or of stores; `frame` is called once before each draw.
 */
export class CampusRenderer {
  readonly root = new Group();
  readonly layout: Layout;
  readonly sky: Sky;
  readonly lod: LevelOfDetail;
  /** Jumps instead of easing: reduced motion, frozen pictures. */
  still = false;
  /** Bytes of state flagged for upload by the last frame. */
  uploadBytes = 0;
  /** The next frame uploads all that is dirty, whatever it costs: somebody waits for a complete picture. */
  completeNext = false;

  readonly #state: CampusState;
  readonly #textures: readonly StateTexture[];
  readonly #heat = new Heat();
  readonly #open = new Openness(openUniforms());
  readonly #shells: Shells;
  readonly #racks: Racks;
  readonly #equipment: Equipment;
  readonly #shadow: SunShadow;
  readonly #flat: IUniform<number> = { value: 0 };
  readonly #picker: Picker;
  readonly #marks = new Group();
  readonly #selected = new Outline([unitBox], {
    color: 0xffffff,
    alpha: 0.95,
    width: 1.6,
    grow: 0.06,
    onTop: true,
  });
  readonly #hovered = new Outline([unitBox], {
    color: 0xffffff,
    alpha: 0.6,
    width: 1,
    grow: 0.06,
    onTop: true,
  });
  readonly #ghosts: Outline;
  readonly #names = new Labels();
  readonly #roomNames = new Labels();
  #naming: { readonly language: Language; readonly paint: LabelPainter } | null = null;
  #named = { building: -1, floor: -1 };
  #marked: AssetRef | null = null;
  readonly #scratch = new Vector3();
  readonly #shown: Shown = {
    racks: () => (this.lod.focus.racks ? this.#racks.range : noRacks),
    isOpen: (building) => this.#open.isOpen(building),
    cutOf: (building) => (building === this.lod.focus.building ? this.#cut : 1e6),
    isRackDrawn: (row) => {
      const { pose } = this.layout.twin.table("rack");
      const { x, z, w } = this.#racks.clip;
      return pose[row * 4]! * x - pose[row * 4 + 1]! * z <= w;
    },
  };
  #cut = 1e6;
  readonly #seen = { position: new Vector3(Number.NaN), target: new Vector3(Number.NaN), heightPx: 0 };

  constructor(state: CampusState, maxLayers: number) {
    this.#state = state;
    this.layout = layoutOf(state.twin);
    this.lod = new LevelOfDetail(this.layout);
    this.sky = new Sky(state.twin.site);
    const rack = new StateTexture(state.of("rack"), maxLayers);
    const room = new StateTexture(state.of("room"), maxLayers);
    const building = new StateTexture(state.of("building"), maxLayers);
    this.#textures = [building, room, rack];

    this.#picker = new Picker(this.layout);
    const sky = this.sky.uniforms as Record<string, IUniform>;
    const open = this.#open.uniforms;
    const shown = { ...this.#heat.uniforms, uFlat: this.#flat } as Record<string, IUniform>;
    const layout = this.layout;
    const volumes = buildingVolumes(layout);
    this.#shells = new Shells(sky, open, volumes);
    this.#equipment = new Equipment(layout, sky, open);
    this.#shadow = new SunShadow([...volumes, ...this.#equipment.casters]);
    const roomState = stateUniforms(room);
    this.#racks = new Racks(
      {
        table: state.twin.table("rack"),
        roomOf: (row) => ancestorRow(state.twin, ["rack", row], "room"),
      },
      open,
      {
        ...shown,
        ...stateUniforms(rack),
        uRoomValues: roomState["uValues"]!,
        uRoomStatus: roomState["uStatus"]!,
        uRoomShape: roomState["uShape"]!,
      },
    );
    const campus = { value: new Vector3(layout.centre.x, layout.centre.z, layout.radius) };
    this.root.add(
      this.sky.dome,
      plains(sky, campus),
      pavings(sky, groundPieces(layout)),
      this.#shells.root,
      this.#equipment.root,
      slabs({ boxes: plates(layout), kind: "plate", open, data: { ...shown, ...roomState } }),
      slabs({ boxes: roomBoxes(layout), kind: "room", open, data: { ...shown, ...roomState } }),
      slabs({
        boxes: roofFields(layout),
        kind: "roof",
        open,
        data: { ...shown, ...stateUniforms(building) },
      }),
      this.#racks.mesh,
    );
    this.#ghosts = new Outline(
      layout.buildings.filter((b) => b.stage === Stage.planned),
      { color: 0xc9d6e4, alpha: 0.42, width: 0.6, grow: 0, onTop: false },
    );
    this.#marks.add(this.#selected.mesh, this.#hovered.mesh, this.#names.mesh, this.#roomNames.mesh);
    this.root.add(this.#ghosts.mesh, this.#marks);
    this.mark(null, null);
    this.setHeatmap("load");
  }

  setHeatmap(id: HeatmapId): void {
    this.#heat.show(heatmaps[id]);
  }

  setXray(on: boolean): void {
    this.#open.xray = on;
  }

  /** Writes names into the scene; without it there are none. */
  name(language: Language, paint: LabelPainter): void {
    if (this.#naming?.language === language) return;
    this.#naming = { language, paint };
    this.#names.show(campusNames(this.layout, language), paint);
    this.#named = { building: -1, floor: -1 };
    this.#seen.heightPx = 0;
  }

  /** True while something moves by itself. */
  get easing(): boolean {
    return this.#open.easing;
  }

  /** True while something still has to be uploaded or eased: another frame is needed. */
  get busy(): boolean {
    if (this.#open.easing) return true;
    for (let i = 0; i < this.#textures.length; i++) if (this.#textures[i]!.pending) return true;
    return false;
  }

  /** Brings uniforms and textures up to date for the draw that follows. */
  frame(view: FrameView): void {
    this.#upload();
    this.sky.update(view.nowMs);
    if (this.#moved(view)) this.#look(view);
    this.#open.step(view.deltaMs, this.still);
    this.#shells.setOpen(this.#open.anyOpen);
    this.sky.uniforms.uRecede.value = this.#open.recede;
    this.#equipment.frame(this.#state);
  }

  /** Draws what the picture needs first; call before the frame's draw. @returns true when the light changed. */
  prepare(gl: WebGLRenderer): boolean {
    return this.#shadow.update(gl, this.sky);
  }

  /** Nearest asset under a point of the picture, both axes −1…1. */
  pick(x: number, y: number, camera: PerspectiveCamera): AssetRef | null {
    const far = this.#scratch.set(x, y, 0.5).unproject(camera);
    const { x: ox, y: oy, z: oz } = camera.position;
    const length = far.distanceTo(camera.position);
    const ray = {
      ox,
      oy,
      oz,
      dx: (far.x - ox) / length,
      dy: (far.y - oy) / length,
      dz: (far.z - oz) / length,
    };
    return this.#picker.pick(ray, this.#shown);
  }

  /** World point where the asset's own surface can be sampled, into `into`. */
  visibleCentre(ref: AssetRef, camera: PerspectiveCamera, into: Vector3): Vector3 {
    const box = boxOf(this.layout.twin.table(ref.className), ref.row);
    if (ref.className === "building" && !this.#open.isOpen(ref.row)) {
      const building = this.layout.buildings[ref.row]!;
      const c = Math.cos(box.yaw);
      const s = Math.sin(box.yaw);
      const south = (camera.position.z - box.z) * c - (camera.position.x - box.x) * s;
      const field = roofField(building, south >= 0 ? 1 : -1);
      return into.set(field.x, field.y + field.height, field.z);
    }
    if (ref.className === "room") {
      const block = roomBlock(
        box,
        this.lod.focus.racks && this.layout.buildingOfRoom[ref.row] === this.lod.focus.building,
      );
      return into.set(block.x, block.y + block.height, block.z);
    }
    if (ref.className === "rack") return nearestFace(box, camera.position, into);
    return into.set(box.x, box.y + box.height, box.z);
  }

  /** Draws once without labels and outlines. */
  bare(draw: () => void): void {
    this.#marks.visible = false;
    draw();
    this.#marks.visible = true;
  }

  /** Outlines what is selected and what the pointer is over. */
  mark(selected: AssetRef | null, hovered: AssetRef | null): void {
    const boxOfRef = (ref: AssetRef | null): Box | null =>
      ref && ref.className !== "site" ? boxOf(this.layout.twin.table(ref.className), ref.row) : null;
    this.#selected.put(boxOfRef(selected));
    const same = selected?.className === hovered?.className && selected?.row === hovered?.row;
    this.#hovered.put(same ? null : boxOfRef(hovered));
    this.#marked = selected;
    this.#seen.heightPx = 0;
  }

  instances(): number {
    let count = 0;
    this.root.traverseVisible((object) => {
      const geometry = (object as Mesh).geometry as InstancedBufferGeometry | undefined;
      if (geometry?.isInstancedBufferGeometry) count += geometry.instanceCount;
    });
    return count;
  }

  dispose(): void {
    for (const texture of this.#textures) texture.dispose();
    this.#shadow.dispose();
  }

  #upload(): void {
    const budget = this.completeNext ? Number.POSITIVE_INFINITY : frameUploadBytes;
    this.completeNext = false;
    let bytes = 0;
    for (let i = 0; i < this.#textures.length; i++)
      if (this.#textures[i]!.pending && bytes < budget) bytes += this.#textures[i]!.flush(budget - bytes);
    this.uploadBytes = bytes;
  }

  #moved(view: FrameView): boolean {
    const seen = this.#seen;
    if (
      seen.position.equals(view.camera.position) &&
      seen.target.equals(view.target) &&
      seen.heightPx === view.heightPx
    )
      return false;
    seen.position.copy(view.camera.position);
    seen.target.copy(view.target);
    seen.heightPx = view.heightPx;
    return true;
  }

  /** Zones and buildings from afar, rooms inside a building, none before a rack. */
  #showNames(camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    const { level, building, room } = this.lod.focus;
    const naming = this.#naming;
    this.#names.mesh.visible = naming !== null && level === "campus";
    this.#roomNames.mesh.visible = naming !== null && (level === "building" || level === "room");
    if (this.#names.mesh.visible) this.#names.declutter(camera, widthPx, heightPx);
    if (!naming || !this.#roomNames.mesh.visible) return;
    const floor = room >= 0 ? (this.layout.twin.parentOf({ className: "room", row: room })?.row ?? -1) : -1;
    if (building !== this.#named.building || floor !== this.#named.floor) {
      this.#named = { building, floor };
      this.#roomNames.show(
        insideNames(this.layout, building, { language: naming.language, floor }),
        naming.paint,
      );
    }
    this.#roomNames.declutter(camera, widthPx, heightPx);
  }

  /** Leaves out racks that stand between the eye and a rack seen close up. */
  #clear(camera: PerspectiveCamera): void {
    const clip = this.#racks.clip;
    clip.set(0, 0, 0, 1);
    if (this.lod.focus.level !== "rack" || this.#marked?.className !== "rack") return;
    const box = boxOf(this.layout.twin.table("rack"), this.#marked.row);
    const forward = { x: Math.sin(box.yaw), z: -Math.cos(box.yaw) };
    const ahead = (camera.position.x - box.x) * forward.x + (camera.position.z - box.z) * forward.z;
    const side = Math.sign(ahead) || 1;
    clip.set(
      forward.x * side,
      0,
      forward.z * side,
      (box.x * forward.x + box.z * forward.z) * side + box.depth * 0.6,
    );
  }

  #look({ camera, target, widthPx, heightPx }: FrameView): void {
    this.lod.update(camera, target, heightPx);
    for (const outline of [this.#selected, this.#hovered, this.#ghosts])
      outline.setPicture(widthPx, heightPx);
    this.#clear(camera);
    const { building, room, racks } = this.lod.focus;
    const rooms = this.layout.twin.table("room");
    const cut = room >= 0 ? rooms.pose[room * 4 + 2]! + rooms.size[room * 3 + 2]! : 1e6;
    this.#cut = cut;
    this.#open.look(building, cut);
    this.#showNames(camera, widthPx, heightPx);
    this.#racks.mesh.visible = racks;
    this.#flat.value = racks ? 1 : 0;
    this.#equipment.focus(building, racks);
    if (!racks) return;
    const floor = room >= 0 ? this.layout.twin.parentOf({ className: "room", row: room }) : null;
    const range = this.layout.twin.rangeBelow(floor ?? { className: "building", row: building }, "rack");
    this.#racks.show(range?.[0] ?? 0, range?.[1] ?? 0);
  }
}

/** Rooms as blocks that fill two fifths of their storey, so that stacked floors read from the side. */
const roomBoxes = (layout: Layout): Placed[] => {
  const table = layout.twin.table("room");
  return Array.from({ length: table.count }, (_, row) => ({
    ...roomBlock(boxOf(table, row), false),
    extra: [row, layout.buildingOfRoom[row]!, 1 / Math.max(1, layout.racksOfRoom[row]!), 0],
  }));
};

/** Storeys of telemetered buildings as thin plates. */
const plates = (layout: Layout): Placed[] => {
  const table = layout.twin.table("floor");
  return Array.from({ length: table.count }, (_, row) => {
    const box = boxOf(table, row);
    const building = ancestorRow(layout.twin, ["floor", row], "building");
    return {
      ...box,
      y: box.y - 0.32,
      height: 0.3,
      width: box.width - 1,
      depth: box.depth - 1,
      extra: [0, building],
    };
  });
};

const unitBox: Box = { x: 0, y: 0, z: 0, yaw: 0, width: 1, height: 1, depth: 1 };

const noRacks = [0, 0] as const;

/** Centre of the data face (top, front or back) of a rack that shows the most of itself to the eye. */
const nearestFace = (box: Box, eye: Vector3, into: Vector3): Vector3 => {
  const middle = box.y + box.height / 2;
  const forward = { x: Math.sin(box.yaw), z: -Math.cos(box.yaw) };
  const ahead = (eye.x - box.x) * forward.x + (eye.z - box.z) * forward.z;
  const side = Math.sign(ahead);
  const top = (eye.y - box.y - box.height) * box.width * box.depth;
  const front = (Math.abs(ahead) - box.depth / 2) * box.width * box.height;
  if (top >= front) return into.set(box.x, box.y + box.height, box.z);
  const reach = (side * box.depth) / 2;
  return into.set(box.x + forward.x * reach, middle, box.z + forward.z * reach);
};
