import { applySegment } from "./apply.ts";
import { LogFormatError } from "./bytes.ts";
import { channelIds, deltaChannel, keyChannel } from "./channels.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { MessageDecoder, type Segment, type Wanted } from "./decode.ts";
import type { LogFile } from "./log-file.ts";
import { forEachMessage } from "./records.ts";
import { chunkKind, isAfterHole, keyBefore, type SeekIndex } from "./seek-index.ts";
import { type ClassState, clearState, createState } from "./state.ts";

/** What somebody who walks is told on the way. Nothing of it outlives the call. */
export interface WalkHooks {
  /** True for columns that are wanted; the states of others stay empty. All are when absent. */
  readonly isWanted?: (className: string, column: string) => boolean;
  /**
   * The states were set anew by a key: every cell may have changed. Told at a file's beginning, and after a hole.
   * @param asOfMs up to when the states were whole before; −Infinity at a file's beginning
   */
  readonly onKey?: (timeMs: number, asOfMs: number) => void;
  /** Cells of one column were brought forward: `segment` is what was applied to `state`, which has it by now. */
  readonly onSegment?: (state: ClassState, segment: Segment) => void;
  /** An event or a quality message, as JSON text. @param channel of `channelIds` */
  readonly onText?: (channel: number, payload: Uint8Array, timeMs: number) => void;
}

interface WantedState {
  readonly state: ClassState;
  readonly wanted: Wanted;
}

/**
 * Class states that are carried along a log, chunk by chunk. To go on costs what is in between; to go back, or far ahead
 * by `seek`, a key and what follows it. Within a file later keys say nothing new and are not even read; after a hole the
 * states stand still until the next key.
 */
export class LogWalk {
  readonly #hooks: WalkHooks;
  readonly #chunks = new ChunkReader();
  readonly #decoder = new MessageDecoder();
  #file: LogFile | null = null;
  #chunk = -1;
  #asOfMs = Number.NEGATIVE_INFINITY;
  #isWhole = false;
  #isMuted = false;
  #states: readonly ClassState[] = [];
  /** By channel, those that are wanted. */
  #channels: ReadonlyMap<number, WantedState> = new Map();

  constructor(hooks: WalkHooks = {}) {
    this.#hooks = hooks;
  }

  /** In the order of the file's layouts. Arrays are reused: a file with the same layouts has the same ones. */
  get states(): readonly ClassState[] {
    return this.#states;
  }

  /** Chunk of the file that the walk has come to; −1 before its first. */
  get chunk(): number {
    return this.#chunk;
  }

  get path(): string | null {
    return this.#file?.path ?? null;
  }

  /** The states are whole up to here, ms UTC; −Infinity where nothing is known. */
  get asOfMs(): number {
    return this.#asOfMs;
  }

  /** False in a hole: the states are those of `asOfMs`, earlier than where the walk has come to. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Goes on to a chunk, and tells of all in between. From another file, or from behind it, the file's beginning is next. */
  advance(file: LogFile, to: number): void {
    if (!this.#isIn(file) || to < this.#chunk) this.#enter(file);
    // A file that grows may be told by another object.
    this.#file = file;
    this.#run(file, to);
  }

  /** Comes to a chunk the shortest way, and tells of nothing: every cell may have changed. */
  seek(file: LogFile, to: number): void {
    const { index } = file;
    const isAhead = this.#isIn(file) && to >= this.#chunk && this.#isWhole;
    this.#isMuted = true;
    try {
      let key = keyBefore(index, to);
      if (!isAhead || key > this.#chunk) {
        this.#enter(file);
        while (key >= 0 && !this.#takeKey(file, key)) key = keyBefore(index, key - 1);
        this.#chunk = Math.max(-1, key);
      }
      this.#file = file;
      this.#run(file, to);
    } finally {
      this.#isMuted = false;
    }
  }

  #isIn(file: LogFile): boolean {
    return this.#file?.path === file.path;
  }

  /** To before a file's first chunk: nothing is known. */
  #enter(file: LogFile): void {
    const before = this.#file;
    const isLike = before !== null && JSON.stringify(before.layouts) === JSON.stringify(file.layouts);
    if (!isLike) this.#states = file.layouts.map(createState);
    this.#channels = this.#channelsOf(file);
    this.#file = file;
    this.#chunk = -1;
    this.#forget();
  }

