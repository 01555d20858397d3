import { Applier } from "./apply.ts";
import { LogFormatError } from "./bytes.ts";
import { deltaChannel, keyChannel } from "./channels.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { LogFile } from "./log-file.ts";
import { forEachMessage } from "./records.ts";
import { chunkAt, isAfterHole, keyBefore } from "./seek-index.ts";
import { type ClassState, clearState, createState } from "./state.ts";

/** All classes as they were known at one moment. */
export interface LogState {
  /** The moment asked for, ms UTC. */
  readonly timeMs: number;
  /**
   * The state is whole up to here: earlier than `timeMs` where the log has a hole, or ended; −Infinity where nothing is
   * known.
   */
  readonly asOfMs: number;
  /** In the order of the file's layouts. */
  readonly classes: readonly ClassState[];
}

/** States of one file, kept from seek to seek. */
interface FileStates {
  readonly file: LogFile;
  readonly classes: readonly ClassState[];
  /** Messages that wait to be applied, by class. */
  readonly waiting: readonly Uint8Array[][];
  /** Class by channel. */
  readonly classOf: ReadonlyMap<number, number>;
}

/** Reads states: one key, and the deltas from there on. */
export class StateReader {
  readonly #chunks = new ChunkReader();
  readonly #applier = new Applier();
  #states: FileStates | null = null;

  stateAt(file: LogFile, timeMs: number): LogState {
    const states = this.#statesOf(file);
    const last = chunkAt(file.index, timeMs);
    const asOfMs = this.#replay(states, last);
    const isUpToDate = last >= 0 && asOfMs === file.index.timeMs[last];
    const isWithin = isUpToDate && this.#applyUntil(states, last + 1, timeMs);
    return { timeMs, asOfMs: isWithin ? timeMs : asOfMs, classes: states.classes };
  }

  /** Brings the states to chunk `last`, or as far as the chunks are whole. @returns up to when they are */
  #replay(states: FileStates, last: number): number {
    const { file } = states;
    for (let key = keyBefore(file.index, last); key >= 0; key = keyBefore(file.index, key - 1)) {
      const asOfMs = this.#replayFrom(states, key, last);
      if (asOfMs !== null) return asOfMs;
    }
    // No key is whole: nothing is known.
    for (const state of states.classes) clearState(state);
    return Number.NEGATIVE_INFINITY;
  }

  /** @returns null when the key is not whole */
  #replayFrom(states: FileStates, key: number, last: number): number | null {
    const { file, classes, waiting } = states;
    for (const state of classes) clearState(state);
    for (const list of waiting) list.length = 0;
    let done = -1;
    let isBroken = false;
    const apply = (): void => {
      for (let index = 0; index < classes.length && !isBroken; index++) {
        isBroken = !this.#tryApply(classes[index]!, waiting[index]!);
        waiting[index]!.length = 0;
      }
    };
    this.#chunks.visit(file, [key, last], {
      visit: (records, chunk) => {
        // A later key says what is known already: damaged or not, nothing is missing.
        const isLaterKey = chunk > key && this.#isKey(file, chunk);
        const isHole = records === null || isAfterHole(file.index, chunk);
        if (isBroken || (isHole && !isLaterKey && chunk !== key)) return false;
        if (records === null && chunk === key) return false;
        if (records !== null && !isLaterKey) collect(states, records);
        done = chunk;
        return true;
      },
      endOfPiece: apply,
    });
    if (done < 0 || isBroken) return null;
    return file.index.timeMs[done]!;
  }

  #isKey({ index }: LogFile, chunk: number): boolean {
    return keyBefore(index, chunk) === chunk;
  }

  #tryApply(state: ClassState, messages: readonly Uint8Array[]): boolean {
    try {
      this.#applier.apply(state, messages);
      return true;
    } catch (error) {
      if (error instanceof LogFormatError) return false;
      throw error;
    }
  }

  /** Applies of the next second's chunks what was received by `timeMs`. */
  #applyUntil(states: FileStates, next: number, timeMs: number): boolean {
    const { file, classes, waiting } = states;
    const { index } = file;
    if (next >= index.count) return false;
    let last = next;
    while (last + 1 < index.count && index.timeMs[last + 1] === index.timeMs[next]) last++;
    return this.#chunks.visit(file, [next, last], {
      visit: (records, chunk) => {
        if (this.#isKey(file, chunk)) return true;
        if (records === null || isAfterHole(index, chunk)) return false;
        collect(states, records);
        classes.forEach((state, of) => {
          for (const bytes of waiting[of]!) this.#applier.applyUntil(state, bytes, timeMs);
          waiting[of]!.length = 0;
        });
        return true;
      },
    });
  }

  #statesOf(file: LogFile): FileStates {
    if (this.#states?.file === file) return this.#states;
    const classes = this.#reusable(file) ?? file.layouts.map(createState);
    const classOf = new Map(
      file.layouts.flatMap((layout, index) => [
        [keyChannel(layout), index],
        [deltaChannel(layout), index],
      ]),
    );
    this.#states = { file, classes, waiting: classes.map(() => []), classOf };
    return this.#states;
  }

  /** Arrays of the file before, where its layouts are the same: files of one session share them. */
  #reusable(file: LogFile): readonly ClassState[] | null {
    const before = this.#states;
    if (!before || JSON.stringify(before.file.layouts) !== JSON.stringify(file.layouts)) return null;
    return before.classes;
  }
}

const collect = ({ waiting, classOf }: FileStates, records: Uint8Array): void =>
  forEachMessage(records, (channel, payload) => {
    const index = classOf.get(channel);
    if (index !== undefined) waiting[index]!.push(payload);
  });
