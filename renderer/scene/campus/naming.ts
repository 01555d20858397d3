import { Group, type PerspectiveCamera } from "three";
import { type LabelPainter, Labels, type Language } from "./labels.ts";
import type { Layout } from "./layout.ts";
import type { Focus } from "./lod.ts";
import { campusNames, insideNames } from "./names.ts";

/** Which names stand in the scene: zones and buildings from afar, rooms inside a building, none before a rack. */
export class Naming {
  readonly root = new Group();
  readonly #layout: Layout;
  readonly #outside = new Labels();
  readonly #inside = new Labels();
  #language: Language | null = null;
  #paint: LabelPainter | null = null;
  /** Buildings and zones keep quiet: other names stand over the campus. */
  quiet = false;
  #building = -1;
  #floor = -1;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.root.add(this.#outside.mesh, this.#inside.mesh);
  }

  /** Paints all names anew in another language or with another painter. @returns true when it did. */
  speak(language: Language, paint: LabelPainter): boolean {
    if (this.#language === language && this.#paint === paint) return false;
    this.#language = language;
    this.#paint = paint;
    this.#building = -1;
    this.#outside.show(campusNames(this.#layout, language), paint);
    return true;
  }

  /** Paints the names of a newly opened building or storey; called when the focus changed. */
  refocus({ level, building, room }: Focus): void {
    this.#outside.mesh.visible = this.#language !== null && level === "campus" && !this.quiet;
    this.#inside.mesh.visible = this.#language !== null && (level === "building" || level === "room");
    if (!this.#inside.mesh.visible) return;
    const floor = room >= 0 ? (this.#layout.twin.parentOf({ className: "room", row: room })?.row ?? -1) : -1;
    if (building === this.#building && floor === this.#floor) return;
    this.#building = building;
    this.#floor = floor;
    const names = insideNames(this.#layout, building, { language: this.#language!, floor });
    this.#inside.show(names, this.#paint!);
  }

  /** Screen boxes that names stay out of (Labels). */
  cover(boxes: Float32Array, count: number): void {
    this.#outside.cover(boxes, count);
    this.#inside.cover(boxes, count);
  }

  /** Names of what the haze has taken stay out: further away than this, m. */
  reach(metres: number): void {
    this.#outside.reachM = metres;
  }

  /** Keeps names apart; called when the camera moved. */
  declutter(camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    if (this.#outside.mesh.visible) this.#outside.declutter(camera, widthPx, heightPx);
    if (this.#inside.mesh.visible) this.#inside.declutter(camera, widthPx, heightPx);
  }
}
