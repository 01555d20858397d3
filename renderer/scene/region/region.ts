import { Group, type PerspectiveCamera, Vector3 } from "three";
import type { CampusState } from "#renderer/data/state.ts";
import type { Label, LabelPainter, Spot as LabelSpot, Language } from "#renderer/scene/campus/labels.ts";
import { Labels } from "#renderer/scene/campus/labels.ts";
import type { Layout } from "#renderer/scene/campus/layout.ts";
import type { SkyUniforms } from "#renderer/scene/campus/sky.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Backdrop } from "./backdrop.ts";
import { type Diagram, diagramOf, type Spot } from "./diagram.ts";
import { CentreFlow } from "./flow.ts";
import { Lettering } from "./lettering.ts";
import { Links } from "./links.ts";
import { type MarkUniforms, markUniforms, spreadOf } from "./marks.ts";
import { Points, ringFullP } from "./points.ts";
import { Skyline } from "./skyline.ts";
import { labelsOf, lettersOf, rankOfCentres } from "./words.ts";

/** How the region speaks: sizes go with the distance it is read from. */
export interface RegionVoice {
  readonly language: Language;
  /** CSS pixels of its labels. */
  readonly labelPx: number;
  readonly paint: (fontPx: number) => LabelPainter;
}

/** The picture and where it is taken from. */
interface Seen {
  readonly camera: PerspectiveCamera;
  readonly target: Vector3;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Distances of the eye from its target, m, between which the plain gives way to the diagram, and where it is full. */
const [begins, isWhole] = [7000, 13_000];
const begins2 = begins ** 2;
/** From here on the campus does not grow any more. */
const atRestM = 45_000;
/** Points and links come after the plain has begun to go. */
const marksBegin = 9000;

/** From 0 to 1 while the distance goes from here to there: numbers stay in the array, or each would be allocated. */
const ease = (view: Float64Array, into: number, from: number, to: number): void => {
  const t = (view[0]! - from) / (to - from);
  view[into] = t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
};

/** Telemetry is looked at once a second: digits that change faster cannot be read. */
const lookMs = 1000;
/** A picture this wide shows the diagram this many times wider than deep: rings of equal round trip stay rings, drawn flatter. */
const [wideAspect, wideSpread] = [2.6, 1.45];
/** A pointer this near to a point means it, CSS pixels. */
const reachPx = 26;
const letterPx = 52;
/** A name this near to a hub stands beside its place instead of above it, m of the diagram. */
const crowdsM = 7000;
/** Half of what a centre's ring and a hub's mark take, less than their labels stand above them, CSS pixels of the usual size. */
const [ringPx, hubPx] = [26, 7];
/** Labels stand clear of the rings, CSS pixels of the usual size. */
const usualLabelPx = 13;

/** The region around the campus: a diagram of points in the same scene, seen from far away. */
export class Region {
  readonly root = new Group();
  readonly diagram: Diagram;
  readonly #layout: Layout;
  readonly #flow: CentreFlow;
  readonly #backdrop: Backdrop;
  readonly #skyline: Skyline;
  readonly #points: Points;
  readonly #links: Links;
  readonly #lettering: Lettering;
  readonly #labels = new Labels();
  readonly #marks: MarkUniforms;
  readonly #scratch = new Vector3();
  /** Panels, then points: left, top, right, bottom, CSS pixels. Row-major × 4. */
  readonly #covers = new Float32Array(64 * 4);
  #panels = 0;
  /** Of all of them, so many are written. */
  #covered = 0;
  #voice: RegionVoice | null = null;
  #written = "";
  /** Since telemetry was looked at. An array: a number in a field would be allocated with each frame. */
  readonly #waitedMs = new Float64Array([lookMs]);
  #flows = false;
  /** Distance of the eye from what it looks at (m); then 0…1: how far the diagram is there, the campus small, marks there. */
  readonly #view = new Float64Array(4);

  private constructor(
    state: CampusState,
    layout: Layout,
    { sky, diagram }: { sky: SkyUniforms; diagram: Diagram },
  ) {
    this.#layout = layout;
    this.diagram = diagram;
    this.#flow = new CentreFlow(state);
    this.#marks = markUniforms(diagram.home);
    this.#backdrop = new Backdrop(sky, diagram.home, this.#marks);
    this.#skyline = new Skyline(layout);
    this.#points = new Points(diagram, this.#marks);
    this.#links = new Links(diagram, this.#marks);
    this.#lettering = new Lettering(this.#marks);
    this.root.add(
      this.#backdrop.mesh,
      this.#lettering.mesh,
      this.#skyline.mesh,
      this.#links.mesh,
      this.#points.mesh,
      this.#labels.mesh,
    );
    this.root.visible = false;
  }

