import { classSpec } from "./catalogue.ts";
import type { ClassName } from "./metric.ts";
import { classNames } from "./metric.ts";
import type { AssetRef, AssetTable, LocalText } from "./twin.ts";

/** How the ids of a block of assets are written: `row` + two digits; `width` 0 is the prefix alone. */
export interface Segment {
  readonly prefix: string;
  readonly width: number;
  /** Name of the block; the class label when absent. The ordinal is added. */
  readonly name?: LocalText | undefined;
}

export const segmentText = (segment: Segment, ordinal: number): string =>
  segment.width === 0 ? segment.prefix : segment.prefix + String(ordinal).padStart(segment.width, "0");

/** east, north, up (m), yaw (degrees clockwise from north). */
export type Pose = readonly [east: number, north: number, up: number, yaw: number];

/** Pose at an offset from another pose, in that pose's own axes, turned by `turn` degrees. */
export const placed = (
  from: Pose,
  [east, north, up = 0]: readonly [east: number, north: number, up?: number],
  turn = 0,
): Pose => {
  const yaw = (from[3] * Math.PI) / 180;
  return [
    from[0] + east * Math.cos(yaw) + north * Math.sin(yaw),
    from[1] - east * Math.sin(yaw) + north * Math.cos(yaw),
    from[2] + up,
    (from[3] + turn + 360) % 360,
  ];
};

export interface NewAsset {
  readonly parent: AssetRef | undefined;
  readonly segment: Segment;
  /** Number within the parent, from 1. */
  readonly ordinal: number;
  readonly pose: Pose;
  readonly size: readonly [east: number, north: number, up: number];
}

const noParent = 255;
const codeOf = new Map(classNames.map((name, index) => [name, index]));

const grown = <T extends Uint8Array | Int32Array | Float32Array>(column: T, length: number): T => {
  const next = new (column.constructor as new (length: number) => T)(length);
  next.set(column);
  return next;
};

/**
 * The columns of one class while the campus is expanded, and the table everybody reads afterwards.
 * Beside what `AssetTable` promises it keeps each asset's place in the depth-first walk:
 * everything below an asset lies between its `order` and its `orderEnd`.
 */
export class ClassColumns implements AssetTable {
  readonly className: ClassName;
  count = 0;
  parentClass: Uint8Array<ArrayBuffer> = new Uint8Array(16);
  parentRow: Int32Array<ArrayBuffer> = new Int32Array(16);
  pose: Float32Array<ArrayBuffer> = new Float32Array(64);
  size: Float32Array<ArrayBuffer> = new Float32Array(48);
  /** Number within the parent, from 1. Shape: rows. */
  ordinal: Int32Array<ArrayBuffer> = new Int32Array(16);
  /** Place in the depth-first walk, ascending. Shape: rows. */
  order: Int32Array<ArrayBuffer> = new Int32Array(16);
  /** Place after the last asset below this one. Shape: rows. */
  orderEnd: Int32Array<ArrayBuffer> = new Int32Array(16);
  readonly segments: Segment[] = [];
  #segmentIndex: Int32Array<ArrayBuffer> = new Int32Array(16);
  readonly #indexOfSegment = new Map<Segment, number>();
  readonly #attributes = new Map<string, Float32Array<ArrayBuffer>>();
  readonly #pathOf: (ref: AssetRef) => string;

  constructor(className: ClassName, pathOf: (ref: AssetRef) => string) {
    this.className = className;
    this.#pathOf = pathOf;
  }

  /** Makes room for `rows` rows at once. */
  reserve(rows: number): void {
    if (rows > this.order.length) this.#resize(rows);
  }

  add(asset: NewAsset, order: number): number {
    const row = this.count++;
    if (row >= this.order.length) this.#resize(row * 2);
    const { parent, pose, size } = asset;
    this.parentClass[row] = parent ? codeOf.get(parent.className)! : noParent;
    this.parentRow[row] = parent?.row ?? -1;
    for (let i = 0; i < 4; i++) this.pose[row * 4 + i] = pose[i]!;
    for (let i = 0; i < 3; i++) this.size[row * 3 + i] = size[i]!;
    this.ordinal[row] = asset.ordinal;
    this.order[row] = order;
    this.orderEnd[row] = order + 1;
    this.#segmentIndex[row] = this.#indexOf(asset.segment);
    return row;
  }

  set(row: number, attribute: string, value: number): void {
    let column = this.#attributes.get(attribute);
    if (column === undefined) {
      column = new Float32Array(this.order.length);
      this.#attributes.set(attribute, column);
    }
    column[row] = value;
  }

  /** Cuts the columns to the rows there are; called once, when the campus is complete. */
  finish(): void {
    this.#resize(this.count);
  }

  attribute(name: string): Float32Array | undefined {
    return this.#attributes.get(name);
  }

  get attributeNames(): readonly string[] {
    return [...this.#attributes.keys()];
  }

  segmentOf(row: number): Segment {
    return this.segments[this.#segmentIndex[row]!]!;
  }

  idOf(row: number): string {
    if (row < 0 || row >= this.count) throw new RangeError(`${this.className} has no row ${row}`);
    return this.#pathOf({ className: this.className, row });
  }

  nameOf(row: number): LocalText {
    const segment = this.segmentOf(row);
    const { zh, en } = segment.name ?? classSpec(this.className).label;
    return segment.width === 0
      ? { zh, en }
      : { zh: `${zh} ${this.ordinal[row]}`, en: `${en} ${this.ordinal[row]}` };
  }

  /** First row whose place in the walk is `order` or later. */
  rowFrom(order: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order[middle]! < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #indexOf(segment: Segment): number {
    const known = this.#indexOfSegment.get(segment);
    if (known !== undefined) return known;
    const index = this.segments.push(segment) - 1;
    this.#indexOfSegment.set(segment, index);
    return index;
  }

  #resize(rows: number): void {
    const resized = <T extends Uint8Array | Int32Array | Float32Array>(column: T, width = 1): T =>
      column.length > rows * width ? (column.slice(0, rows * width) as T) : grown(column, rows * width);
    this.parentClass = resized(this.parentClass);
    this.parentRow = resized(this.parentRow);
    this.pose = resized(this.pose, 4);
    this.size = resized(this.size, 3);
    this.ordinal = resized(this.ordinal);
    this.order = resized(this.order);
    this.orderEnd = resized(this.orderEnd);
    this.#segmentIndex = resized(this.#segmentIndex);
    for (const [name, column] of this.#attributes) this.#attributes.set(name, resized(column));
  }
}
