import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogLanes, Series } from "#feed/contract/replay.ts";
import { startFeed } from "#feed/service.ts";
import { testSession } from "#feed/session.fixture.ts";
import { isUsable } from "#twins/model/quality.ts";
import { type FleetDay, readFleetDay } from "./fleet/fleet-day.ts";
import { type Recorded, recordDay } from "./fleet/record-day.ts";
import { type Counted, DayWatch } from "./fleet/watch-day.ts";

/**
 * `npm run bench -- fleet --json [--out DIR]`: the day on which a fleet of 1,689 servers was switched off, recorded by
 * the product's own tables and recorder, then opened as `npm start -- --log DIR` does. What a window shows is held against
 * the file: what is lost is stale and a gap, and never a zero.
 */
interface Moment extends Counted {
  readonly utc: string;
  /** Nodes that the file has a reading of within the last 66 s, 78 s: fresh, fresh or late. */
  readonly fileFresh: number;
  readonly fileFreshOrLate: number;
  /** Values shown as nought whose last reading in the file is another, or that have none. */
  readonly zerosInvented: number;
  /** Values shown that are not the file's last reading, to half a step of the metric's resolution. */
  readonly valuesOther: number;
  /** Warmest inlet of the site, °C, as the engine makes it of racks that may be used; null where it makes none. */
  readonly siteInletMaxC: number | null;
  /** Timeline: share of known points that are fresh or late, worst of the minute. */
  readonly laneFresh: number | null;
}

interface Across {
  readonly node: string;
  readonly minutes: number;
  readonly nullMinutes: number;
  readonly zeroMinutes: number;
  /** Minutes with a value though the file has none within them and 78 s before. */
  readonly inventedMinutes: number;
}

interface FleetFigures extends Recorded {
  readonly nodes: number;
  readonly writeS: number;
  readonly moments: readonly Moment[];
  /** Power from 02:40 to 21:54, minute by minute. */
  readonly acrossHole: readonly Across[];
  readonly directory: string | null;
}

const moments = ["02:36", "02:40", "02:45", "12:00", "21:53", "21:56", "22:05", "22:30"] as const;
const hole = { from: "02:40", to: "21:54" } as const;
const minuteMs = 60_000;
const minutesOfDay = 1440;
/** Of a period of a minute (`freshnessFromAge`). */
const lateMs = 66_000;
const staleMs = 78_000;
/** Half a step: power is kept to 10 W, the inlet to 0.1 °C. */
const half = { powerKw: 0.005, inletC: 0.05 } as const;
const slack = 1e-6;

/** Last reading of every node up to a moment: index, or −1. */
const lastReadings = (day: FleetDay, timeMs: number, of: Float64Array): Int32Array => {
  const last = new Int32Array(day.nodes.length).fill(-1);
  for (let i = 0; i < day.timeMs.length && day.timeMs[i]! <= timeMs; i++)
    if (!Number.isNaN(of[i]!)) last[day.node[i]!] = i;
  return last;
};

const judge = (day: FleetDay, watch: DayWatch, timeMs: number) => {
  let zerosInvented = 0;
  let valuesOther = 0;
  const check = (shown: number, wanted: number, halfStep: number): void => {
    if (shown === 0 && !(Math.abs(wanted) <= halfStep)) zerosInvented++;
    const isSame = Number.isNaN(wanted) ? Number.isNaN(shown) : Math.abs(shown - wanted) <= halfStep + slack;
    if (!isSame) valuesOther++;
  };
  const power = lastReadings(day, timeMs, day.powerW);
  const inlet = lastReadings(day, timeMs, day.inletC);
  let fileFresh = 0;
  let fileFreshOrLate = 0;
  for (let row = 0; row < day.nodes.length; row++) {
    const at = power[row]!;
    const ageMs = at < 0 ? Number.POSITIVE_INFINITY : timeMs - day.timeMs[at]!;
    if (ageMs < lateMs) fileFresh++;
    if (ageMs < staleMs) fileFreshOrLate++;
    check(watch.power.values[row]!, at < 0 ? Number.NaN : day.powerW[at]! / 1000, half.powerKw);
    const warm = inlet[row]!;
    check(watch.inlet.values[row]!, warm < 0 ? Number.NaN : day.inletC[warm]!, half.inletC);
  }
  return { zerosInvented, valuesOther, fileFresh, fileFreshOrLate };
};

const siteInletMax = ({ site }: DayWatch): number | null => {
  const [value, status] = [site.values[0]!, site.status[0]!];
  return isUsable(status) && Number.isFinite(value) ? Number(value.toFixed(1)) : null;
};

