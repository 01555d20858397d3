import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LinearFilter,
  Mesh,
  type PerspectiveCamera,
  RedFormat,
  ShaderMaterial,
  Vector2,
  Vector3,
} from "three";
import type { LabelAtlas } from "./labelAtlas.ts";
import { barShare, labelFragment, labelPx, labelVertex, swatchPx } from "./labelShader.ts";
import { glyphsOf, type LabelValue, LabelValues } from "./labelValues.ts";

/** Most labels on screen at once (DESIGN §8). */
const mostLabels = 300;
/** Most panels over the picture that names keep clear of. */
const mostCovers = 64;

export type Language = "zh" | "en";

/** A place that a name may stand at: over it, with its body to the right (1) or left (−1) of its line, or beside it on a level line (±2). */
export interface Spot {
  readonly at: Vector3;
  readonly side: -2 | -1 | 0 | 1 | 2;
}

/** A name at a place; `rank` 0 goes before 1 when there is not room for both. */
export interface Label {
  readonly text: string;
  readonly at: Vector3;
  readonly rank: number;
  /** How far above (or beside) its place it stands, CSS pixels: clear of a mark that is drawn there. 0 when absent. */
  readonly lift?: number;
  /** What telemetry says of its thing, behind the name. */
  readonly value?: LabelValue;
  /** Size of its thing, m: where that is small on the picture, a dot stands for the name. Absent: always written. */
  readonly sizeM?: number;
  /** From which size on it is named, CSS pixels; `Labels.leastPx` when absent. */
  readonly fromPx?: number;
  /** False where a dot would stand for nothing. */
  readonly hasDot?: boolean;
  /** Of names that share it one is enough: the first that has room. */
  readonly once?: string;
  /** It names an area: letters over a bracket, without a box, and no line to a place. */
  readonly isArea?: boolean;
  /** Highest corners of its thing: its body stands above them all on the picture, its line leads down to its place. */
  readonly over?: readonly Vector3[];
  /** Places to try in turn, where the first may have no room; instead of `at`. */
  readonly spots?: readonly Spot[];
  /** Building that it names, −1 or absent for none: buildings before it hide it, itself does not. */
  readonly building?: number;
}

/** A thing smaller than this on the picture has a dot, smaller than `dotPx` nothing, CSS pixels. */
const namedPx = 120;
const dotPx = 26;

/** True when something hides a place from the eye; `building` does not hide its own. */
export type Hides = (eye: Vector3, at: Vector3, building: number) => boolean;

/** Paints label texts; the scene's own code knows no DOM, so the canvas comes from outside. */
export type LabelPainter = (texts: readonly string[]) => LabelAtlas;

/** A body stands at most this much higher than its place, CSS pixels: from nearby a thing is larger than the picture. */
const mostRisePx = 130;
/** Half the width that a label's line keeps free, CSS pixels. */
const stemReach = 4;
/** Values are looked at this often, ms. */
const sampleMs = 500;

/** Names over the scene: one instanced draw, kept from overlapping on screen. */
export class Labels {
  /** Names further away than this stay out: what they name has gone in the haze. m */
  reachM = Number.POSITIVE_INFINITY;
  /** A thing of less than this size on the picture is not named, CSS pixels. */
  leastPx: number = namedPx;
  /** Things too small to be named have a dot. */
  hasDots = true;
  /** What may stand before a name's thing; null while all is glass. */
  hides: Hides | null = null;
  readonly mesh: Mesh<InstancedBufferGeometry>;
  readonly #picture = new Vector2(1920, 1080);
  readonly #atlasSize = new Vector2(1, 1);
  readonly #uniforms;
  readonly #scratch = new Vector3();
  /** Screen boxes taken, panels first, then body and line of each label: left, top, right, bottom. Row-major, boxes × 4. */
  readonly #taken = new Float32Array((mostCovers + mostLabels * 2 + 2) * 4);
  #covers = 0;
  /** Boxes taken, panels and labels. */
  #standing = 0;
  /** Pixels that one metre has at one metre. */
  #focalPx = 1;
  #labels: readonly Label[] = [];
  #cells = new Float32Array(0);
  /** Width that each label keeps free, CSS pixels. */
  #wide = new Float32Array(0);
  #values: LabelValues | null = null;
  /** Since values were written; in an array, for a number in a field would be allocated each frame. */
  readonly #waitedMs = new Float64Array(1);
  /** Index of the group of each label, −1 for none; and which groups stand. */
  #groups = new Int16Array(0);
  #stands = new Uint8Array(0);
  #shown = new InstancedBufferAttribute(new Float32Array(mostLabels), 1);
  /** How much higher than usual each body stands over its place, CSS pixels. */
  #rises = new InstancedBufferAttribute(new Float32Array(mostLabels), 1);

