import type { ClassName } from "#twins/model/metric.ts";
import { DueQueue } from "./due-queue.ts";
import { isBack, isBeyond, type Limit } from "./limit.ts";

/** A row's worst limit of a ladder in force changed. One instance is reused: valid until the next. */
export interface AlarmChange {
  readonly row: number;
  /** Worst limit in force before, and from now on; null for none. */
  readonly before: Limit | null;
  readonly now: Limit | null;
  /** It became worse: there was none before, or a milder one. */
  readonly isWorse: boolean;
  readonly timeMs: number;
}

type Changing = { -readonly [Field in keyof AlarmChange]: AlarmChange[Field] };

const Phase = { normal: 0, beginning: 1, inForce: 2, ending: 3 } as const;

/** One limit, at all rows of its class. */
interface LimitRows {
  readonly limit: Limit;
  readonly phase: Uint8Array;
  /** When the phase began, where it waits for its delay. */
  readonly sinceMs: Float64Array;
  readonly beginning: DueQueue;
  readonly ending: DueQueue;
}

/** Limits of one metric and side, mildest first. */
export interface Ladder {
  readonly className: ClassName;
  readonly metric: string;
  readonly kind: Limit["kind"];
  /** What its mildest limit is passed at; NaN for states. */
  readonly at: number;
  /** 1 where a limit is in force, or waits for its delay. Shape: rows. */
  readonly isBusy: Uint8Array;
  /** Of the worst limit in force, 1…; 0 for none. Shape: rows. */
  readonly level: Uint8Array;
  readonly steps: readonly LimitRows[];
  readonly worstFirst: readonly LimitRows[];
}

/**
 * Holds values against limits, with on-delay, off-delay and deadband. Of a ladder only the worst limit that is passed is
 * an alarm. It looks at values that can be trusted; a doubtful one begins no alarm and ends none.
 */
export class AlarmWatch {
  readonly ladders: readonly Ladder[];
  readonly #onChange: (change: AlarmChange) => void;
  #nowMs = Number.NEGATIVE_INFINITY;
  readonly #change: Changing = { row: 0, before: null, now: null, isWorse: false, timeMs: 0 };

  /** @param rowsOf how many assets of a class there are; limits of those without are left out */
  constructor(
    limits: readonly Limit[],
    rowsOf: (className: ClassName) => number,
    onChange: (change: AlarmChange) => void,
  ) {
    this.#onChange = onChange;
    this.ladders = laddersOf(limits, rowsOf);
  }

  /** A value of the time last settled that can be trusted. NaN is none: nothing is said by it. */
  take(ladder: Ladder, row: number, value: number): void {
    // Nearly all of them: nothing is wrong, and nothing was.
    if (ladder.isBusy[row] === 0 && isQuiet(ladder, value)) return;
    if (Number.isNaN(value)) {
      this.doubt(ladder, row);
      return;
    }
    let busy = 0;
    for (const step of ladder.steps) {
      this.#move(step, row, value);
      busy |= step.phase[row]!;
    }
    ladder.isBusy[row] = busy === 0 ? 0 : 1;
    this.#level(ladder, row, this.#nowMs);
  }

  /** The value cannot be trusted any more: whatever waits for its delay waits in vain. */
  doubt({ steps }: Ladder, row: number): void {
    for (const { phase } of steps) {
      if (phase[row] === Phase.beginning) phase[row] = Phase.normal;
      else if (phase[row] === Phase.ending) phase[row] = Phase.inForce;
    }
  }

