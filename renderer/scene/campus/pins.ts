import { type PerspectiveCamera, Vector3 } from "three";
import type { ClassState } from "#renderer/data/state.ts";
import { translator } from "#renderer/i18n/translate.ts";
import { pvBoxes } from "#renderer/scene/energy/pvTables.ts";
import { machineValue } from "#renderer/scene/energy/values.ts";
import type { Subject } from "#renderer/stores/view.ts";
import { placedName } from "#renderer/ui/placedName.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import { heatValue, type Speaking } from "./heatValues.ts";
import { type Label, type LabelPainter, Labels, type Spot } from "./labels.ts";
import type { LabelValue } from "./labelValues.ts";
import { type Box, boxOf } from "./layout.ts";
import type { Focus } from "./lod.ts";
import type { Shown } from "./picker.ts";
import { type Pinned, spotInView, wideOf } from "./pinSpot.ts";
import { BoxRay } from "./rayBox.ts";

/** The field is searched this often, ms, and names are painted anew no more often. */
const searchMs = 500;
/** What is smaller on the picture cannot be pointed at, CSS pixels of its width as seen aslant: a pin at the horizon points at nothing. */
const leastPx: Readonly<Record<Pinned, number>> = { rack: 12, pvTable: 210 };
const viewWords = ["pin.highest", "pin.lowest"] as const;
const nearWords = ["pin.nearHighest", "pin.nearLowest"] as const;
/** Fewer than these have no highest one worth a word. */
const leastCount = 4;
/** Heights of a rack, in parts of it, and sides, where its pin may stand. */
const rackStands = [
  [1, 0],
  [0.86, 1],
  [0.86, -1],
  [0.62, 1],
  [0.62, -1],
] as const;

/** The picture that is searched. */
export interface PinView {
  readonly camera: PerspectiveCamera;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly passedMs: number;
}

/** What is searched: things of one class, each with its value. */
interface Field {
  readonly className: Pinned;
  readonly first: number;
  readonly boxes: readonly Box[];
  readonly state: ClassState;
  readonly column: number;
  /** Steps of a value as it is told, for each unit of the state. */
  readonly steps: number;
  /** Rows of racks that may stand before one. */
  readonly screens: readonly Screen[];
}

interface Screen {
  readonly box: Box;
  /** Its racks, [start, end). */
  readonly racks: readonly [start: number, end: number];
}

const racksOf = ({ layout, state, heatmap }: Speaking, room: number): Field | null => {
  const { twin } = layout;
  const racks = twin.rangeBelow({ className: "room", row: room }, "rack");
  if (!racks || heatmap.inherited) return null;
  const rows = twin.rangeBelow({ className: "room", row: room }, "row") ?? [0, 0];
  const cells = state.of("rack");
  return {
    className: "rack",
    first: racks[0],
    boxes: Array.from({ length: racks[1] - racks[0] }, (_, i) => boxOf(twin.table("rack"), racks[0] + i)),
    state: cells,
    column: metricIndex("rack", heatmap.rack.metric),
    steps: heatmap.id === "power" ? 100 : 10,
    screens: Array.from({ length: rows[1] - rows[0] }, (_, i) => ({
      box: boxOf(twin.table("row"), rows[0] + i),
      racks: twin.rangeBelow({ className: "row", row: rows[0] + i }, "rack") ?? [0, 0],
    })),
  };
};

const tablesOf = ({ layout, state }: Speaking): Field => ({
  className: "pvTable",
  first: 0,
  boxes: pvBoxes(layout),
  state: state.of("pvTable"),
  column: metricIndex("pvTable", "power"),
  steps: 10,
  screens: [],
});

/**
 * The highest and the lowest of the racks or solar tables in view: where one colour fills a picture, they tell what
 * differs. What is not current never counts, nor what a panel or another row of racks covers.
 */
