import { firstFrom } from "./first-from.ts";

/** A range in equal parts: bucket i is [fromMs + i stepMs, fromMs + (i + 1) stepMs). */
export interface Buckets {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly buckets: number;
}

/** Quality is told this often, with some delay. */
const toldMs = 15_000;

type Totals = Readonly<Record<string, unknown>>;

interface Quality {
  readonly drops?: Totals;
  readonly faults?: Totals;
  readonly points?: { readonly known?: unknown; readonly fresh?: unknown; readonly late?: unknown };
}

const numberOf = (value: unknown): number => (Number.isFinite(value) ? (value as number) : 0);

const sumOf = (totals: Totals | undefined): number =>
  Object.values(totals ?? {}).reduce((sum: number, each) => sum + numberOf(each), 0);

/** Data quality over a log: what the recorder told of it every ten seconds. Columns of one length, by time. */
export class QualityRecord {
  readonly #timeMs: number[] = [];
  /** Points fresh or late over points known; NaN where none is known. */
  readonly #fresh: number[] = [];
  /** Since the message before. */
  readonly #drops: number[] = [];
  readonly #faults: number[] = [];
  #before = { drops: 0, faults: 0 };

  /** Takes a quality message. Times never fall. */
  note(message: unknown, timeMs: number): void {
    if (typeof message !== "object" || message === null) return;
    const { drops, faults, points } = message as Quality;
    const now = { drops: sumOf(drops), faults: sumOf(faults) };
    const lastMs = this.#timeMs.at(-1) ?? Number.NEGATIVE_INFINITY;
    // Totals run from the process's start: what came before the recording, or in a pause, happened at no known time.
    const isFirst = timeMs - lastMs > toldMs;
    const since = (total: number, before: number): number =>
      isFirst ? 0 : total >= before ? total - before : total;
    this.#timeMs.push(timeMs);
    const known = numberOf(points?.known);
    this.#fresh.push(known > 0 ? (numberOf(points?.fresh) + numberOf(points?.late)) / known : Number.NaN);
    this.#drops.push(since(now.drops, this.#before.drops));
    this.#faults.push(since(now.faults, this.#before.faults));
    this.#before = now;
  }

  /** Least share of points that were fresh or late; null where nothing tells. A bucket between two messages has the first's. */
  fresh({ fromMs, stepMs, buckets }: Buckets): (number | null)[] {
    return Array.from({ length: buckets }, (_, bucket) => {
      const startMs = fromMs + bucket * stepMs;
      const first = firstFrom(this.#timeMs.length, (i) => this.#timeMs[i]! >= startMs);
      let least = Number.NaN;
      let next = first;
      for (; this.#timeMs[next]! < startMs + stepMs; next++) {
        const share = this.#fresh[next]!;
        if (Number.isNaN(least) || share < least) least = share;
      }
      const isTold = next > first;
      if (!isTold && startMs - this.#timeMs[first - 1]! <= toldMs) least = this.#fresh[first - 1]!;
      return Number.isNaN(least) ? null : least;
    });
  }

  drops(buckets: Buckets): number[] {
    return this.#sums(this.#drops, buckets);
  }

  faults(buckets: Buckets): number[] {
    return this.#sums(this.#faults, buckets);
  }

  #sums(counts: readonly number[], { fromMs, stepMs, buckets }: Buckets): number[] {
    let next = firstFrom(this.#timeMs.length, (i) => this.#timeMs[i]! >= fromMs);
    return Array.from({ length: buckets }, (_, bucket) => {
      let sum = 0;
      for (; this.#timeMs[next]! < fromMs + (bucket + 1) * stepMs; next++) sum += counts[next]!;
      return sum;
    });
  }
}
