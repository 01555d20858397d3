import {
  type DataArrayTexture,
  Group,
  type IUniform,
  type Object3D,
  type PerspectiveCamera,
  Vector3,
  type WebGLRenderer,
} from "three";
import type { CampusState } from "#renderer/data/state.ts";
import { EnergyScene } from "#renderer/scene/energy/energyScene.ts";
import { Halls } from "#renderer/scene/inside/halls.ts";
import type { HallsFrame } from "#renderer/scene/inside/hallsFrame.ts";
import { Place } from "#renderer/scene/place/place.ts";
import { Plant } from "#renderer/scene/plant/plant.ts";
import { Region } from "#renderer/scene/region/region.ts";
import { Displays } from "#renderer/scene/screens/displays.ts";
import type { Subject } from "#renderer/stores/view.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { StationAir } from "./air.ts";
import { faceCentre } from "./faceCentre.ts";
import { elevationOf, type FrameView } from "./frameView.ts";
import { ghosts } from "./ghosts.ts";
import { Heat, shownColumns, stateUniforms } from "./heat.ts";
import { KitShapes } from "./kitShape.ts";
import type { LabelPainter, Language } from "./labels.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { LevelOfDetail } from "./lod.ts";
import { Marks } from "./marks.ts";
import { Naming } from "./naming.ts";
import { openUniforms } from "./opening.ts";
import { Openness } from "./openness.ts";
import { Picker, type Shown } from "./picker.ts";
import { BoxRay } from "./rayBox.ts";
import { Shells } from "./shells.ts";
import { roofFields } from "./site.ts";
import { Sky } from "./sky.ts";
import { slabs } from "./slabs.ts";
import { StateTexture } from "./stateTexture.ts";
import { plates, roomBoxes } from "./storeys.ts";
import { SunShadow } from "./sunShadow.ts";
import { buildingVolumes } from "./volumes.ts";

/** Bytes of state a frame may upload (DESIGN §9, steady). */
const frameUploadBytes = 256 * 1024;

/**
 * The campus as three objects: built once from the twin, then only uniforms and dirty texture layers change.
 * Knows nothing of React, of the DOM or of stores; `frame` is called once before each draw.
 */
export class CampusRenderer {
  readonly root = new Group();
  /** All of the campus: not drawn while the region's diagram covers it. */
  readonly #place = new Group();
  readonly layout: Layout;
  readonly sky: Sky;
  readonly lod: LevelOfDetail;
  /** What is seen from far away; null for a twin that knows no other compute centre. */
  readonly region: Region | null;
  readonly displays: Displays;
  /** Jumps instead of easing: reduced motion, frozen pictures. */
  still = false;
  /** Bytes of state flagged for upload by the last frame. */
  uploadBytes = 0;
  /** The next frame uploads all that is dirty, whatever it costs: somebody waits for a complete picture. */
  completeNext = false;
  /** Somebody walks through a room: nothing is left out before a rack, and fittings overhead stay. */
  walks = false;

