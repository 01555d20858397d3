import { MessageDecoder, type MessageHead, type Segment, wantAll } from "./decode.ts";
import { none } from "./int-list.ts";
import type { ClassState } from "./state.ts";

/** Brings class states forward by the messages of a log. */
export class Applier {
  readonly #decoder = new MessageDecoder();
  #state!: ClassState;
  #untilMs = 0;
  readonly #all = (segment: Segment): void => applySegment(this.#state, segment);
  readonly #some = (segment: Segment): void => applyUntil(this.#state, segment, this.#untilMs);

  /**
   * Applies messages to their class, in order. The first message of a key wants a state that was cleared.
   * One column after another: what a column holds stays in the processor's cache from message to message.
   * @throws LogFormatError when the bytes are no messages of this class; the state is then undefined.
   */
  apply(state: ClassState, messages: readonly Uint8Array[]): void {
    this.#state = state;
    for (let column = 0; column < state.scales.length; column++) {
      const wanted = { column, row: -1, isForState: true };
      for (const bytes of messages) this.#decoder.visit(bytes, state, { wanted, visit: this.#all });
    }
  }

  /**
   * As `apply`, but only of what was received after what is there, and until then. What is computed stays: its times are
   * those of its inputs, and it was not there before the second that it is logged in.
   */
  applyUntil(state: ClassState, bytes: Uint8Array, untilMs: number): MessageHead {
    this.#state = state;
    this.#untilMs = untilMs;
    return this.#decoder.visit(bytes, state, { wanted: wantAll, visit: this.#some });
  }
}

const changedBy = (before: number, by: number, isRaw: boolean): number => {
  if (by === none) return Number.NaN;
  return isRaw || Number.isNaN(before) ? by : before + by;
};

/** Brings a state forward by one segment. */
export const applySegment = (state: ClassState, segment: Segment): void => {
  const base = segment.column * state.layout.rows + segment.firstRow;
  applyTimes(state, segment, base);
  applySteps(state.steps, segment, base);
};

const applyTimes = (
  { status, sampleTimeMs, receivedTimeMs }: ClassState,
  segment: Segment,
  base: number,
): void => {
  const { count, rows, sample, lag, timeMs, status: statuses } = segment;
  for (let i = 0; i < count; i++) {
    const cell = base + rows[i]!;
    const offset = sample[i]!;
    const lagMs = lag[i]!;
    status[cell] = statuses[i]!;
    const sampleMs = offset === none ? sampleTimeMs[cell]! : timeMs + offset;
    if (offset !== none) sampleTimeMs[cell] = sampleMs;
    if (lagMs !== none) receivedTimeMs[cell] = sampleMs + lagMs;
  }
};

const applySteps = (steps: Float64Array, segment: Segment, base: number): void => {
  const { changes, changed, rows, difference, isRaw } = segment;
  for (let i = 0; i < changes; i++) {
    const cell = base + rows[changed[i]!]!;
    steps[cell] = changedBy(steps[cell]!, difference[i]!, isRaw);
  }
};

const applyUntil = (state: ClassState, segment: Segment, untilMs: number): void => {
  const { steps, status, sampleTimeMs, receivedTimeMs } = state;
  const { count, rows, sample, lag, timeMs, column, changes, changed, difference, isRaw } = segment;
  if (state.layout.columns[column]!.derived) return;
  const base = column * state.layout.rows + segment.firstRow;
  let change = 0;
  for (let i = 0; i < count; i++) {
    const isChanged = change < changes && changed[change] === i;
    const by = isChanged ? difference[change++]! : 0;
    const cell = base + rows[i]!;
    const sampleMs = sample[i] === none ? sampleTimeMs[cell]! : timeMs + sample[i]!;
    const receivedMs = lag[i] === none ? receivedTimeMs[cell]! : sampleMs + lag[i]!;
    if (receivedMs <= receivedTimeMs[cell]! || receivedMs > untilMs) continue;
    if (isChanged) steps[cell] = changedBy(steps[cell]!, by, isRaw);
    status[cell] = segment.status[i]!;
    sampleTimeMs[cell] = sampleMs;
    receivedTimeMs[cell] = receivedMs;
  }
};