/** Nodes whose power is never nought in the file: one that stays, one that returns, one that does not. */
const chosen = (day: FleetDay, holeMs: { readonly fromMs: number; readonly toMs: number }) => {
  const facts = day.nodes.map(() => ({ hasZero: false, within: 0, after: 0 }));
  for (let i = 0; i < day.timeMs.length; i++) {
    const fact = facts[day.node[i]!]!;
    if (day.powerW[i] === 0) fact.hasZero = true;
    if (day.timeMs[i]! > holeMs.toMs) fact.after++;
    else if (day.timeMs[i]! > holeMs.fromMs) fact.within++;
  }
  const find = (wanted: (fact: (typeof facts)[number]) => boolean): readonly number[] => {
    const row = facts.findIndex((fact) => !fact.hasZero && wanted(fact));
    return row < 0 ? [] : [row];
  };
  return [
    ...find(({ within }) => within > 100),
    ...find(({ within, after }) => within === 0 && after > 0),
    ...find(({ within, after }) => within === 0 && after === 0),
  ];
};

const across = (day: FleetDay, row: number, series: Series): Across => {
  const times: number[] = [];
  for (let i = 0; i < day.timeMs.length; i++) if (day.node[i] === row) times.push(day.timeMs[i]!);
  const isInFile = (fromMs: number): boolean =>
    times.some((timeMs) => timeMs > fromMs - staleMs - 1000 && timeMs < fromMs + series.stepMs);
  const places = series.last.map((_, i) => i);
  return {
    node: day.nodes[row]!,
    minutes: places.length,
    nullMinutes: places.filter((i) => series.last[i] === null && series.min[i] === null).length,
    zeroMinutes: places.filter((i) => series.min[i] === 0 || series.last[i] === 0).length,
    inventedMinutes: places.filter(
      (i) => series.max[i] !== null && !isInFile(series.fromMs + i * series.stepMs),
    ).length,
  };
};

const lanesOf = async (watch: DayWatch, startMs: number): Promise<LogLanes> => {
  const ask = { fromMs: startMs, toMs: startMs + minutesOfDay * minuteMs, buckets: minutesOfDay };
  for (;;) {
    const lanes = await watch.bridge.request("log.lanes", ask);
    if (lanes.isComplete) return lanes;
    await sleep(200);
  }
};

const look = async (
  day: FleetDay,
  directory: string,
): Promise<Pick<FleetFigures, "moments" | "acrossHole">> => {
  const startMs = Math.floor(day.timeMs[0]! / 86_400_000) * 86_400_000;
  const at = (clock: string): number => startMs + Date.parse(`1970-01-01T${clock}Z`);
  const feed = startFeed(testSession({ log: [directory] }), { log: (line) => console.error(line) });
  const watch = new DayWatch(feed, day.nodes.length);
  try {
    const { fromMs, toMs } = await watch.bridge.request("log.overview", {});
    // `isComplete` is about what has been recorded: nothing comes after the last second.
    if (toMs - fromMs < 86_000_000) throw new Error("the recording is not of the whole day");
    const lanes = await lanesOf(watch, startMs);
    const seen: Moment[] = [];
    for (const clock of moments) {
      const timeMs = at(clock);
      await watch.seek(timeMs);
      seen.push({
        utc: clock,
        ...watch.counted,
        ...judge(day, watch, timeMs),
        siteInletMaxC: siteInletMax(watch),
        laneFresh: lanes.fresh[Math.floor((timeMs - startMs) / minuteMs)] ?? null,
      });
    }
    const holeMs = { fromMs: at(hole.from), toMs: at(hole.to) };
    const rows = chosen(day, holeMs);
    const series = await watch.bridge.request("log.series", {
      ...holeMs,
      maxPoints: Math.ceil((holeMs.toMs - holeMs.fromMs) / minuteMs),
      points: rows.map((row) => ({ className: "rack", row, metric: "power" }) as const),
    });
    return { moments: seen, acrossHole: rows.map((row, i) => across(day, row, series[i]!)) };
  } finally {
    watch.bridge.close();
    await feed.close();
  }
};

export const run = async (day: FleetDay, out: string | null): Promise<FleetFigures> => {
  const folder = out ?? mkdtempSync(join(tmpdir(), "horinger-fleet-"));
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  try {
    const beganMs = performance.now();
    const recorded = await recordDay(day, folder);
    const writeS = Math.round((performance.now() - beganMs) / 1000);
    return { nodes: day.nodes.length, ...recorded, writeS, ...(await look(day, folder)), directory: out };
  } finally {
    if (out === null) rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) {
  const at = process.argv.indexOf("--out");
  const day = readFleetDay();
  if (day) console.log(JSON.stringify(await run(day, at < 0 ? null : resolve(process.argv[at + 1]!))));
  else console.log(JSON.stringify({ skipped: "../shared/data/harvard_ipmi_2025-06-03.csv.gz is not there" }));
}