  constructor() {
    this.#uniforms = {
      uPicture: { value: this.#picture },
      uAtlas: { value: this.#atlasSize },
      uScale: { value: 1 },
      uFade: { value: 1 },
      uText: { value: new DataTexture(new Uint8Array(1), 1, 1, RedFormat) },
    };
    const material = new ShaderMaterial({
      uniforms: this.#uniforms,
      vertexShader: labelVertex,
      fragmentShader: labelFragment,
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.mesh = new Mesh(new InstancedBufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 500;
    this.mesh.visible = false;
  }

  /** Replaces all labels; the only moment that text is drawn. */
  show(labels: readonly Label[], paint: LabelPainter): void {
    this.#labels = [...labels].sort((a, b) => a.rank - b.rank).slice(0, mostLabels);
    this.mesh.visible = this.#labels.length > 0;
    if (!this.mesh.visible) return;
    const values = this.#labels.map(({ value }) => value);
    const told = values.filter((value) => value !== undefined);
    const glyphs = told.length > 0 ? glyphsOf(told) : [];
    const names = this.#labels.map((label) => label.text);
    const atlas = paint([...names, ...told.map(({ widest }) => widest), ...glyphs]);
    let next = names.length;
    const rooms = values.map((value) => (value ? next++ : -1));
    this.#values =
      told.length > 0 ? new LabelValues(values, atlas, { rooms, glyphs, firstGlyph: next }) : null;
    this.#values?.sample();
    this.#cells = atlas.cells.slice(0, names.length * 4) as Float32Array<ArrayBuffer>;
    this.#wide = Float32Array.from(this.#labels, (_, i) => this.#widthOf(i, atlas.scale));
    const groups = [...new Set(this.#labels.flatMap(({ once }) => once ?? []))];
    this.#groups = Int16Array.from(this.#labels, ({ once }) =>
      once === undefined ? -1 : groups.indexOf(once),
    );
    this.#stands = new Uint8Array(groups.length);
    this.#atlasSize.set(atlas.width, atlas.height);
    this.#uniforms.uScale.value = atlas.scale;
    this.#uniforms.uText.value.dispose();
    const texture = new DataTexture(atlas.coverage, atlas.width, atlas.height, RedFormat);
    texture.minFilter = LinearFilter;
    texture.magFilter = LinearFilter;
    texture.needsUpdate = true;
    this.#uniforms.uText.value = texture;
    this.mesh.geometry.dispose();
    this.mesh.geometry = this.#geometry();
  }

  /** Writes values anew, twice a second at most. @param complete at once: somebody waits for a complete picture */
  sample({ passedMs }: { readonly passedMs: number }, complete: boolean): void {
    this.#waitedMs[0] = this.#waitedMs[0]! + passedMs;
    if (!this.#values || (this.#waitedMs[0]! < sampleMs && !complete)) return;
    this.#waitedMs[0] = 0;
    if (!this.#values.sample()) return;
    this.#uniforms.uText.value.needsUpdate = true;
    this.mesh.geometry.getAttribute("iValue").needsUpdate = true;
    this.mesh.geometry.getAttribute("iSwatch").needsUpdate = true;
  }

  /** Puts a label elsewhere; `show` has sorted them by rank. */
  move(i: number, { x, y, z }: { readonly x: number; readonly y: number; readonly z: number }): void {
    const label = this.#labels[i];
    if (!label) return;
    label.at.set(x, y, z);
    const at = this.mesh.geometry.getAttribute("iAt");
    at.setXYZ(i, x, y, z);
    at.needsUpdate = true;
  }

  /** Copies the boxes of what stands, row-major × 4. @returns how many boxes there are now */
  standing(into: Float32Array, count: number): number {
    if (!this.mesh.visible) return count;
    let end = count;
    for (let i = this.#covers; i < this.#standing && end * 4 < into.length; i++, end++)
      for (let k = 0; k < 4; k++) into[end * 4 + k] = this.#taken[i * 4 + k]!;
    return end;
  }

  /** How far all names stand out, 0…1. */
  fade(fade: number): void {
    this.#uniforms.uFade.value = fade;
  }

  /** Screen boxes that names stay out of: left, top, right, bottom, CSS pixels. Row-major, boxes × 4. */
  cover(boxes: Float32Array, count = boxes.length / 4): void {
    this.#covers = Math.min(mostCovers, count);
    for (let i = 0; i < this.#covers * 4; i++) this.#taken[i] = boxes[i]!;
  }

  /** Decides which labels have room; called when the camera moved. At most 300 labels, whatever the campus holds. */
  declutter(camera: PerspectiveCamera, widthPx: number, heightPx: number): void {
    this.#picture.set(widthPx, heightPx);
    this.#stands.fill(0);
    this.#focalPx = heightPx / (2 * Math.tan((camera.fov * Math.PI) / 360));
    this.#standing = this.#covers;
    for (let i = 0; i < this.#labels.length; i++) this.#shown.array[i] = this.#formOf(i, camera);
    this.#shown.needsUpdate = true;
    this.#rises.needsUpdate = true;
  }

  /** 1 written, 2 a dot, 0 neither: at the first of its places that has room. */
  #formOf(i: number, camera: PerspectiveCamera): number {
    const { spots, over } = this.#labels[i]!;
    if (over) {
      this.#rise(i, over, camera);
      const form = this.#formAt(i, this.#labels[i]!.at, 0, camera);
      if (form === 1 || this.#rises.array[i] === 0) return form;
      // Where there is no room above its thing, on it.
      if (form === 2) this.#standing--;
      this.#rises.array[i] = 0;
    }
    if (!spots) return this.#formAt(i, this.#labels[i]!.at, 0, camera);
    for (let k = 0; k < spots.length; k++) {
      const { at, side } = spots[k]!;
      if (this.#formAt(i, at, side, camera) !== 1) continue;
      this.#stand(i, at, side);
      return 1;
    }
    return 0;
  }

  /** How far the highest of some corners lies above a label's place, into `#rises`. */
  #rise(i: number, over: readonly Vector3[], camera: PerspectiveCamera): void {
    const at = this.#scratch;
    const foot = at.copy(this.#labels[i]!.at).project(camera).y;
    let most = 0;
    for (let k = 0; k < over.length; k++) {
      at.copy(over[k]!).project(camera);
      if (at.z < 1 && at.y - foot > most) most = at.y - foot;
    }
    this.#rises.array[i] = Math.min(mostRisePx, Math.ceil(most * 0.5 * this.#picture.y));
  }

  #stand(i: number, { x, y, z }: Vector3, side: number): void {
    const at = this.mesh.geometry.getAttribute("iAt");
    const form = this.mesh.geometry.getAttribute("iForm");
    if (at.getX(i) === x && at.getY(i) === y && at.getZ(i) === z && form.getZ(i) === side) return;
    at.setXYZ(i, x, y, z);
    form.setZ(i, side);
    at.needsUpdate = true;
    form.needsUpdate = true;
  }

  /** What it takes is added to `#taken`. */
  #formAt(i: number, place: Vector3, side: number, camera: PerspectiveCamera): number {
    const label = this.#labels[i]!;
    const group = this.#groups[i]!;
    if (group >= 0 && this.#stands[group] === 1) return 0;
    const away2 = camera.position.distanceToSquared(place);
    if (away2 > this.reachM * this.reachM) return 0;
    const sizePx =
      label.sizeM === undefined ? Number.POSITIVE_INFINITY : (label.sizeM * this.#focalPx) / Math.sqrt(away2);
    if (sizePx < dotPx) return 0;
    const at = this.#scratch.copy(place).project(camera);
    if (at.z >= 1) return 0;
    const x = (at.x * 0.5 + 0.5) * this.#picture.x;
    const y = (0.5 - at.y * 0.5) * this.#picture.y - (label.lift ?? 0);
    if (x < 0 || x > this.#picture.x || y < 0 || y >= this.#picture.y) return 0;
    if (this.hides?.(camera.position, place, label.building ?? -1)) return 0;
    if (sizePx >= (label.fromPx ?? this.leastPx)) {
      const line = this.#cells[i * 4 + 3]! / this.#uniforms.uScale.value;
      const half = this.#wide[i]! / 2 + 2;
      const body = this.#standing;
      const lift = label.lift ?? 0;
      if (Math.abs(side) === 2)
        this.#putBeside(body, { x, y: y + lift, to: Math.sign(side) }, { half, line, lift });
      else {
        const foot = y - labelPx.stem - this.#rises.array[i]!;
        this.#put(body, x + side * (half - labelPx.inset), half);
        this.#taken[body * 4 + 1] = foot - line - labelPx.tall - 2;
        this.#taken[body * 4 + 3] = foot;
        this.#put(body + 1, x, stemReach);
        this.#taken[body * 4 + 5] = foot;
        this.#taken[body * 4 + 7] = y;
      }
      if (this.#isFree(body) && this.#isFree(body + 1)) {
        if (group >= 0) this.#stands[group] = 1;
        this.#standing += label.isArea ? 1 : 2;
        return 1;
      }
    }
    if (!this.hasDots || label.sizeM === undefined || label.hasDot === false) return 0;
    const dot = this.#standing;
    this.#put(dot, x, labelPx.dot / 2);
    this.#taken[dot * 4 + 1] = y - labelPx.dot / 2;
    this.#taken[dot * 4 + 3] = y + labelPx.dot / 2;
    if (!this.#isFree(dot)) return 0;
    this.#standing++;
    return 2;
  }

  /** Boxes of a body beside its place and of the level line to it. @param to 1 right, −1 left */
  #putBeside(
    body: number,
    { x, y, to }: { readonly x: number; readonly y: number; readonly to: number },
    { half, line, lift }: { readonly half: number; readonly line: number; readonly lift: number },
  ): void {
    const lead = labelPx.lead + lift;
    const tall = (line + labelPx.tall) / 2 + 1;
    this.#put(body, x + to * (half + lead), half);
    this.#taken[body * 4 + 1] = y - tall;
    this.#taken[body * 4 + 3] = y + tall;
    this.#put(body + 1, x + to * (lift + labelPx.lead / 2), labelPx.lead / 2);
    this.#taken[body * 4 + 5] = y - stemReach;
    this.#taken[body * 4 + 7] = y + stemReach;
  }

  /** Left and right of a box. */
  #put(box: number, x: number, half: number): void {
    this.#taken[box * 4] = x - half;
    this.#taken[box * 4 + 2] = x + half;
  }

  #widthOf(i: number, scale: number): number {
    const room = this.#values?.roomOf(i) ?? 0;
    const line = this.#cells[i * 4 + 3]! / scale;
    const bar = this.#values?.hasBar(i) ? barShare : 1;
    const mark = this.#values?.hasSwatch(i) ? Math.floor(swatchPx(line) * bar) + labelPx.gap - 1 : 0;
    const value = room > 0 ? labelPx.gap + mark + room / scale : 0;
    return this.#cells[i * 4 + 2]! / scale + value + labelPx.pad * 2;
  }

  /** True when the last box is in the picture and meets none of those before it. */
  #isFree(last: number): boolean {
    const boxes = this.#taken;
    const at = last * 4;
    const { x: wide, y: tall } = this.#picture;
    if (boxes[at]! < 0 || boxes[at + 1]! < 0 || boxes[at + 2]! > wide || boxes[at + 3]! > tall) return false;
    for (let i = 0; i < at; i += 4)
      if (
        boxes[at]! < boxes[i + 2]! &&
        boxes[at + 2]! > boxes[i]! &&
        boxes[at + 1]! < boxes[i + 3]! &&
        boxes[at + 3]! > boxes[i + 1]!
      )
        return false;
    return true;
  }

  #geometry(): InstancedBufferGeometry {
    const quad = new BufferGeometry();
    quad.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]), 3),
    );
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("position", quad.getAttribute("position"));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    const count = this.#labels.length;
    const at = new Float32Array(count * 3);
    const form = new Float32Array(count * 3);
    this.#labels.forEach((label, i) => {
      label.at.toArray(at, i * 3);
      form.set([label.lift ?? 0, label.isArea ? 0 : 1, 0], i * 3);
    });
    this.#shown = new InstancedBufferAttribute(new Float32Array(count), 1);
    this.#rises = new InstancedBufferAttribute(new Float32Array(count), 1);
    const values = this.#values?.cells ?? new Float32Array(count * 4);
    const swatches = this.#values?.swatches ?? new Float32Array(count * 4).fill(-1);
    const changing = {
      iShown: this.#shown,
      iRise: this.#rises,
      iValue: new InstancedBufferAttribute(values, 4),
      iSwatch: new InstancedBufferAttribute(swatches, 4),
    };
    for (const [name, attribute] of Object.entries(changing)) {
      attribute.setUsage(DynamicDrawUsage);
      geometry.setAttribute(name, attribute);
    }
    geometry.setAttribute("iAt", new InstancedBufferAttribute(at, 3));
    geometry.setAttribute("iCell", new InstancedBufferAttribute(this.#cells, 4));
    geometry.setAttribute("iForm", new InstancedBufferAttribute(form, 3));
    geometry.instanceCount = count;
    return geometry;
  }
}