  #channelsOf({ layouts }: LogFile): ReadonlyMap<number, WantedState> {
    const { isWanted } = this.#hooks;
    return new Map(
      layouts.flatMap((layout, index) => {
        const columns = Uint8Array.from(layout.columns, ({ id }) =>
          isWanted && !isWanted(layout.name, id) ? 0 : 1,
        );
        if (!columns.includes(1)) return [];
        const wanted = { column: -1, columns, row: -1, isForState: true };
        const state = { state: this.#states[index]!, wanted };
        return [
          [keyChannel(layout), state],
          [deltaChannel(layout), state],
        ];
      }),
    );
  }

  #forget(): void {
    for (const state of this.#states) clearState(state);
    this.#isWhole = false;
    this.#asOfMs = Number.NEGATIVE_INFINITY;
  }

  #run(file: LogFile, to: number): void {
    const { index } = file;
    while (this.#chunk < to) {
      const next = this.#chunk + 1;
      if (isKey(index, next)) {
        if (!this.#isWhole || isMissingBefore(index, next)) this.#takeKey(file, next);
        if (this.#isWhole) this.#asOfMs = index.timeMs[next]!;
        this.#chunk = next;
      } else {
        let last = next;
        while (last < to && !isKey(index, last + 1)) last++;
        this.#takeDeltas(file, next, last);
        this.#chunk = last;
      }
    }
  }

  #takeDeltas(file: LogFile, first: number, last: number): void {
    const { index } = file;
    this.#chunks.visit(file, [first, last], {
      visit: (records, chunk) => {
        if (records === null || isAfterHole(index, chunk)) this.#isWhole = false;
        if (records === null) return true;
        this.#take(records, index.timeMs[chunk]!);
        if (this.#isWhole) this.#asOfMs = index.timeMs[chunk]!;
        return true;
      },
    });
  }

  #take(records: Uint8Array, timeMs: number): void {
    const { onText, onSegment } = this.#isMuted ? {} : this.#hooks;
    forEachMessage(records, (channel, payload) => {
      if (channel < channelIds.firstClass) onText?.(channel, payload, timeMs);
      else if (this.#isWhole && !this.#apply(channel, payload, onSegment)) this.#forget();
    });
  }

  /** @returns false when the bytes are no message of their class: the states are then undefined */
  #apply(channel: number, payload: Uint8Array, onSegment: WalkHooks["onSegment"]): boolean {
    const found = this.#channels.get(channel);
    if (!found) return true;
    const { state, wanted } = found;
    try {
      this.#decoder.visit(payload, state, {
        wanted,
        visit: (segment) => {
          applySegment(state, segment);
          onSegment?.(state, segment);
        },
      });
      return true;
    } catch (error) {
      if (error instanceof LogFormatError) return false;
      throw error;
    }
  }

  /** Sets the states to a key. @returns false when the key is damaged: nothing is whole then */
  #takeKey(file: LogFile, chunk: number): boolean {
    const timeMs = file.index.timeMs[chunk]!;
    const beforeMs = this.#asOfMs;
    this.#isWhole = this.#chunks.visit(file, [chunk, chunk], {
      visit: (records) => {
        if (records === null) return false;
        for (const state of this.#states) clearState(state);
        let isRead = true;
        forEachMessage(records, (channel, payload) => {
          isRead &&= this.#apply(channel, payload, undefined);
        });
        if (!isRead) this.#forget();
        return isRead;
      },
    });
    if (!this.#isWhole) return false;
    this.#asOfMs = timeMs;
    if (!this.#isMuted) this.#hooks.onKey?.(timeMs, beforeMs);
    return true;
  }
}

const isKey = ({ kind }: SeekIndex, chunk: number): boolean => (kind[chunk]! & chunkKind.key) !== 0;

/** Something is missing before a key. */
const isMissingBefore = ({ kind }: SeekIndex, chunk: number): boolean =>
  (kind[chunk]! & chunkKind.afterHole) !== 0;
