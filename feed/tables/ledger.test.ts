import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import type { FaultCode } from "#feed/contract/status.ts";
import { isNetMeter } from "#twins/kpi/register.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { Origin, Quality } from "#twins/model/quality.ts";
import { smallCampus, storeOf } from "./campus.fixture.ts";
import { followClock } from "./clock-set.ts";
import type { Hearing } from "./ledger.ts";
import { pointLimit } from "./ledger-rows.ts";
import { sweep } from "./sweep.ts";
import { createReading, type PointStore, take } from "./take.ts";

const twin = await smallCampus();
const t0 = Date.UTC(2026, 10, 23, 12);
const second = 1000;
const minute = 60 * second;
const periodMs = 10 * second;

let store: PointStore;
let hearing: Hearing;

beforeEach(() => {
  store = storeOf(twin);
  hearing = store.ledger.listen();
  store.ledger.attend(hearing);
  store.publishers.of("gateway").periodMs = periodMs;
});

const cellOf = (className: ClassName, metric: string, row: number) => {
  const table = store.tables.of(className);
  return { table, cell: row * table.columns + metricIndex(className, metric) };
};
const inlet = () => cellOf("rack", "inletTemperature", 7);

/** A value that is sampled, sent and received at once. */
const send = (value: number, atMs: number, at = inlet(), publisher = "gateway") => {
  const reading = createReading(store.publishers);
  Object.assign(reading, { value, sourceMs: atMs, receivedMs: atMs, quality: Quality.good });
  return take(store, at, { ...reading, publisher: store.publishers.of(publisher) });
};

const found = (at = inlet()): Partial<Record<FaultCode, number>> =>
  Object.fromEntries(store.ledger.rows.of(store.ledger.pointOf(at)).map(({ code, count }) => [code, count]));
const gap = (at = inlet()) =>
  store.ledger.rows.of(store.ledger.pointOf(at)).find(({ code }) => code === "gap");
const coverage = () => {
  const { byClass, byPublisher } = store.ledger;
  const rack = store.tables.of("rack").index;
  const gateway = store.publishers.of("gateway").index;
  expect(byPublisher.expected(gateway)).toBe(byClass.expected(rack));
  return { received: byClass.received[rack]!, expected: byClass.expected(rack) };
};
/** Sweeps every second from one time to another, as the feed does. */
const pass = (fromMs: number, toMs: number): void => {
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += second) sweep(store, nowMs);
};

test("a point that comes after more than one and a half periods had one gap, with its length and what was missing", () => {
  send(21, t0);
  send(21.1, t0 + 15 * second);
  expect(found()).toEqual({});
  send(21.2, t0 + 55 * second);
  expect(gap()).toMatchObject({ count: 1, missing: 3, longestMs: 40 * second, firstMs: t0 + 55 * second });
  expect(coverage()).toEqual({ received: 3, expected: 6 });
  send(21.3, t0 + 71 * second);
  expect(gap()).toMatchObject({ count: 2, missing: 4, longestMs: 40 * second });
});

test("a point that is still silent is overdue, and is expected all the same", () => {
  send(21, t0);
  pass(t0 + second, t0 + 15 * second);
  expect(store.ledger.silentCount).toBe(0);
  pass(t0 + 16 * second, t0 + 65 * second);
  expect(store.ledger.silent).toMatchObject([{ sinceMs: t0, lengthMs: 65 * second, missing: 6 }]);
  expect(coverage()).toEqual({ received: 1, expected: 7 });
  send(21.1, t0 + 65 * second);
  pass(t0 + 66 * second, t0 + 66 * second);
  expect(store.ledger.silentCount).toBe(0);
  expect(coverage()).toEqual({ received: 2, expected: 8 });
});

