import { type FaultCode, faultCodes } from "#feed/contract/status.ts";

/** Points with faults that are told apart. A plant with more has one fault, not a hundred thousand. */
export const pointLimit = 100_000;
/** Different faults of all points together. */
const rowLimit = 4 * pointLimit;
const firstCapacity = 1024;

/** One fault of one point, as counted so far. */
export interface PointFault {
  readonly code: FaultCode;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Values that did not come, by the point's period; of the code `gap` only. */
  readonly missing: number;
  /** Longest gap, ms; of the code `gap` only. */
  readonly longestMs: number;
}

const codeIndexes = new Map(faultCodes.map((code, index) => [code, index]));

/**
 * Faults of points: one row per point and code, in columns that grow (docs/DATA-QUALITY.md, "Recorded"). A point
 * without faults takes nothing. Bounded: what finds no room is counted in `beyond`.
 */
export class LedgerRows {
  /** Rows in use; the columns are longer. */
  size = 0;
  /** Faults of points that found no room. */
  beyond = 0;
  /** Number of the point (Ledger.pointOf). Shape of all columns: rows. */
  point = new Uint32Array(firstCapacity);
  /** Index into `faultCodes`. */
  code = new Uint8Array(firstCapacity);
  count = new Uint32Array(firstCapacity);
  /** ms UTC. */
  firstMs = new Float64Array(firstCapacity);
  lastMs = new Float64Array(firstCapacity);
  missing = new Float64Array(firstCapacity);
  longestMs = new Float64Array(firstCapacity);
  /** Next row of the same point, or −1. */
  #next = new Int32Array(firstCapacity);
  readonly #first = new Map<number, number>();

  /** Points with a fault. */
  get points(): number {
    return this.#first.size;
  }

  /** Counts a fault once more; the row, or −1 where there was no room. */
  add(point: number, code: FaultCode, nowMs: number): number {
    const row = this.#rowOf(point, codeIndexes.get(code)!);
    if (row < 0) {
      this.beyond++;
      return row;
    }
    if (this.count[row] === 0) this.firstMs[row] = nowMs;
    this.count[row] = this.count[row]! + 1;
    this.lastMs[row] = nowMs;
    return row;
  }

  /** Counts a gap with its length. */
  addGap(point: number, nowMs: number, gap: { readonly lengthMs: number; readonly missing: number }): void {
    const row = this.add(point, "gap", nowMs);
    if (row < 0) return;
    this.missing[row] = this.missing[row]! + gap.missing;
    this.longestMs[row] = Math.max(this.longestMs[row]!, gap.lengthMs);
  }

  /** Adds what was counted of a point elsewhere. */
  addCounted(point: number, fault: PointFault): void {
    const row = this.add(point, fault.code, fault.lastMs);
    if (row < 0) return;
    this.count[row] = this.count[row]! - 1 + fault.count;
    this.firstMs[row] = Math.min(this.firstMs[row]!, fault.firstMs);
    this.missing[row] = this.missing[row]! + fault.missing;
    this.longestMs[row] = Math.max(this.longestMs[row]!, fault.longestMs);
  }

  /** A fault that is still going on and was counted before; false where it was not. */
  prolong(point: number, code: FaultCode, nowMs: number): boolean {
    const row = this.#find(point, codeIndexes.get(code)!);
    if (row >= 0) this.lastMs[row] = nowMs;
    return row >= 0;
  }

  of(point: number): PointFault[] {
    const faults: PointFault[] = [];
    for (let row = this.#first.get(point) ?? -1; row >= 0; row = this.#next[row]!)
      faults.push({
        code: faultCodes[this.code[row]!]!,
        count: this.count[row]!,
        firstMs: this.firstMs[row]!,
        lastMs: this.lastMs[row]!,
        missing: this.missing[row]!,
        longestMs: this.longestMs[row]!,
      });
    return faults;
  }

  /** Every point with a fault, in the order in which each had its first. */
  allPoints(): Iterable<number> {
    return this.#first.keys();
  }

  clear(): void {
    this.#first.clear();
    this.size = 0;
    this.beyond = 0;
  }

  #find(point: number, code: number): number {
    let row = this.#first.get(point) ?? -1;
    while (row >= 0 && this.code[row] !== code) row = this.#next[row]!;
    return row;
  }

  #rowOf(point: number, code: number): number {
    const found = this.#find(point, code);
    if (found >= 0) return found;
    const first = this.#first.get(point);
    if (this.size >= rowLimit || (first === undefined && this.#first.size >= pointLimit)) return -1;
    if (this.size === this.point.length) this.#grow();
    const row = this.size++;
    this.point[row] = point;
    this.code[row] = code;
    this.count[row] = 0;
    this.missing[row] = 0;
    this.longestMs[row] = 0;
    this.#next[row] = first ?? -1;
    this.#first.set(point, row);
    return row;
  }

  #grow(): void {
    const length = 2 * this.size;
    const grown = <T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.point = grown(this.point, new Uint32Array(length));
    this.code = grown(this.code, new Uint8Array(length));
    this.count = grown(this.count, new Uint32Array(length));
    this.firstMs = grown(this.firstMs, new Float64Array(length));
    this.lastMs = grown(this.lastMs, new Float64Array(length));
    this.missing = grown(this.missing, new Float64Array(length));
    this.longestMs = grown(this.longestMs, new Float64Array(length));
    this.#next = grown(this.#next, new Int32Array(length));
  }
}
