import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openLog } from "./log.ts";
import { createRandom, Recording, stateHash, tableHash, withDirectory } from "./recording.fixture.ts";

/** What became of damaged copies of a recording. */
export interface TornFigures {
  cuts: number;
  flips: number;
  /** Copies that opened, and of these, those where something was mended. */
  opened: number;
  mended: number;
  /** Copies that were refused, by code. */
  readonly refused: Record<string, number>;
  /** States asked for, and those that were whole up to the moment asked for. */
  states: number;
  statesWhole: number;
  slowestMs: number;
}

/** What a damaged log may be refused with. */
const codes = ["log-empty", "log-not-mcap", "log-not-ours", "log-newer", "log-damaged"];

interface Original {
  readonly bytes: Uint8Array;
  /** Hash of the tables at every second. */
  readonly hashes: ReadonlyMap<number, string>;
  /** Where the file ended after each second. */
  readonly ends: ReadonlyMap<number, number>;
  readonly twin: string;
}

const record = (directory: string): Original => {
  const recording = new Recording(directory, { counts: { rack: 150, crah: 20 }, seed: 9 });
  const hashes = new Map<number, string>();
  const ends = new Map<number, number>();
  for (let second = 0; second < 70; second++) {
    recording.second(second % 20 === 9 ? 0.9 : 0.05, second % 7 === 0 ? [{ code: "tick" }] : []);
    hashes.set(recording.timeMs, tableHash(recording.logged));
    ends.set(recording.timeMs, readFileSync(join(directory, recording.writer.fileName!)).length);
  }
  const path = join(directory, recording.writer.fileName!);
  recording.writer.close();
  // A copy: a slice of a Buffer would be the same bytes.
  return {
    bytes: new Uint8Array(readFileSync(path)),
    hashes,
    ends,
    twin: JSON.stringify({ files: {}, racks: null }),
  };
};

/** Reads all that a log has to say, and holds it against what was recorded. @throws when it says anything else */
const examine = (path: string, original: Original, figures: TornFigures, random: () => number): void => {
  const log = openLog([path]);
  if (!log.ok) {
    const { code, message } = log.error;
    if (!codes.includes(code) || message === "") throw new Error(`refused with ${code}: ${message}`);
    figures.refused[code] = (figures.refused[code] ?? 0) + 1;
    return;
  }
  const { value } = log;
  figures.opened++;
  if (value.files[0]!.mended) figures.mended++;
  const times = [...original.hashes.keys()];
  for (let i = 0; i < 3; i++) {
    const timeMs = times[Math.floor(random() * times.length)]!;
    const state = value.stateAt(timeMs);
    figures.states++;
    if (!state || state.asOfMs === Number.NEGATIVE_INFINITY) continue;
    const expected = original.hashes.get(state.asOfMs);
    if (state.asOfMs > timeMs || stateHash(state.classes) !== expected)
      throw new Error(`the state at ${timeMs}, as of ${state.asOfMs}, is none that was`);
    if (state.asOfMs === timeMs) figures.statesWhole++;
  }
  if (value.events(0, Number.MAX_SAFE_INTEGER).some(({ code }) => code !== "tick"))
    throw new Error("an event that never was");
  value.range({ className: "rack", row: 17, metric: "power", fromMs: value.startMs, toMs: value.endMs });
  value.coverage();
  const twin = value.files[0]!.twin();
  if (twin !== null && twin !== original.twin) throw new Error("a twin that never was");
  value.close();
};

/** Cuts copies of a recording at random places, and flips bytes in others. @throws when one is not read for what it is */
export const tear = (wanted: Pick<TornFigures, "cuts" | "flips">, seed: number): Promise<TornFigures> =>
  withDirectory((directory) => {
    const original = record(directory);
    const random = createRandom(seed);
    const figures: TornFigures = {
      ...wanted,
      opened: 0,
      mended: 0,
      refused: {},
      states: 0,
      statesWhole: 0,
      slowestMs: 0,
    };
    const path = join(directory, "torn.mcap");
    const examined = (bytes: Uint8Array): void => {
      writeFileSync(path, bytes);
      const startMs = performance.now();
      examine(path, original, figures, random);
      figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - startMs));
    };
    for (let i = 0; i < wanted.cuts; i++) {
      const length = Math.floor(random() * original.bytes.length);
      examined(original.bytes.subarray(0, length));
      expectWholeSeconds(path, original, length);
    }
    for (let i = 0; i < wanted.flips; i++) {
      const bytes = original.bytes.slice();
      for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--) {
        const at = Math.floor(random() * bytes.length);
        bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
      }
      examined(bytes);
    }
    return figures;
  });

/** A cut file has every second that was written to its end before the cut. */
const expectWholeSeconds = (path: string, { ends }: Original, length: number): void => {
  const last = [...ends].findLast(([, end]) => end <= length);
  if (!last) return;
  const log = openLog([path]);
  if (!log.ok || log.value.endMs < last[0])
    throw new Error(`cut at ${length}, the second of ${last[0]} is lost`);
  log.value.close();
};