  /** Null for a twin that knows no other compute centre. */
  static of(state: CampusState, layout: Layout, sky: SkyUniforms): Region | null {
    const diagram = diagramOf(layout.twin, layout.centre);
    return diagram && new Region(state, layout, { sky, diagram });
  }

  /** The diagram covers everything: nothing of the campus needs to be drawn. */
  get isWhole(): boolean {
    return this.#view[1]! >= 1;
  }

  /** Something flows where it can be seen. */
  get alive(): boolean {
    return this.#view[1]! > 0 && this.#flows;
  }

  /** Words and writing in another language or size. */
  speak(voice: RegionVoice): void {
    const was = this.#voice;
    if (was && was.language === voice.language && was.labelPx === voice.labelPx && was.paint === voice.paint)
      return;
    this.#voice = voice;
    this.#marks.uPx.value = voice.labelPx / usualLabelPx;
    this.#written = "";
    this.#waitedMs[0] = lookMs;
    this.#writeLetters();
  }

  cover(boxes: Float32Array): void {
    this.#panels = Math.min(boxes.length, this.#covers.length) / 4;
    this.#covers.set(boxes.subarray(0, this.#covers.length));
  }

  /** Names keep clear of panels, and of the rings and marks of all points. */
  #keepClear(camera: PerspectiveCamera): void {
    this.#covered = this.#panels;
    this.#coverPoints(this.diagram.centres, ringPx, camera);
    this.#coverPoints(this.diagram.hubs, hubPx, camera);
    this.#labels.cover(this.#covers, this.#covered);
  }

  /** Each number is written where it belongs: lists and boxes made for it would be allocated with every move. */
  #coverPoints(spots: readonly Spot[], halfPx: number, camera: PerspectiveCamera): void {
    const { uPicture, uPx, uSpread } = this.#marks;
    const { x: wide, y: tall } = uPicture.value;
    const { x: middle, y: spread } = uSpread.value;
    const reach = halfPx * uPx.value;
    const covers = this.#covers;
    for (let i = 0; i < spots.length && (this.#covered + 1) * 4 <= covers.length; i++) {
      const { x, z } = spots[i]!;
      const at = this.#scratch.set(middle + (x - middle) * spread, 0, z).project(camera);
      const to = this.#covered * 4;
      covers[to] = (at.x * 0.5 + 0.5) * wide - reach;
      covers[to + 1] = (0.5 - at.y * 0.5) * tall - reach;
      covers[to + 2] = covers[to]! + 2 * reach;
      covers[to + 3] = covers[to + 1]! + 2 * reach;
      this.#covered++;
    }
  }

  /** What follows from a move of the camera. */
  look({ camera, target, widthPx, heightPx }: Seen): void {
    const { position: eye } = camera;
    const dx = eye.x - target.x;
    const dy = eye.y - target.y;
    const dz = eye.z - target.z;
    // Near the campus this is all: no number leaves here, for each would be allocated each frame.
    this.root.visible = dx * dx + dy * dy + dz * dz > begins2;
    if (!this.root.visible) {
      this.#view[1] = 0;
      return;
    }
    const view = this.#view;
    view[0] = Math.sqrt(dx * dx + dy * dy + dz * dz);
    ease(view, 1, begins, isWhole);
    ease(view, 2, isWhole, atRestM);
    ease(view, 3, marksBegin, isWhole * 1.15);
    this.#marks.uPicture.value.set(widthPx, heightPx);
    this.#spread(widthPx, heightPx);
    this.#backdrop.look(view);
    this.#skyline.look(view);
    const marks = view[3]!;
    this.#labels.mesh.visible = marks > 0;
    if (this.#marks.uFade.value !== marks) {
      this.#marks.uFade.value = marks;
      this.#labels.fade(marks);
    }
    if (!this.#labels.mesh.visible) return;
    this.#keepClear(camera);
    this.#labels.declutter(camera, widthPx, heightPx);
  }

  /** Lays the diagram out wider where the picture is. */
  #spread(widthPx: number, heightPx: number): void {
    const { value } = this.#marks.uSpread;
    const wide = widthPx > wideAspect * heightPx ? wideSpread : 1;
    if (value.y === wide) return;
    value.y = wide;
    this.#writeLetters();
    this.#written = "";
    this.#waitedMs[0] = lookMs;
  }

