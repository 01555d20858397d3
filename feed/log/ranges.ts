import { channelIds, deltaChannel, keyChannel } from "./channels.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { MessageDecoder, type Segment } from "./decode.ts";
import { none } from "./int-list.ts";
import { fromSteps } from "./layout.ts";
import type { LogFile } from "./log-file.ts";
import { forEachMessage } from "./records.ts";
import { chunkAt, chunkKind, isAfterHole, keyBefore } from "./seek-index.ts";
import { type ClassState, createState } from "./state.ts";

/** Which point, and when; [fromMs, toMs] by receive time. */
export interface RangeAsk {
  readonly className: string;
  readonly row: number;
  readonly metric: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Values of one point in the order they were logged. All arrays are as long. */
export interface Samples {
  /** Source times, ms UTC; 0 for none. */
  readonly sampleTimeMs: number[];
  readonly receivedTimeMs: number[];
  /** NaN: no number. */
  readonly value: number[];
  readonly status: number[];
}

/** Something that happened. */
export interface LoggedEvent {
  readonly timeMs: number;
  readonly code: string;
  readonly [detail: string]: unknown;
}

/** What is known of one cell while its messages are read. */
interface Cell {
  steps: number;
  status: number;
  sampleMs: number;
  receivedMs: number;
}

const emptyCell = (): Cell => ({ steps: Number.NaN, status: 0, sampleMs: 0, receivedMs: 0 });

/** Reads one point's values, and events, out of a log. */
export class LogRanges {
  readonly #chunks = new ChunkReader();
  readonly #decoder = new MessageDecoder();

  read(files: readonly LogFile[], ask: RangeAsk): Samples {
    const samples: Samples = { sampleTimeMs: [], receivedTimeMs: [], value: [], status: [] };
    files.forEach((file, i) => {
      const nextMs = files[i + 1]?.index.timeMs[0] ?? Number.POSITIVE_INFINITY;
      const lastMs = file.index.timeMs[file.index.count - 1]!;
      if (lastMs >= ask.fromMs && file.index.timeMs[0]! <= ask.toMs && nextMs > ask.fromMs)
        this.#readFile(file, ask, samples);
    });
    return samples;
  }

  events(files: readonly LogFile[], fromMs: number, toMs: number): readonly LoggedEvent[] {
    const events: LoggedEvent[] = [];
    for (const file of files) {
      const { index } = file;
      const end = chunkAt(index, toMs);
      for (let chunk = chunkAt(index, fromMs - 1) + 1; chunk <= end; chunk++)
        if ((index.kind[chunk]! & chunkKind.events) !== 0) this.#readEvents(file, chunk, events);
    }
    return events;
  }

  #readEvents(file: LogFile, chunk: number, events: LoggedEvent[]): void {
    const text = new TextDecoder();
    this.#chunks.visit(file, [chunk, chunk], {
      visit: (records) => {
        if (records === null) return false;
        forEachMessage(records, (channel, payload) => {
          if (channel !== channelIds.event) return;
          const event = JSON.parse(text.decode(payload)) as Omit<LoggedEvent, "timeMs">;
          events.push({ timeMs: file.index.timeMs[chunk]!, ...event } as LoggedEvent);
        });
        return true;
      },
    });
  }

  #readFile(file: LogFile, ask: RangeAsk, samples: Samples): void {
    const layout = file.layouts.find(({ name }) => name === ask.className);
    const column = layout ? layout.columns.findIndex(({ id }) => id === ask.metric) : -1;
    if (!layout || column < 0 || ask.row >= layout.rows) return;
    const first = Math.max(0, keyBefore(file.index, chunkAt(file.index, ask.fromMs)));
    // A value that came by then may stand in the chunk after it.
    const last = Math.min(file.index.count - 1, chunkAt(file.index, ask.toMs) + 1);
    const reading: Reading = {
      ask,
      column,
      samples,
      state: scaleOnly(layout),
      cell: emptyCell(),
      isKey: false,
    };
    const channels = [keyChannel(layout), deltaChannel(layout)];
    this.#chunks.visit(file, [first, last], {
      visit: (records, chunk) => {
        if (records === null || isAfterHole(file.index, chunk)) {
          // Differences to what is not there are worth nothing: the next key tells.
          reading.cell = emptyCell();
          reading.state.isLost = true;
          return true;
        }
        const isKey = (file.index.kind[chunk]! & chunkKind.key) !== 0;
        if (isKey && chunk > first && !reading.state.isLost) return true;
        if (isKey) reading.cell = emptyCell();
        else if (reading.state.isLost) return true;
        reading.state.isLost = false;
        reading.isKey = isKey;
        forEachMessage(records, (channel, payload) => {
          if (channels.includes(channel)) this.#readMessage(reading, payload);
        });
        return true;
      },
    });
  }

  #readMessage(reading: Reading, payload: Uint8Array): void {
    const { ask, column, state } = reading;
    this.#decoder.visit(payload, state.of, {
      wanted: { row: ask.row, column },
      visit: (segment) => takeCell(reading, segment),
    });
  }
}

interface Reading {
  readonly ask: RangeAsk;
  readonly column: number;
  readonly samples: Samples;
  readonly state: { readonly of: ClassState; isLost: boolean };
  cell: Cell;
  /** The message being read is of a key. */
  isKey: boolean;
}

/** A state that knows its layout and scales, and has no cells. */
const scaleOnly = (layout: ClassState["layout"]): { readonly of: ClassState; isLost: boolean } => ({
  of: { ...createState({ ...layout, rows: 0 }), layout },
  isLost: false,
});

const takeCell = ({ ask, cell, column, isKey, samples, state }: Reading, segment: Segment): void => {
  const row = ask.row - segment.firstRow;
  const i = segment.rows.subarray(0, segment.count).indexOf(row);
  if (i < 0) return;
  if (segment.sample[i] !== none) cell.sampleMs = segment.timeMs + segment.sample[i]!;
  if (segment.lag[i] !== none) cell.receivedMs = cell.sampleMs + segment.lag[i]!;
  cell.status = segment.status[i]!;
  const change = segment.changed.subarray(0, segment.changes).indexOf(i);
  if (change >= 0) {
    const by = segment.difference[change]!;
    if (by === none) cell.steps = Number.NaN;
    else cell.steps = segment.isRaw || Number.isNaN(cell.steps) ? by : cell.steps + by;
  }
  if (cell.receivedMs > ask.toMs) return;
  const { sampleTimeMs, receivedTimeMs, value, status } = samples;
  const last = value.length - 1;
  const isRepeated = receivedTimeMs[last] === cell.receivedMs && status[last] === cell.status;
  // A key says again what is known.
  if (isKey && isRepeated) return;
  // Of what was before the range only the last is kept.
  if (cell.receivedMs < ask.fromMs)
    for (const list of [sampleTimeMs, receivedTimeMs, value, status]) list.length = 0;
  sampleTimeMs.push(cell.sampleMs);
  receivedTimeMs.push(cell.receivedMs);
  value.push(fromSteps(cell.steps, state.of.scales[column]!));
  status.push(cell.status);
};
