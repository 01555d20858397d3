import { decodeFrame, type FrameColumn, neverOffset } from "#feed/contract/frame.ts";
import { classNames } from "#twins/model/metric.ts";
import type { WritableCampus } from "./campus.ts";
import { blockRows, type ClassState } from "./state.ts";

/** What was taken from a stream of frames, and what was not. */
export interface FrameCounters {
  frames: number;
  bytes: number;
  cells: number;
  /** Cells addressed outside the twin's tables; not applied. */
  refusedCells: number;
  /** Frames of another twin epoch or of no known class; not applied. */
  refusedFrames: number;
  /** Messages that were no frame. */
  tornFrames: number;
  /** Frames missing between two received ones. */
  sequenceGaps: number;
  /** Drops the feed itself reports for this stream. */
  feedDrops: number;
  /** Sequence of the last frame; −1 at the start of a stream, where any number is the first. */
  lastSequence: number;
  /** Feed time of the last frame, ms UTC. */
  lastTimeMs: number;
}

/** Where frames go, and who counts them. */
export interface FrameTarget {
  readonly campus: WritableCampus;
  readonly counters: FrameCounters;
}

export const createCounters = (): FrameCounters => ({
  frames: 0,
  bytes: 0,
  cells: 0,
  refusedCells: 0,
  refusedFrames: 0,
  tornFrames: 0,
  sequenceGaps: 0,
  feedDrops: 0,
  lastSequence: -1,
  lastTimeMs: 0,
});

const countSequence = (counters: FrameCounters, sequence: number): void => {
  // A frame is one step of a 32-bit count; what lies between was lost.
  if (counters.lastSequence >= 0) counters.sequenceGaps += (sequence - counters.lastSequence - 1) >>> 0;
  counters.lastSequence = sequence;
};

const applyRange = (state: ClassState, column: FrameColumn, timeMs: number): void => {
  const { value, status, sampleTimeMs, receivedTimeMs, columns, dirtyBlocks } = state;
  const { values, sampleOffsetMs, receivedOffsetMs, count, firstRow } = column;
  let cell = firstRow * columns + column.metric;
  for (let i = 0; i < count; i++, cell += columns) {
    value[cell] = values[i]!;
    status[cell] = column.status[i]!;
    sampleTimeMs[cell] = sampleOffsetMs[i] === neverOffset ? 0 : timeMs + sampleOffsetMs[i]!;
    receivedTimeMs[cell] = receivedOffsetMs[i] === neverOffset ? 0 : timeMs + receivedOffsetMs[i]!;
  }
  const last = Math.floor((firstRow + count - 1) / blockRows);
  for (let block = Math.floor(firstRow / blockRows); block <= last; block++) dirtyBlocks[block] = 1;
};

/** Returns the cells refused because their row is not in the table. */
const applyList = (state: ClassState, column: FrameColumn, timeMs: number): number => {
  const { value, status, sampleTimeMs, receivedTimeMs, columns, dirtyBlocks } = state;
  const { values, sampleOffsetMs, receivedOffsetMs, count } = column;
  const rows = column.rows!;
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    if (row >= state.rows) {
      refused++;
      continue;
    }
    const cell = row * columns + column.metric;
    value[cell] = values[i]!;
    status[cell] = column.status[i]!;
    sampleTimeMs[cell] = sampleOffsetMs[i] === neverOffset ? 0 : timeMs + sampleOffsetMs[i]!;
    receivedTimeMs[cell] = receivedOffsetMs[i] === neverOffset ? 0 : timeMs + receivedOffsetMs[i]!;
    dirtyBlocks[Math.floor(row / blockRows)] = 1;
  }
  return refused;
};

/** Returns the cells refused. */
const applyColumn = (state: ClassState, column: FrameColumn, timeMs: number): number => {
  if (column.count === 0) return 0;
  if (column.metric >= state.columns) return column.count;
  if (column.rows) return applyList(state, column, timeMs);
  if (column.firstRow + column.count > state.rows) return column.count;
  applyRange(state, column, timeMs);
  return 0;
};

/**
 * Decodes one display frame into the campus state, marks dirty blocks and tells listeners.
 * A frame of another epoch is counted and left alone: its rows mean other assets.
 * @throws FrameError when the bytes are no frame.
 */
export const applyFrame = ({ campus, counters }: FrameTarget, bytes: ArrayBuffer, offset = 0): void => {
  const frame = decodeFrame(bytes, offset);
  counters.frames++;
  counters.bytes += bytes.byteLength - offset;
  counters.feedDrops = frame.dropCount;
  counters.lastTimeMs = frame.timeMs;
  countSequence(counters, frame.sequence);
  const className = classNames[frame.classIndex];
  if (!className || frame.epoch !== campus.twin.epoch) {
    counters.refusedFrames++;
    return;
  }
  const state = campus.of(className);
  for (const column of frame.columns) {
    const refused = applyColumn(state, column, frame.timeMs);
    counters.refusedCells += refused;
    counters.cells += column.count - refused;
  }
  campus.changed(className);
};