  /** Lets time pass. @returns true when labels were written anew and want their places. */
  frame(view: { readonly deltaMs: number; readonly passedMs: number }, isStill: boolean): boolean {
    this.#waitedMs[0]! += view.passedMs;
    if (!this.root.visible) return false;
    if (!isStill) this.#links.pass(view.deltaMs);
    if (this.#waitedMs[0]! < lookMs) return false;
    this.#waitedMs[0] = 0;
    this.#sample();
    return this.#write();
  }

  /** The centre under a point of the picture, both axes −1…1; null where there is none. */
  pick(x: number, y: number, camera: PerspectiveCamera): AssetRef | null {
    const { home, centres, hubs } = this.diagram;
    const { x: width, y: height } = this.#marks.uPicture.value;
    let best: AssetRef | null = null;
    let least = reachPx * this.#marks.uPx.value;
    const look = (
      className: "centre" | "portal",
      spots: readonly { row: number; x: number; z: number }[],
    ) => {
      for (const spot of spots) {
        const { row } = spot;
        const { x: east, z } = spreadOf(spot, this.#marks);
        const at = this.#scratch.set(east, 0, z).project(camera);
        const away = Math.hypot(((at.x - x) * width) / 2, ((at.y - y) * height) / 2);
        if (at.z > 1 || away >= least) continue;
        least = away;
        best = { className, row };
      }
    };
    look("centre", [home, ...centres]);
    look("portal", hubs);
    return best;
  }

  /** Where a point of the diagram stands; null for everything else. */
  placeOf({ className, row }: AssetRef): Spot | null {
    const { home, centres, hubs } = this.diagram;
    const spots = className === "centre" ? [home, ...centres] : className === "portal" ? hubs : [];
    const spot = spots.find((each) => each.row === row);
    return spot ? spreadOf(spot, this.#marks) : null;
  }

  #sample(): void {
    const { home, centres } = this.diagram;
    this.#flows = false;
    const ring = (index: number, row: number): void => {
      const idle = this.#flow.value(row, "idleP");
      this.#points.put(
        index,
        Number.isNaN(idle) ? 0 : Math.min(1, idle / ringFullP),
        this.#flow.look(row, "idleP"),
      );
    };
    ring(0, home.row);
    centres.forEach(({ row }, index) => {
      ring(index + 1, row);
      const jobs = this.#flow.value(row, "jobs") || 0;
      const rate = this.#flow.value(row, "gbitPerS") || 0;
      if (jobs > 0 || rate > 0) this.#flows = true;
      this.#links.put(index, [jobs, rate], this.#flow.look(row, "jobs"));
    });
  }

  #writeLetters(): void {
    if (!this.#voice) return;
    const { language, paint } = this.#voice;
    const isWide = this.#marks.uSpread.value.y > 1;
    this.#lettering.write(lettersOf(language, this.diagram, isWide), paint(letterPx));
  }

  /** Away from the campus first: links come from there, and names lie beside them. */
  #asideOf(at: Vector3, isCentre: boolean): Pick<Label, "spots"> {
    const east = at.x - this.diagram.home.x;
    if (Math.abs(east) < 1) return {};
    const side = east < 0 ? -1 : 1;
    const sides: LabelSpot["side"][] = [side, 0, side === 1 ? -1 : 1, side === 1 ? 2 : -2];
    // One that stands close before a hub lets it have the room above.
    if (isCentre && this.#crowds(at)) sides.unshift(side === 1 ? 2 : -2);
    return { spots: sides.map((each) => ({ at, side: each })) };
  }

  /** A hub of the national plan stands close behind this place, which is not its own. */
  #crowds(at: Vector3): boolean {
    return this.diagram.hubs.some((hub) => {
      const { x, z } = spreadOf(hub, this.#marks);
      const away = Math.hypot(x - at.x, z - at.z);
      return away > 1 && away < crowdsM;
    });
  }

  #write(): boolean {
    const voice = this.#voice;
    if (!voice) return false;
    const labels = labelsOf({
      twin: this.#layout.twin,
      language: voice.language,
      diagram: this.diagram,
      tops: this.#links.tops,
      flow: this.#flow,
      lift: 31 * this.#marks.uPx.value,
    }).map((label) => {
      const { x, z } = spreadOf(label.at, this.#marks);
      const at = new Vector3(x, label.at.y, z);
      return { ...label, at, ...this.#asideOf(at, label.rank === rankOfCentres) };
    });
    const written = labels.map(({ text }) => text).join("\n\n");
    if (written === this.#written) return false;
    this.#written = written;
    this.#labels.show(labels, voice.paint(voice.labelPx));
    return true;
  }
}