test("an outage of the broker is no gap of the sensor's; silence after it is", () => {
  send(21, t0);
  hearing.isOpen = false;
  pass(t0 + second, t0 + 10 * minute);
  expect(store.ledger.silentCount).toBe(0);
  hearing.isOpen = true;
  hearing.sinceMs = t0 + 10 * minute;
  send(21.1, hearing.sinceMs + 9 * second);
  expect(found()).toEqual({});
  expect(coverage()).toEqual({ received: 2, expected: 2 });
  const other = cellOf("rack", "inletTemperature", 8);
  send(21, t0 - periodMs, other);
  pass(hearing.sinceMs, hearing.sinceMs + 39 * second);
  send(22, hearing.sinceMs + 40 * second, other);
  expect(gap(other)).toMatchObject({ count: 1, missing: 3, longestMs: 40 * second });
});

test("of two brokers the one that is lost excuses only its own points", () => {
  const otherHearing = store.ledger.listen();
  send(21, t0);
  otherHearing.isOpen = false;
  otherHearing.sinceMs = t0 + 30 * second;
  send(22, t0 + 40 * second);
  expect(found()).toEqual({ gap: 1 });
});

test("a process that stood still, and a clock that was set, excuse everything", () => {
  send(21, t0);
  sweep(store, t0 + second);
  send(22, t0 + 5 * minute); // what waited in the socket comes before the next sweep
  expect(found()).toEqual({});
  sweep(store, t0 + 5 * minute + second);
  followClock(store, 60 * minute);
  send(23, t0 + 65 * minute + 2 * second);
  expect(found()).toEqual({});
  followClock(store, -60 * minute);
  send(24, t0 + 5 * minute + 4 * second);
  expect(found()).toEqual({});
});

test("a source that says it has no reading is not silent", () => {
  send(21, t0);
  for (let s = 10; s <= 60; s += 10) send(Number.NaN, t0 + s * second);
  send(21.5, t0 + 70 * second);
  expect(found()).toEqual({});
  expect(coverage()).toEqual({ received: 8, expected: 8 });
});

test("a publisher without a period has neither gaps nor silence", () => {
  store.publishers.of("on-change").periodMs = Number.POSITIVE_INFINITY;
  send(21, t0, inlet(), "on-change");
  pass(t0 + second, t0 + minute);
  send(22, t0 + 60 * minute, inlet(), "on-change");
  expect(found()).toEqual({});
  expect(store.ledger.silentCount).toBe(0);
});

/** Sends one value again and again, swept every second. */
const repeat = (value: number, fromMs: number, toMs: number): void => {
  for (let nowMs = fromMs; nowMs < toMs; nowMs += periodMs) {
    send(value, nowMs);
    pass(nowMs, nowMs + periodMs - second);
  }
};

test("a sensor that repeats one value is frozen once, until it moves", () => {
  const at = inlet();
  repeat(21.3726, t0, t0 + 29 * minute);
  expect(found()).toEqual({});
  repeat(21.3726, t0 + 29 * minute, t0 + 45 * minute);
  const [frozen] = store.ledger.rows.of(store.ledger.pointOf(at));
  expect(frozen).toMatchObject({ code: "frozen", count: 1 });
  expect(frozen!.lastMs - frozen!.firstMs).toBeGreaterThanOrEqual(13 * minute);
  store.ledger.clear(t0 + 45 * minute);
  repeat(21.3726, t0 + 45 * minute, t0 + 47 * minute);
  expect(found()).toEqual({ frozen: 1 }); // it still is, whoever set the counters to nought
  send(21.3727, t0 + 47 * minute);
  expect(store.ledger.still[at.table.index]![at.cell]).toBe(0);
});

test("what was not heard for a while has to stand still anew", () => {
  repeat(21.3726, t0, t0 + 29 * minute);
  pass(t0 + 29 * minute, t0 + 31 * minute - second);
  repeat(21.3726, t0 + 31 * minute, t0 + 59 * minute);
  expect(found()).toEqual({ gap: 1 });
});

