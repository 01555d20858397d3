import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logName } from "#feed/log/file-name.ts";
import { openLog } from "#feed/log/log.ts";
import { valuesOf } from "#feed/log/state.ts";
import { measureBaseline } from "./log/seek-baseline.ts";
import { writeDay } from "./log/seek-workload.ts";

/**
 * Random seeks in a log of 50,000 racks × 8 metrics over 24 h: 1 % of the points change a second, and all of them once an
 * hour (DESIGN §9). Beside it, the same question asked of `@mcap/core` with a channel per rack, on a slice, scaled.
 */
interface SeekFigures {
  readonly hours: number;
  readonly racks: number;
  readonly seekP50Ms: number;
  readonly seekP95Ms: number;
  readonly seekMaxMs: number;
  /** Page cache of the file dropped before every seek. */
  readonly coldP95Ms: number;
  readonly openMs: number;
  readonly indexMB: number;
  /** 30 days of the same: every file linked as often as it takes. */
  readonly open30dMs: number;
  readonly index30dMB: number;
  readonly fileBytes: number;
  /** Per value that changed. */
  readonly bytesPerPoint: number;
  /** The same with every metric bit for bit, over one hour. */
  readonly bitExactBytesPerPoint: number;
  readonly baselineSeekMs: number;
  readonly baselineSlice: string;
  /** Baseline over ours, both at the median. */
  readonly ratio: number;
  readonly writeS: number;
}

const seeks = 300;
const coldSeeks = 40;
const warmUps = 20;

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

const share = (sorted: readonly number[], at: number): number =>
  sorted[Math.floor((sorted.length - 1) * at)]!;

const sortedTimes = (count: number, run: (i: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, i) => run(i)).toSorted((a, b) => a - b);

const directoryBytes = (directory: string): number =>
  readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

/** Opens a log `times` over, and says the best. */
const timeOpen = (directory: string, times: number): { readonly ms: number; readonly indexBytes: number } => {
  let best = Number.POSITIVE_INFINITY;
  let indexBytes = 0;
  for (let i = 0; i < times; i++) {
    const startMs = performance.now();
    const log = opened(directory);
    best = Math.min(best, performance.now() - startMs);
    indexBytes = log.files.reduce((sum, { index }) => sum + index.count * 21, 0);
    log.close();
  }
  return { ms: best, indexBytes };
};

const opened = (directory: string) => {
  const log = openLog([directory]);
  if (!log.ok) throw new Error(log.error.message);
  return log.value;
};

const dropFromCache = (path: string): void => {
  execFileSync("dd", [`if=${path}`, "iflag=nocache", "count=0"], { stdio: "ignore" });
};

const timeSeeks = (
  directory: string,
): Pick<SeekFigures, "seekP50Ms" | "seekP95Ms" | "seekMaxMs" | "coldP95Ms"> => {
  const log = opened(directory);
  const { startMs, endMs } = log;
  const values = log.files[0]!.layouts.map(({ rows, columns }) => new Float32Array(rows * columns.length));
  const seek = (): number => {
    const atMs = startMs + Math.random() * (endMs - startMs);
    const beganMs = performance.now();
    const state = log.stateAt(atMs)!;
    state.classes.forEach((each, i) => {
      valuesOf(each, values[i]!);
    });
    const tookMs = performance.now() - beganMs;
    if (state.asOfMs !== atMs) throw new Error(`state of ${state.asOfMs} instead of ${atMs}`);
    return tookMs;
  };
  for (let i = 0; i < warmUps; i++) seek();
  const warm = sortedTimes(seeks, seek);
  const cold = sortedTimes(coldSeeks, () => {
    for (const { path } of log.files) dropFromCache(path);
    return seek();
  });
  log.close();
  return {
    seekP50Ms: round(share(warm, 0.5)),
    seekP95Ms: round(share(warm, 0.95)),
    seekMaxMs: round(share(warm, 1)),
    coldP95Ms: round(share(cold, 0.95)),
  };
};

const linkMonth = (from: string, to: string, times: number): void => {
  mkdirSync(to);
  const files = readdirSync(from);
  for (let day = 0; day < times; day++)
    for (const [i, name] of files.entries())
      symlinkSync(join(from, name), join(to, logName(Date.UTC(2026, 0, 1 + day) + i * 1000, 0)));
};

export const run = async (hours: number, racks: number): Promise<SeekFigures> => {
  const directory = mkdtempSync(join(tmpdir(), "horinger-seek-"));
  try {
    const day = join(directory, "day");
    const exact = join(directory, "exact");
    const month = join(directory, "month");
    const startMs = performance.now();
    const points = writeDay(day, { hours, racks, isExact: false });
    const writeS = (performance.now() - startMs) / 1000;
    process.stderr.write(`written in ${round(writeS, 0)} s\n`);
    const exactPoints = writeDay(exact, { hours: 1, racks, isExact: true });
    const fileBytes = directoryBytes(day);
    const bitExactBytesPerPoint = round(directoryBytes(exact) / exactPoints);
    rmSync(exact, { recursive: true });
    linkMonth(day, month, Math.round(720 / hours));
    const open = timeOpen(day, 5);
    const open30d = timeOpen(month, 3);
    const seekFigures = timeSeeks(day);
    const baseline = await measureBaseline(directory, racks);
    return {
      hours,
      racks,
      ...seekFigures,
      openMs: round(open.ms, 1),
      indexMB: round(open.indexBytes / 1e6),
      open30dMs: round(open30d.ms, 0),
      index30dMB: round(open30d.indexBytes / 1e6, 1),
      fileBytes,
      bytesPerPoint: round(fileBytes / points),
      bitExactBytesPerPoint,
      baselineSeekMs: round(baseline.seekMs, 0),
      baselineSlice: baseline.slice,
      ratio: round(baseline.seekMs / seekFigures.seekP50Ms, 0),
      writeS: round(writeS, 0),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

if (import.meta.main) console.log(JSON.stringify(await run(option("hours", 24), option("racks", 50_000))));