export class Pins {
  readonly labels = new Labels();
  #speaking: Speaking | null = null;
  #paint: LabelPainter | null = null;
  #field: Field | null = null;
  /** Room of the field, −1 for the tables, −2 for none. */
  #of = -2;
  /** Index in the field of the highest and of the lowest, −1 for none; then those whose names are painted. */
  readonly #ends = Int32Array.of(-1, -1, -1, -1);
  readonly #waitedMs = Float64Array.of(searchMs);
  /** The camera moved in this frame, or in the one before: when it rests, what is in view is another. */
  #moved: "no" | "before" | "now" = "no";
  readonly #ray = new BoxRay();
  readonly #spot = new Vector3();
  readonly #scratch = new Vector3();
  #covers: Float32Array = new Float32Array(0);
  #covered = 0;
  readonly #shown: Pick<Shown, "isDrawn">;
  readonly #spots: readonly (readonly Spot[])[] = [0, 1].map(() =>
    rackStands.map(([, side]): Spot => ({ at: new Vector3(), side })),
  );

  /** @param shown which racks are left out because they stand in the way: they are not in view, nor do they cover others */
  constructor(shown: Pick<Shown, "isDrawn">) {
    this.#shown = shown;
  }

  /** Language, painter or heat map changed. */
  speak(speaking: Speaking, paint: LabelPainter): void {
    this.#speaking = speaking;
    this.#paint = paint;
    this.#of = -2;
    this.#ends.fill(-1);
    this.#waitedMs[0] = searchMs;
    this.labels.mesh.visible = false;
  }

  /** Screen boxes of panels, as in `Labels`: what lies below one is not in view. */
  cover(boxes: Float32Array, count: number): void {
    this.#covers = boxes;
    this.#covered = count;
  }

  /**
   * Looks again, twice a second at most, but at once where something else is looked at and when the camera has come to rest.
   *
   * @param complete at once: somebody waits for a complete picture
   * @returns true when pins want their places anew
   */
  find(
    view: PinView,
    about: { readonly focus: Focus; readonly subject: Subject },
    complete: boolean,
  ): boolean {
    this.#waitedMs[0] = this.#waitedMs[0]! + view.passedMs;
    if (!this.#speaking) return false;
    const rests = this.#moved === "before";
    this.#moved = this.#moved === "now" ? "before" : "no";
    const turned = this.#turnTo(about);
    if (!turned && !rests && this.#waitedMs[0]! < searchMs && !complete) return false;
    this.#waitedMs[0] = 0;
    this.#search(view);
    return this.#name();
  }

  /** Places of the pins for where the eye is now; called when the camera moved. */
  declutter(camera: PerspectiveCamera, picture: { readonly x: number; readonly y: number }): void {
    this.#moved = "now";
    const field = this.#field;
    if (!this.labels.mesh.visible || !field) return;
    for (let end = 0; end < 2; end++) {
      const box = field.boxes[this.#ends[2 + end]!];
      if (!box) continue;
      const at = this.#spot;
      spotInView(field.className, box, camera, { into: at });
      const isFace = field.className === "rack" && at.y < box.y + box.height;
      for (let k = 0; k < rackStands.length; k++) {
        const up = isFace ? box.y + box.height * rackStands[k]![0] : at.y;
        this.#spots[end]![k]!.at.set(at.x, up, at.z);
      }
    }
    this.labels.declutter(camera, picture.x, picture.y);
  }

  /** Takes up what is looked at: a room, the solar field, or nothing. @returns true when it is another than before */
  #turnTo({ focus, subject }: { readonly focus: Focus; readonly subject: Subject }): boolean {
    const isInside = focus.racks && focus.room >= 0 && (focus.level === "room" || focus.level === "rack");
    const of = isInside ? focus.room : focus.level === "campus" && subject === "solar" ? -1 : -2;
    if (of === this.#of) return false;
    this.#of = of;
    this.#ends.fill(-1, 0, 2);
    // Those of another field are not these, though they may have their numbers.
    this.#ends.fill(-2, 2, 4);
    this.#field = of === -2 ? null : of === -1 ? tablesOf(this.#speaking!) : racksOf(this.#speaking!, of);
    return true;
  }

  #search(view: PinView): void {
    const field = this.#field;
    const [wasHigh, wasLow] = [this.#ends[0]!, this.#ends[1]!];
    this.#ends[0] = -1;
    this.#ends[1] = -1;
    if (!field) return;
    let [high, low, seen] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    // Those of before first: they stay while none tells more than they, to the digits that are shown.
    for (let k = -2; k < field.boxes.length; k++) {
      const i = k === -2 ? wasHigh : k === -1 ? wasLow : k;
      if (i < 0) continue;
      const cell = (field.first + i) * field.state.columns + field.column;
      if (!isUsable(field.state.status[cell]!)) continue;
      const told = Math.round(field.state.value[cell]! * field.steps);
      if (seen >= leastCount && told <= high && told >= low) continue;
      if (field.className === "rack" && !this.#isRackDrawn(field.first + i)) continue;
      if (!this.#isSeen(field, field.boxes[i]!, view)) continue;
      if (k >= 0) seen++;
      if (told > high && k !== -1) {
        high = told;
        this.#ends[0] = i;
      }
      if (told < low && k !== -2) {
        low = told;
        this.#ends[1] = i;
      }
    }
    if (seen < leastCount || high <= low) this.#ends.fill(-1, 0, 2);
  }

  #isSeen(field: Field, box: Box, { camera, widthPx, heightPx }: PinView): boolean {
    const focalPx = heightPx / (2 * Math.tan((camera.fov * Math.PI) / 360));
    const eye = camera.position;
    const spot = this.#spot;
    const at = this.#scratch;
    if (!spotInView(field.className, box, camera, { into: spot, at })) return false;
    if (wideOf(field.className, box, eye) * focalPx < spot.distanceToSquared(eye) * leastPx[field.className])
      return false;
    const x = (at.x * 0.5 + 0.5) * widthPx;
    const y = (0.5 - at.y * 0.5) * heightPx;
    for (let i = 0; i < this.#covered * 4; i += 4) {
      const covers = this.#covers;
      if (x > covers[i]! && x < covers[i + 2]! && y > covers[i + 1]! && y < covers[i + 3]!) return false;
    }
    return this.#isFree(field, spot, eye);
  }

  #isRackDrawn(rack: number): boolean {
    return this.#shown.isDrawn(this.#speaking!.layout.twin.table("rack"), rack);
  }

  /** No row of racks stands between the eye and a face. */
  #isFree({ screens }: Field, spot: Vector3, eye: Vector3): boolean {
    const ray = this.#ray;
    ray.ox = eye.x;
    ray.oy = eye.y;
    ray.oz = eye.z;
    ray.dx = spot.x - eye.x;
    ray.dy = spot.y - eye.y;
    ray.dz = spot.z - eye.z;
    for (let i = 0; i < screens.length; i++) {
      const { box, racks } = screens[i]!;
      // A row of which part is left out lets the eye through.
      if (!this.#isRackDrawn(racks[0]) || !this.#isRackDrawn(racks[1] - 1)) continue;
      if (ray.box(box) < 0.98) return false;
    }
    return true;
  }

  /** Paints their names where they are others than before. */
  #name(): boolean {
    const ends = this.#ends;
    if (ends[0] === ends[2] && ends[1] === ends[3]) return false;
    ends[2] = ends[0]!;
    ends[3] = ends[1]!;
    const found = this.#field ? this.#labelsOf(this.#field) : [];
    this.labels.show(found, this.#paint!);
    return true;
  }

  #labelsOf(field: Field): Label[] {
    const speaking = this.#speaking!;
    const t = translator(speaking.language);
    return [0, 1].flatMap((end): Label[] => {
      const i = this.#ends[end]!;
      const value = i < 0 ? undefined : this.#valueOf(field, field.first + i);
      if (!value) return [];
      const ref = { className: field.className, row: field.first + i };
      const name = placedName(speaking.layout.twin, ref, speaking.language);
      const spots = this.#spots[end]!;
      // Far tables are in view as well, and are not searched.
      const words = field.className === "pvTable" ? nearWords : viewWords;
      const text = t(words[end]!, { name });
      return [{ text, at: spots[0]!.at, rank: end, spots, value }];
    });
  }

  #valueOf({ className }: Field, row: number): LabelValue | undefined {
    const speaking = this.#speaking!;
    return className === "rack"
      ? heatValue(speaking, { className, row })
      : machineValue(speaking, { className, row });
  }
}
