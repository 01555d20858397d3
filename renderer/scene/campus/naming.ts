import { Group, type PerspectiveCamera, Vector2 } from "three";
import type { HeatmapId } from "#renderer/data/heatmaps.ts";
import { scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { Subject } from "#renderer/stores/view.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { Speaking } from "./heatValues.ts";
import { hiddenBy } from "./hidden.ts";
import { type Hides, type LabelPainter, Labels, type Language } from "./labels.ts";
import { type Box, boxOf, type Layout } from "./layout.ts";
import { contains, type Focus } from "./lod.ts";
import { campusNames, insideNames } from "./names.ts";
import type { Shown } from "./picker.ts";
import { Pins, type PinView } from "./pins.ts";
import { Tag } from "./tag.ts";

/** Where haze has left a shade of a thing, a seventh of its contrast, in parts of the distance that `Air.haze` is the inverse of. */
const goneAt = 1.7;
/** Size of a hall on the picture from which on it is named, CSS pixels: less is wanted while fields are looked at. */
const namedPx = { halls: 120, fields: 300 } as const;
/** Most boxes that names keep clear of. */
const mostCovers = 64;

/** Which names stand in the scene: zones and buildings from afar, rooms inside a building, the tag of what is selected. */
export class Naming {
  readonly root = new Group();
  readonly #layout: Layout;
  readonly #state: CampusState;
  readonly #outside = new Labels();
  readonly #inside = new Labels();
  readonly #tag = new Tag();
  readonly #pins: Pins;
  readonly #all: readonly Labels[];
  readonly #hides: Hides;
  readonly #covers = new Float32Array((mostCovers + 8) * 4);
  readonly #picture = new Vector2();
  #covered = 0;
  readonly #about: { focus: Focus; subject: Subject } = {
    focus: { level: "campus", building: -1, room: -1, racks: false },
    subject: "halls",
  };
  #language: Language | null = null;
  #paint: LabelPainter | null = null;
  #heatmap: HeatmapId = "load";
  #zoom: Zoom | null = null;
  #selected: AssetRef | null = null;
  /** Buildings and zones keep quiet: other names stand over the campus. */
  quiet = false;
  #building = -1;
  #floor = -1;
  #hasInside = false;
  /** The room looked into. */
  #room: Box | null = null;

  constructor(layout: Layout, state: CampusState, shown: Pick<Shown, "isDrawn">) {
    this.#layout = layout;
    this.#state = state;
    this.#hides = hiddenBy(layout);
    this.#outside.hides = this.#hides;
    this.#pins = new Pins(shown);
    this.#all = [this.#outside, this.#inside, this.#tag.labels, this.#pins.labels];
    this.root.add(...this.#all.map(({ mesh }) => mesh));
  }

  /** Paints all names anew in another language or with another painter. @returns true when it did. */
  speak(language: Language, paint: LabelPainter): boolean {
    if (this.#language === language && this.#paint === paint) return false;
    this.#language = language;
    this.#paint = paint;
    this.#write();
    return true;
  }

  /** Values of another heat map or in other colours. @returns true when names were painted anew */
  colour(heatmap: HeatmapId, zoom: Zoom | null): boolean {
    if (this.#heatmap === heatmap && this.#zoom === zoom) return false;
    this.#heatmap = heatmap;
    this.#zoom = zoom;
    if (this.#language) this.#write();
    return this.#language !== null;
  }

  /** Something else is selected: it wears a tag. */
  mark(selected: AssetRef | null): void {
    if (selected?.className === this.#selected?.className && selected?.row === this.#selected?.row) return;
    this.#selected = selected;
    if (this.#language) this.#tag.show(selected, this.#speaking(this.#language), this.#paint!);
  }

  /** Shells are of glass: nothing hides a name. @returns true when that changed */
  glass(isGlass: boolean): boolean {
    const hides = isGlass ? null : this.#hides;
    if (this.#outside.hides === hides) return false;
    this.#outside.hides = hides;
    return true;
  }

  /** Of halls only those that are large on the picture are named while fields are its subject. */
  about(subject: Subject): void {
    this.#about.subject = subject;
    this.#outside.leastPx = subject === "halls" ? namedPx.halls : namedPx.fields;
    this.#outside.hasDots = subject === "halls";
  }

  /** Paints the names of a newly opened building or storey; called when the focus changed. */
  refocus({ level, building, room }: Focus): void {
    this.#outside.mesh.visible = this.#language !== null && level === "campus" && !this.quiet;
    this.#hasInside = this.#language !== null && (level === "building" || level === "room");
    this.#inside.mesh.visible = this.#hasInside;
    this.#room = room >= 0 ? boxOf(this.#layout.twin.table("room"), room) : null;
    if (!this.#hasInside) return;
    const floor = room >= 0 ? (this.#layout.twin.parentOf({ className: "room", row: room })?.row ?? -1) : -1;
    if (building === this.#building && floor === this.#floor) return;
    this.#building = building;
    this.#floor = floor;
    this.#inside.show(insideNames(this.#speaking(this.#language!), { building, floor }), this.#paint!);
  }

  /** Screen boxes that names stay out of (Labels). */
  cover(boxes: Float32Array, count: number): void {
    this.#covered = Math.min(mostCovers, count);
    // By hand: a view of the array would be made each frame.
    for (let i = 0; i < this.#covered * 4; i++) this.#covers[i] = boxes[i]!;
  }

  /** Names go with what the haze takes. @param haze as in `Air` */
  thin(haze: number): void {
    this.#outside.reachM = goneAt / haze;
  }

  /** Writes values anew, where they are seen. @param passed in an object: a bare number would be allocated each frame */
  sample(passed: { readonly passedMs: number }, complete: boolean): void {
    for (let i = 0; i < this.#all.length; i++) {
      const labels = this.#all[i]!;
      if (labels.mesh.visible) labels.sample(passed, complete);
    }
  }

  /** Finds what is highest and lowest in view. @returns true when names want their places anew */
  find(view: PinView, focus: Focus, complete: boolean): boolean {
    this.#about.focus = focus;
    this.#pins.cover(this.#covers, this.#covered);
    return this.#pins.find(view, this.#about, complete);
  }

  /** Keeps names apart; called when the camera moved. */
  declutter(
    camera: PerspectiveCamera,
    focus: Focus,
    picture: { readonly widthPx: number; readonly heightPx: number },
  ): void {
    // From within a room one sees no other, and knows its own.
    this.#inside.mesh.visible = this.#hasInside && !(this.#room && contains(this.#room, camera.position, 0));
    const { x, y } = this.#picture.set(picture.widthPx, picture.heightPx);
    this.#tag.labels.cover(this.#covers, this.#covered);
    this.#tag.declutter(camera, focus, this.#picture);
    const tagged = this.#tag.labels.standing(this.#covers, this.#covered);
    this.#pins.labels.cover(this.#covers, tagged);
    this.#pins.declutter(camera, this.#picture);
    const count = this.#pins.labels.standing(this.#covers, tagged);
    for (let i = 0; i < this.#all.length; i++) {
      const labels = this.#all[i]!;
      if (!labels.mesh.visible || labels === this.#tag.labels || labels === this.#pins.labels) continue;
      labels.cover(this.#covers, count);
      labels.declutter(camera, x, y);
    }
  }

  #speaking(language: Language): Speaking {
    const zoom = this.#zoom;
    const heatmap = scaleInForce(this.#heatmap, zoom);
    return { layout: this.#layout, state: this.#state, language, heatmap, zoom };
  }

  #write(): void {
    const speaking = this.#speaking(this.#language!);
    this.#building = -1;
    this.#outside.show(campusNames(speaking), this.#paint!);
    this.#tag.show(this.#selected, speaking, this.#paint!);
    this.#pins.speak(speaking, this.#paint!);
  }
}
