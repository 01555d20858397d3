import type { LabelAtlas } from "./labelAtlas.ts";

/** What telemetry says of a label's thing, as of now. */
export interface Told {
  /** In the unit that is shown; NaN where it must not be told. */
  value: number;
  /** `Look` of measures.ts. */
  look: number;
  isSimulated: boolean;
}

/** A value behind a name. */
export interface LabelValue {
  /** The widest text it will have: that much room is kept. */
  readonly widest: string;
  /** Smallest step that is shown, in the unit of `Told.value`. */
  readonly step: number;
  /** Text while there is no value that may be told; a dash if it is left out. */
  readonly absent?: string;
  readonly write: (value: number) => string;
  /** The legend's colour, 0…255; absent where no legend colours it. */
  readonly color?: (value: number) => readonly [r: number, g: number, b: number];
  /** Where in the legend's range it lies, 0…1: shown as a bar that is filled so far. Absent: a plain swatch. */
  readonly place?: (value: number) => number;
  readonly read: (into: Told) => void;
}

/** Text of a value that must not be told. */
const untold = "—";

/** All characters that values are written with, each once. */
export const glyphsOf = (values: readonly LabelValue[]): string[] => [
  ...new Set([...values.flatMap((value) => [...value.widest]), ..."0123456789.,−", untold]),
];

/**
 * Values of labels, written character by character into their room in the atlas: the canvas is asked once for each
 * character, never again for a value.
 */
export class LabelValues {
  readonly #values: readonly (LabelValue | undefined)[];
  readonly #atlas: LabelAtlas;
  /** Room of each label's value in the atlas: x, y, width, height, pixels. */
  readonly #rooms: Float32Array;
  readonly #glyphs: ReadonlyMap<string, readonly [x: number, y: number, width: number, height: number]>;
  readonly #told: Told = { value: Number.NaN, look: 0, isSimulated: false };
  /** What is written: steps of the value and its mark. Row-major, labels × 2. */
  readonly #written: Float64Array;
  /** Where each value lies, its width as written; 0 wide without one. Row-major, labels × 4. */
  readonly cells: Float32Array<ArrayBuffer>;
  /** Red, green, blue 0…1 and the look of the swatch, −1 for none; 100 more for each step of a bar (1 empty, 199 full). Row-major, labels × 4. */
  readonly swatches: Float32Array<ArrayBuffer>;

  /** @param at index in the atlas of each label's value (−1 for none), then of the first character */
  constructor(
    values: readonly (LabelValue | undefined)[],
    atlas: LabelAtlas,
    at: {
      readonly rooms: readonly number[];
      readonly glyphs: readonly string[];
      readonly firstGlyph: number;
    },
  ) {
    this.#values = values;
    this.#atlas = atlas;
    const cell = (i: number): [number, number, number, number] => [
      atlas.cells[i * 4]!,
      atlas.cells[i * 4 + 1]!,
      atlas.cells[i * 4 + 2]!,
      atlas.cells[i * 4 + 3]!,
    ];
    this.#rooms = new Float32Array(values.length * 4);
    at.rooms.forEach((room, i) => {
      if (room >= 0) this.#rooms.set(cell(room), i * 4);
    });
    this.#glyphs = new Map(at.glyphs.map((glyph, i) => [glyph, cell(at.firstGlyph + i)]));
    this.cells = Float32Array.from(this.#rooms);
    this.swatches = new Float32Array(values.length * 4).fill(-1);
    this.#written = new Float64Array(values.length * 2).fill(Number.NEGATIVE_INFINITY);
  }

  /** Width kept for a label's value, pixels of the atlas. */
  roomOf(label: number): number {
    return this.#rooms[label * 4 + 2]!;
  }

  hasSwatch(label: number): boolean {
    return this.#values[label]?.color !== undefined;
  }

  /** Its swatch is a bar. */
  hasBar(label: number): boolean {
    return this.#values[label]?.place !== undefined;
  }

  /** Reads all values again. @returns true when what is shown changed */
  sample(): boolean {
    let hasChanged = false;
    for (let i = 0; i < this.#values.length; i++) {
      const value = this.#values[i];
      if (value && this.#take(i, value)) hasChanged = true;
    }
    return hasChanged;
  }

  #take(i: number, value: LabelValue): boolean {
    const told = this.#told;
    value.read(told);
    const steps = Number.isNaN(told.value) ? Number.POSITIVE_INFINITY : Math.round(told.value / value.step);
    const mark = told.look + (told.isSimulated ? 10 : 0);
    if (this.#written[i * 2] === steps && this.#written[i * 2 + 1] === mark) return false;
    this.#written[i * 2] = steps;
    this.#written[i * 2 + 1] = mark;
    this.#put(i, Number.isFinite(steps) ? value.write(told.value) : (value.absent ?? untold));
    if (!value.color) return true;
    const [r, g, b] = Number.isFinite(steps) ? value.color(told.value) : [92, 99, 110];
    const share = Number.isFinite(steps) ? Math.min(1, Math.max(0, value.place?.(told.value) ?? 0)) : 1;
    const bar = value.place ? 1 + Math.round(198 * share) : 0;
    this.swatches.set([r / 255, g / 255, b / 255, mark + 100 * bar], i * 4);
    return true;
  }

  /** Copies the characters side by side; what has no room is left out. */
  #put(i: number, text: string): void {
    const { coverage, width } = this.#atlas;
    const x = this.#rooms[i * 4]!;
    const y = this.#rooms[i * 4 + 1]!;
    const room = this.#rooms[i * 4 + 2]!;
    const tall = this.#rooms[i * 4 + 3]!;
    for (let row = 0; row < tall; row++)
      for (let column = 0; column < room; column++) coverage[(y + row) * width + x + column] = 0;
    let at = 1;
    for (const character of text) {
      const glyph = this.#glyphs.get(character);
      if (!glyph) continue;
      const [gx, gy, wide, high] = glyph;
      if (at + wide - 2 > room) break;
      for (let row = 0; row < Math.min(tall, high); row++)
        for (let column = 1; column < wide - 1; column++)
          coverage[(y + row) * width + x + at + column - 1] = coverage[(gy + row) * width + gx + column] ?? 0;
      at += wide - 2;
    }
    this.cells[i * 4 + 2] = Math.min(room, at + 1);
  }
}
