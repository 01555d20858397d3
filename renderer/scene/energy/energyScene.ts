import { Group, type IUniform, type PerspectiveCamera, Vector2, type Vector3 } from "three";
import { scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { instancesOf, type Placed } from "#renderer/scene/campus/instances.ts";
import { letBeKits } from "#renderer/scene/campus/kitShape.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import type { OpenUniforms } from "#renderer/scene/campus/opening.ts";
import { sceneryMaterial } from "#renderer/scene/campus/scenery.ts";
import type { Sky } from "#renderer/scene/campus/sky.ts";
import type { Subject } from "#renderer/stores/view.ts";
import { Flows } from "./flows.ts";
import { gauges } from "./gauges.ts";
import { feeders, gridLines } from "./lines.ts";
import { Measures } from "./measures.ts";
import { pvBoxes, pvTables, thinOut } from "./pvTables.ts";
import { Ribbons } from "./ribbons.ts";
import { SubjectFinder } from "./subject.ts";
import { Turbines } from "./turbines.ts";
import { gridDraws } from "./wires.ts";
import { containerKit, containers, energyYard } from "./yard.ts";

/** Telemetry is looked at this often, ms. */
const sampleMs = 250;
/** Tables can be told apart from below this height over the field, m. */
const tellApartM = 420;
/** Motion never goes on further than this in one frame, ms. */
const longestStepMs = 50;

export interface EnergyParts {
  readonly layout: Layout;
  readonly state: CampusState;
  readonly sky: Sky;
  readonly open: OpenUniforms;
  /** Palettes of the heat maps, one a row (heat.ts). */
  readonly palette: IUniform;
}

/** What a frame tells. */
export interface EnergyFrame {
  readonly camera: PerspectiveCamera;
  readonly nowMs: number;
  readonly passedMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Sun, wind, storage and grid: what stands there, and what telemetry says about it. */
export class EnergyScene {
  readonly root = new Group();
  /** Boxes that throw a shadow. */
  readonly casters: readonly Placed[];
  /** The solar field is near enough to tell its tables apart: they show their power. */
  nearSolar = false;
  subject: Subject = "halls";
  readonly #sky: Sky;
  readonly #measures: Measures;
  readonly #turbines: Turbines;
  readonly #flows: Flows;
  readonly ribbons: Ribbons;
  readonly #solar: ReturnType<typeof pvTables>;
  readonly #time: IUniform<number> = { value: 0 };
  readonly #strips: IUniform<number> = { value: 0 };
  readonly #cables: IUniform<number> = { value: 0 };
  readonly #picture = new Vector2(1920, 1080);
  readonly #subjects: SubjectFinder;
  /** When the last frame was, and how long telemetry has waited, ms: in an array, for a field would allocate each frame. */
  readonly #times = Float64Array.of(Number.NaN, sampleMs);
  #isMoving = false;

  constructor({ layout, state, sky, open, palette }: EnergyParts) {
    this.#sky = sky;
    this.#subjects = new SubjectFinder(layout);
    const light = sky.uniforms as Record<string, IUniform>;
    const tables = pvBoxes(layout);
    const batteries = containers(layout);
    this.#measures = new Measures(state);
    this.#turbines = new Turbines(layout, state, light);
    this.ribbons = new Ribbons(layout, state, { time: this.#time, picture: this.#picture });
    const lines = [...gridLines(layout), ...feeders(layout)];
    this.#flows = new Flows(lines, state);
    const solar = pvTables(tables, light);
    this.#solar = solar;
    const strips = gauges(tables, layout, {
      uStrips: this.#strips,
      uTime: this.#time,
      uPalette: palette,
      uPaletteRow: { value: 0 },
    });
    for (const mesh of [solar, strips]) mesh.geometry.setAttribute("iValue", this.#measures.attribute);
    const material = sceneryMaterial(light, open);
    const yard = instancesOf(energyYard(layout), [wholeOf(layout)], material);
    yard.frustumCulled = false;
    yard.visible = tables.length + batteries.length + layout.twin.table("windTurbine").count > 0;
    const wires = gridDraws(lines, light, {
      uPicture: { value: this.#picture },
      uFlow: this.#flows.uniform,
      uCables: this.#cables,
    });
    const container = containerKit();
    const storage = instancesOf(container, batteries, material);
    letBeKits(storage, { kits: [container], members: batteries });
    this.root.add(
      solar,
      this.#turbines.root,
      storage,
      yard,
      strips,
      this.ribbons.mesh,
      ...(lines.length > 0 ? wires : []),
    );
    const turbines = layout.twin.table("windTurbine");
    this.casters = [
      ...tables.map((b) => ({ ...b, height: b.height * 0.8 })),
      ...batteries,
      ...Array.from({ length: turbines.count }, (_, row) => ({
        ...boxOf(turbines, row),
        width: 4,
        depth: 4,
      })),
    ];
  }

  /** What is looked at, and whether each solar table shows its power on its ridge; called when the camera moved. */
  look(eye: Vector3, target: Vector3, how: { readonly isOutside: boolean }): void {
    this.nearSolar = this.#isNearSolar(eye);
    this.subject = how.isOutside ? this.#subjects.of(eye, target) : "halls";
    // Ribbons stand for the whole field: while they do, tables keep their own power for who comes near.
    const hasStrips = this.nearSolar || this.subject === "solar";
    this.#strips.value = hasStrips ? 1 : 0;
    this.#turbines.bands.show(this.subject === "wind");
  }

  /** Strips are coloured by the range in force from the next frame on. */
  zoom(zoom: Zoom | null): void {
    this.#turbines.bands.zoom(zoom);
    if (this.#measures.colour(scaleInForce("pvTable", zoom).range)) this.#times[1] = sampleMs;
  }

  /** Shows power in the cables from stations to buildings, and, over the whole campus, ribbons. */
  show(hasCables: boolean, hasRibbons: boolean): void {
    this.#cables.value = hasCables ? 1 : 0;
    this.ribbons.show(hasRibbons);
  }

  #isNearSolar(eye: Vector3): boolean {
    const { center, radius } = this.#solar.geometry.boundingSphere!;
    const dx = eye.x - center.x;
    const dz = eye.z - center.z;
    const reach = radius + tellApartM / 4;
    return radius > 0 && eye.y < tellApartM && dx * dx + dz * dz < reach * reach;
  }

  /** True while something moves by itself, so that the picture wants another frame. */
  get moving(): boolean {
    return this.#isMoving && (this.#turbines.turning || this.#flows.moving || this.ribbons.visible);
  }

  /**
   * @param how `complete` takes telemetry at once, whatever was taken a moment ago: somebody waits for a complete picture; `still` moves
   * nothing
   * @returns true when names over ribbons changed
   */
  frame(view: EnergyFrame, how: { readonly complete: boolean; readonly still: boolean }): boolean {
    const { complete, still } = how;
    const times = this.#times;
    const passedMs = view.nowMs - times[0]!;
    times[0] = view.nowMs;
    // Motion follows the site's clock: frozen or paused, everything stands; so it does for who wants no motion.
    this.#isMoving = passedMs > 0 && !still;
    if (this.#isMoving) {
      const seconds = Math.min(passedMs, longestStepMs) / 1000;
      this.#time.value = (this.#time.value + seconds) % 3600;
      this.#flows.run(seconds);
    }
    thinOut(this.#solar, view.camera.position);
    this.#picture.set(view.widthPx, view.heightPx);
    this.#turbines.frame(view, this.#sky.uniforms.uSunDirection.value.y);
    times[1] = times[1]! + view.passedMs;
    if (times[1]! < sampleMs && !complete) return false;
    const waitedMs = times[1]!;
    times[1] = 0;
    this.#measures.sample();
    this.#flows.sample();
    return this.ribbons.sample(waitedMs, complete);
  }
}

/** The yard is drawn where it was built: one box, at the origin. */
const wholeOf = ({ centre, radius }: Layout): Placed => ({
  x: 0,
  y: 0,
  z: 0,
  yaw: 0,
  width: Math.abs(centre.x) + radius,
  height: 10,
  depth: Math.abs(centre.z) + radius,
  extra: [0, 0, 0, 0],
});