  readonly #state: CampusState;
  readonly #textures: readonly StateTexture[];
  readonly #air: StationAir;
  readonly #heat = new Heat();
  readonly #open = new Openness(openUniforms());
  readonly #shells: Shells;
  readonly #energy: EnergyScene;
  readonly #halls: Halls;
  /** Values of halls on their roofs: out of the picture while ribbons tell of power. */
  readonly #roofs: Object3D;
  readonly #plant: Plant;
  readonly #surroundings: Place;
  readonly #energyFrame = { complete: false, still: false };
  /** What the energy scene is told of each look; `hasEnergy` while ribbons are wanted. */
  readonly #outlook = { isOutside: true, hasEnergy: false };
  readonly #shadow: SunShadow;
  readonly #picker: Picker;
  readonly #marks: Marks;
  readonly #naming: Naming;
  #marked: AssetRef | null = null;
  readonly #ray = new BoxRay();
  readonly #scratch = new Vector3();
  readonly #shown: Shown = {
    rooms: () => this.#roomsShown,
    racks: () => (this.lod.focus.racks ? this.#halls.racks.range : none),
    isOpen: (building) => this.#open.isOpen(building),
    cutOf: (building) => (building === this.lod.focus.building ? this.#cut : 1e6),
    isDrawn: (table, row) => this.#halls.racks.isDrawn(table, row),
  };
  readonly #hallFrame: HallsFrame = { numbers: new Float64Array(4), still: false, isOpening: false };
  #cut = 1e6;
  #roomsShown: readonly [start: number, end: number] = none;
  readonly #seen = { position: new Vector3(Number.NaN), target: new Vector3(Number.NaN), heightPx: 0 };

  constructor(state: CampusState, maxLayers: number) {
    this.#state = state;
    this.#air = new StationAir(state);
    this.layout = layoutOf(state.twin);
    this.sky = new Sky(state.twin.site);
    const texture = (className: "rack" | "room" | "building"): StateTexture =>
      new StateTexture(state.of(className), shownColumns(className), maxLayers);
    const [rack, room, building] = [texture("rack"), texture("room"), texture("building")];
    this.#textures = [building, room, rack];

    const sky = this.sky.uniforms as Record<string, IUniform>;
    const open = this.#open.uniforms;
    const shown = { ...this.#heat.uniforms, uFlat: { value: 0 } } as Record<string, IUniform>;
    const layout = this.layout;
    const volumes = buildingVolumes(layout);
    this.#shells = new Shells(sky, open, volumes);
    this.#plant = new Plant({ layout, state, sky, open });
    const palette = this.#heat.uniforms.uPalette;
    this.#energy = new EnergyScene({ layout, state, sky: this.sky, open, palette });
    this.displays = new Displays(layout, state, { sky: this.sky.uniforms, open });
    this.#surroundings = new Place(layout, this.sky, open);
    this.#shadow = new SunShadow(
      [
        ...volumes,
        ...this.#plant.casters,
        ...this.#surroundings.casters,
        ...this.#energy.casters,
        ...this.displays.casters,
      ],
      this.#surroundings.crowns,
    );
    const roomState = stateUniforms(room);
    this.#halls = new Halls(layout, open, {
      ...shown,
      ...stateUniforms(rack),
      uRoomValues: roomState["uValues"]!,
      uRoomStatus: roomState["uStatus"]!,
      uRoomShape: roomState["uShape"]!,
    });
    const { uHaze } = this.sky.uniforms;
    const onRoofs = {
      boxes: roofFields(layout),
      open,
      data: { ...shown, ...stateUniforms(building), uHaze },
    };
    this.#roofs = slabs({ ...onRoofs, kind: "roof" });
    this.#place.add(
      this.#surroundings.root,
      this.#shells.root,
      this.#plant.root,
      ghosts(layout, sky),
      this.#energy.root,
      this.displays.root,
      slabs({ boxes: plates(layout), kind: "plate", open, data: { ...shown, ...roomState } }),
      slabs({ boxes: roomBoxes(layout), kind: "room", open, data: { ...shown, ...roomState } }),
      this.#roofs,
      this.#halls.root,
    );
    this.#marks = new Marks(layout, uHaze);
    this.#naming = new Naming(layout, state, this.#shown);
    this.#marks.over.add(this.#naming.root, this.#energy.ribbons.labels.mesh);
    this.#place.add(this.#marks.planned.mesh, this.#marks.over);
    this.root.add(this.#place);
    this.region = Region.of(state, layout, this.sky.uniforms);
    this.lod = new LevelOfDetail(layout, this.region !== null);
    if (this.region) this.root.add(this.region.root);
    this.#picker = new Picker(layout, volumes, new KitShapes(this.root));
    this.setHeatmap("load", null);
  }

  setHeatmap(...[id, zoom]: Parameters<Heat["show"]>): void {
    this.#heat.show(id, zoom);
    this.#energy.zoom(zoom);
    if (this.#naming.colour(id, zoom)) this.#refocus();
  }

  setXray(on: boolean): void {
    this.#open.xray = on;
    if (this.#naming.glass(on)) this.#seen.heightPx = 0;
  }

  /** Power flows as ribbons over the campus; other names make way for theirs. */
  setEnergy(on: boolean): void {
    if (this.#outlook.hasEnergy === on) return;
    this.#outlook.hasEnergy = on;
    this.#refocus();
  }

  /** True where solar tables can be told apart: then their power is shown, and its legend. */
  get nearSolar(): boolean {
    return this.#energy.nearSolar;
  }

  get subject(): Subject {
    return this.#energy.subject;
  }

  /** Writes names into the scene; without it there are none. */
  name(language: Language, paint: LabelPainter): void {
    if (!this.#naming.speak(language, paint)) return;
    this.#energy.ribbons.speak(language, paint);
    this.#refocus();
  }

  /** Keeps names clear of what lies over the picture: left, top, right, bottom, CSS pixels. Row-major, boxes × 4. */
  cover(boxes: Float32Array): void {
    this.displays.cover(boxes);
    this.#energy.ribbons.labels.cover(boxes);
    this.region?.cover(boxes);
    this.#seen.heightPx = 0;
  }

  /** True while something moves by itself. */
  get easing(): boolean {
    return this.#open.easing || this.#halls.easing;
  }

  /** True while rotors turn and power runs where they can be seen. */
  get alive(): boolean {
    if (this.still) return false;
    if (this.region?.alive) return true;
    const { level } = this.lod.focus;
    if (this.#plant.turning && (level === "campus" || level === "building")) return true;
    if (this.#surroundings.isFalling && level === "campus") return true;
    return level === "campus" ? this.#energy.moving : this.#halls.alive;
  }

  /** True while state waits for upload: another frame is needed. */
  get pending(): boolean {
    for (let i = 0; i < this.#textures.length; i++) if (this.#textures[i]!.pending) return true;
    return false;
  }

  /** Brings uniforms and textures up to date for the draw that follows. */
  frame(view: FrameView): void {
    this.#energyFrame.complete = this.completeNext;
    this.#energyFrame.still = this.still;
    this.#upload();
    const air = this.#air.read();
    if (this.sky.update(view, air)) {
      this.#naming.thin(air.haze);
      this.#seen.heightPx = 0;
    }
    this.#surroundings.frame(view, air);
    if (this.region?.frame(view, this.still)) this.#seen.heightPx = 0;
    if (this.#energy.frame(view, this.#energyFrame)) this.#seen.heightPx = 0;
    if (this.#moved(view)) this.#look(view);
    // After the look: what is searched for the highest and the lowest is what this camera looks at.
    if (this.#naming.find(view, this.lod.focus, this.#energyFrame.complete)) this.#look(view);
    this.#naming.sample(view, this.#energyFrame.complete);
    if (this.#open.moving) {
      this.#open.step(view.deltaMs, this.still);
      this.#shells.setOpen(this.#open.anyOpen);
      this.sky.uniforms.uRecede.value = this.#open.recede;
    }
    this.#plant.frame();
    this.displays.frame(view);
    this.#halls.frame(this.#state, this.#hallsFrame(view));
  }

  /** Draws what the picture needs first; call before the frame's draw. @returns true when the light changed. */
  prepare(gl: WebGLRenderer): boolean {
    if (this.region?.isWhole) return false;
    this.#surroundings.prepare(gl, this.#seen.position);
    return this.#shadow.update(gl, this.sky, this.#seen);
  }

  /** Nearest asset under a point of the picture, both axes −1…1. */
  pick(x: number, y: number, camera: PerspectiveCamera): AssetRef | null {
    if (this.region && this.lod.focus.level === "region") return this.region.pick(x, y, camera);
    const far = this.#scratch.set(x, y, 0.5).unproject(camera);
    const eye = camera.position;
    const length = far.distanceTo(eye);
    const ray = this.#ray;
    ray.ox = eye.x;
    ray.oy = eye.y;
    ray.oz = eye.z;
    ray.dx = (far.x - eye.x) / length;
    ray.dy = (far.y - eye.y) / length;
    ray.dz = (far.z - eye.z) / length;
    return this.#picker.pick(ray, this.#shown);
  }

  /** World point where the asset's own surface can be sampled, into `into`. */
  visibleCentre(ref: AssetRef, camera: PerspectiveCamera, into: Vector3): Vector3 {
    const spot = this.region?.placeOf(ref);
    if (spot) return into.set(spot.x, 0, spot.z);
    const { layout, lod } = this;
    return faceCentre(
      ref,
      { layout, focus: lod.focus, isOpen: this.#shown.isOpen, eye: camera.position },
      into,
    );
  }

  /** Draws once without labels, outlines and fittings of halls. */
  bare(draw: () => void): void {
    this.#marks.over.visible = false;
    this.#halls.bare(draw);
    this.#marks.over.visible = true;
  }

  /** Outlines what is selected and what the pointer is over. */
  mark(selected: AssetRef | null, hovered: AssetRef | null): void {
    this.#marks.put(selected, hovered);
    this.#naming.mark(selected);
    this.#marked = selected;
    this.#seen.heightPx = 0;
  }

  /** Textures that telemetry is uploaded into, for measurement. */
  dataTextures(): readonly DataArrayTexture[] {
    return this.#textures.flatMap((texture) => [texture.values, texture.status]);
  }

  dispose(): void {
    for (const texture of this.#textures) texture.dispose();
    this.#shadow.dispose();
    this.#surroundings.dispose();
    this.displays.dispose();
  }

  #upload(): void {
    const budget = this.completeNext ? Number.POSITIVE_INFINITY : frameUploadBytes;
    this.completeNext = false;
    let bytes = 0;
    for (let i = 0; i < this.#textures.length; i++)
      if (this.#textures[i]!.pending && bytes < budget) bytes += this.#textures[i]!.flush(budget - bytes);
    this.uploadBytes = bytes;
  }

  #hallsFrame(view: FrameView): HallsFrame {
    const frame = this.#hallFrame;
    frame.numbers[0] = view.deltaMs;
    frame.numbers[1] = view.nowMs;
    frame.numbers[2] = this.walks ? 0 : elevationOf(view.camera.position, view.target);
    frame.numbers[3] = view.passedMs;
    frame.still = this.still;
    frame.isOpening = this.#open.easing;
    return frame;
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

  /** What follows from every move of the camera; allocates nothing. */
  #look(view: FrameView): void {
    const { camera, target, widthPx, heightPx } = view;
    this.#naming.cover(this.displays.covers, this.displays.look(view));
    if (this.lod.update(camera, target, heightPx)) this.#refocus();
    this.region?.look(view);
    this.#place.visible = !this.region?.isWhole;
    this.#surroundings.look(camera.position);
    this.#marks.setPicture(widthPx, heightPx);
    this.#energy.ribbons.declutter(camera, widthPx, heightPx);
    this.#outlook.isOutside = this.lod.focus.level === "campus";
    this.#energy.look(camera.position, target, this.#outlook);
    this.#naming.about(this.#energy.subject);
    this.#naming.declutter(camera, this.lod.focus, view);
    const closeUp = !this.walks && this.lod.focus.level === "rack" && this.#marked?.className === "rack";
    this.#halls.racks.clear(closeUp ? this.#marked!.row : -1, camera.position);
  }

  /** What follows when another building, room or level is looked at. */
  #refocus(): void {
    const { building, room } = this.lod.focus;
    const rooms = this.layout.twin.table("room");
    this.#cut = room >= 0 ? rooms.pose[room * 4 + 2]! + rooms.size[room * 3 + 2]! : 1e6;
    const hasRibbons = this.#outlook.hasEnergy && this.lod.focus.level === "campus";
    this.#energy.show(this.#outlook.hasEnergy, hasRibbons);
    this.#roofs.visible = !hasRibbons;
    this.#open.dimmed = hasRibbons;
    this.#naming.quiet = hasRibbons;
    const shell = this.layout.buildings[building];
    // Roof plant and its stacks stand above the parapet.
    this.#open.look(building, this.#cut, shell ? shell.y + shell.height + 12 : 0);
    this.#naming.refocus(this.lod.focus);
    this.#seen.heightPx = 0;
    this.#roomsShown = this.#halls.look(this.lod.focus);
  }
}

const none = [0, 0] as const;