test("a simulated sensor never freezes", () => {
  store.publishers.of("sim", { origin: Origin.simulated, filler: false }).periodMs = periodMs;
  for (let s = 0; s <= 40 * 60; s += 10) {
    send(21.3726, t0 + s * second, inlet(), "sim");
    sweep(store, t0 + s * second);
  }
  expect(found()).toEqual({});
});

test("a register that falls has wrapped near its end and was reset elsewhere; grid meters may fall", () => {
  const rows = Array.from({ length: twin.table("meter").count }, (_, row) => row);
  const rowOf = (isNet: boolean) => rows.find((row) => isNetMeter(twin, row) === isNet)!;
  const energy = (isNet: boolean) => cellOf("meter", "energy", rowOf(isNet));
  const at = energy(false);
  for (const [i, value] of [999_990, 4, 3, 4_294_967.2, 0.3].entries()) send(value, t0 + i * second, at);
  expect(found(at)).toEqual({ "counter-wrap": 2, "counter-reset": 1 });
  const grid = energy(true);
  expect(twin.idOf({ className: "meter", row: rowOf(true) })).toContain("grid");
  for (const [i, value] of [5000, 4990].entries()) send(value, t0 + i * second, grid);
  expect(found(grid)).toEqual({});
});

test("points with faults are bounded; what finds no room is counted", () => {
  const { ledger } = store;
  for (let point = 0; point < pointLimit + 50; point++) ledger.rows.add(point, "duplicate", t0);
  ledger.rows.add(3, "gap", t0);
  expect(ledger.rows).toMatchObject({ points: pointLimit, beyond: 50, size: pointLimit + 1 });
  expect(ledger.rows.of(3).map(({ code }) => code)).toEqual(["gap", "duplicate"]);
  ledger.clear(t0);
  expect(ledger.rows).toMatchObject({ points: 0, beyond: 0, size: 0 });
  expect(ledger.rows.of(3)).toEqual([]);
});

test("counts follow a point into another expansion of the same plant", () => {
  send(21, t0);
  send(22, t0 + 40 * second);
  const before = store;
  store = storeOf(twin);
  store.publishers.of("gateway").periodMs = periodMs;
  const next = cellOf("rack", "inletTemperature", 9);
  store.ledger.succeed(before.ledger);
  store.ledger.inherit(before.ledger, inlet(), next);
  expect(coverage()).toEqual({ received: 2, expected: 5 });
  expect(gap(next)).toEqual(before.ledger.rows.of(before.ledger.pointOf(inlet()))[0]);
  expect(store.ledger.received[next.table.index]![next.cell]).toBe(2);
});

test("points are numbered one after another over all classes", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      const tables = store.tables.all.filter(({ status }) => status.length > 0);
      const table = tables[a % tables.length]!;
      const at = { table, cell: b % table.status.length };
      expect(store.ledger.cellOf(store.ledger.pointOf(at))).toEqual(at);
    }),
  );
});

test("whatever comes and whatever does not, nothing is expected twice and no more is received than expected", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 0, max: 100 }), (seconds, silence) => {
      store = storeOf(twin);
      store.publishers.of("gateway").periodMs = periodMs;
      let nowMs = t0;
      send(1, nowMs);
      for (const [i, gapS] of seconds.entries()) {
        nowMs += gapS * second;
        send(2 + i, nowMs);
      }
      store.ledger.beginSweep(nowMs);
      sweep(store, nowMs + silence * second);
      const { received, expected } = coverage();
      expect(received).toBe(seconds.length + 1);
      expect(expected).toBeGreaterThanOrEqual(received);
      const elapsed = (nowMs - t0) / periodMs + silence / 10;
      const early = seconds.filter((gapS) => gapS < 10).length;
      // Each gap is rounded to whole periods; what comes early is more than its period asks for.
      expect(expected).toBeLessThanOrEqual(elapsed + early + seconds.length / 2 + 1);
    }),
  );
});