  /**
   * Comes to a time whose values are taken next. What was due before it comes into force, or ends, at the time it was
   * due. Times never fall.
   */
  settle(timeMs: number): void {
    if (timeMs === this.#nowMs) return;
    this.#nowMs = timeMs;
    for (let next = this.#next(timeMs); next; next = this.#next(timeMs)) {
      const { ladder, step, queue, dueMs } = next;
      const row = queue.shift();
      const isBeginning = queue === step.beginning;
      const { onDelayMs, offDelayMs } = step.limit;
      const sinceMs = dueMs - (isBeginning ? onDelayMs : offDelayMs);
      const isWaiting = step.phase[row] === (isBeginning ? Phase.beginning : Phase.ending);
      if (!isWaiting || step.sinceMs[row] !== sinceMs) continue;
      step.phase[row] = isBeginning ? Phase.inForce : Phase.normal;
      this.#level(ladder, row, dueMs);
    }
  }

  /** Nothing is known any more since `timeMs`: all that is in force ends there. */
  forget(timeMs: number): void {
    this.settle(timeMs);
    for (const ladder of this.ladders) {
      for (const { phase, beginning, ending } of ladder.steps) {
        phase.fill(Phase.normal);
        beginning.clear();
        ending.clear();
      }
      ladder.isBusy.fill(0);
      ladder.level.forEach((level, row) => {
        if (level > 0) this.#level(ladder, row, timeMs);
      });
    }
  }

  #move({ limit, phase, sinceMs, beginning, ending }: LimitRows, row: number, value: number): void {
    const { onDelayMs, offDelayMs } = limit;
    switch (phase[row]) {
      case Phase.normal:
        if (!isBeyond(limit, value)) return;
        if (onDelayMs === 0) phase[row] = Phase.inForce;
        else {
          phase[row] = Phase.beginning;
          sinceMs[row] = this.#nowMs;
          beginning.push(row, this.#nowMs + onDelayMs);
        }
        return;
      case Phase.beginning:
        if (!isBeyond(limit, value)) phase[row] = Phase.normal;
        return;
      case Phase.inForce:
        if (!isBack(limit, value)) return;
        if (offDelayMs === 0) phase[row] = Phase.normal;
        else {
          phase[row] = Phase.ending;
          sinceMs[row] = this.#nowMs;
          ending.push(row, this.#nowMs + offDelayMs);
        }
        return;
      default:
        if (!isBack(limit, value)) phase[row] = Phase.inForce;
    }
  }

  #level(ladder: Ladder, row: number, timeMs: number): void {
    const { steps, level } = ladder;
    let now = steps.length;
    while (now > 0 && steps[now - 1]!.phase[row]! < Phase.inForce) now--;
    const before = level[row]!;
    if (now === before) return;
    level[row] = now;
    const change = this.#change;
    change.row = row;
    change.before = steps[before - 1]?.limit ?? null;
    change.now = steps[now - 1]?.limit ?? null;
    change.isWorse = now > before;
    change.timeMs = timeMs;
    this.#onChange(change);
  }

  /** What is due first before `timeMs`; of what is due at once, the worst of a ladder. */
  #next(timeMs: number) {
    let dueMs = timeMs;
    let found: { ladder: Ladder; step: LimitRows; queue: DueQueue; dueMs: number } | null = null;
    for (const ladder of this.ladders)
      for (const step of ladder.worstFirst)
        for (const queue of [step.beginning, step.ending])
          if (queue.nextMs < dueMs) {
            dueMs = queue.nextMs;
            found = { ladder, step, queue, dueMs };
          }
    return found;
  }
}

const isQuiet = ({ kind, at }: Ladder, value: number): boolean => {
  if (kind === "high") return !(value > at);
  return kind === "low" && !(value < at);
};

const laddersOf = (limits: readonly Limit[], rowsOf: (className: ClassName) => number): readonly Ladder[] => {
  const ladders = new Map<string, Pick<Ladder, "className" | "metric" | "kind"> & { steps: LimitRows[] }>();
  for (const limit of limits) {
    const { className, metric, kind } = limit;
    const rows = rowsOf(className);
    if (rows === 0) continue;
    const key = `${className}.${metric}.${kind}`;
    const ladder = ladders.get(key) ?? { className, metric, kind, steps: [] };
    ladders.set(key, ladder);
    ladder.steps.push({
      limit,
      phase: new Uint8Array(rows),
      sinceMs: new Float64Array(rows),
      beginning: new DueQueue(),
      ending: new DueQueue(),
    });
  }
  return [...ladders.values()].map((ladder) => {
    const { limit, phase } = ladder.steps[0]!;
    return {
      ...ladder,
      worstFirst: ladder.steps.toReversed(),
      at: limit.kind === "state" ? Number.NaN : limit.at,
      isBusy: new Uint8Array(phase.length),
      level: new Uint8Array(phase.length),
    };
  });
};
