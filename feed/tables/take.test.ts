import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, Origin, originOf, Quality, qualityOf } from "#twins/model/quality.ts";
import { smallCampus, storeOf } from "./campus.fixture.ts";
import type { CellRef } from "./class-table.ts";
import { followClock } from "./clock-set.ts";
import { sweep } from "./sweep.ts";
import { createReading, dsxPeriodMs, type PointStore, take, type Verdict } from "./take.ts";

const twin = await smallCampus();
const t0 = Date.UTC(2026, 10, 23, 12);
let store: PointStore;
let at: CellRef;

beforeEach(() => {
  store = storeOf(twin);
  const table = store.tables.of("rack");
  at = { table, cell: 5 * table.columns + metricIndex("rack", "power") };
  table.binding[at.cell] = 0; // a topic of its own: DSX period
});

interface Sent {
  value: number;
  sourceMs?: number;
  receivedMs?: number;
  quality?: Quality;
  publisher?: string;
}

const send = ({
  value,
  sourceMs = t0,
  receivedMs = sourceMs,
  quality = Quality.good,
  publisher = "BMS",
}: Sent): Verdict => {
  const reading = createReading(store.publishers);
  Object.assign(reading, { value, sourceMs, receivedMs, quality, publisher: store.publishers.of(publisher) });
  return take(store, at, reading);
};

const shown = () => ({
  value: at.table.value[at.cell],
  quality: qualityOf(at.table.status[at.cell]!),
  freshness: freshnessOf(at.table.status[at.cell]!),
  sampleMs: at.table.sampleTimeMs[at.cell],
  receivedMs: at.table.receivedTimeMs[at.cell],
});

test("a good value is taken, with its times", () => {
  expect(send({ value: 12.5, receivedMs: t0 + 40 })).toBe("taken");
  expect(shown()).toEqual({
    value: 12.5,
    quality: Quality.good,
    freshness: Freshness.fresh,
    sampleMs: t0,
    receivedMs: t0 + 40,
  });
});

test("a reading without a number marks the point bad; the last number stays and keeps ageing", () => {
  send({ value: 12.5 });
  expect(send({ value: Number.NaN, sourceMs: t0 + 1000 })).toBe("taken");
  expect(shown()).toMatchObject({ value: 12.5, quality: Quality.bad, sampleMs: t0 });
  sweep(store, t0 + dsxPeriodMs * 1.45);
  expect(shown()).toMatchObject({ value: 12.5, quality: Quality.bad, freshness: Freshness.stale });
  send({ value: 13, sourceMs: t0 + 2000 });
  expect(shown()).toMatchObject({ value: 13, quality: Quality.good });
});

test("an impossible number is no number", () => {
  send({ value: 12.5 });
  expect(send({ value: 1e9, sourceMs: t0 + 1 })).toBe("value-range");
  expect(send({ value: -1e9, sourceMs: t0 + 2 })).toBe("value-range");
  expect(shown()).toMatchObject({ value: 12.5, quality: Quality.bad });
});

test("1970 and next year are refused, and change nothing", () => {
  send({ value: 12.5 });
  expect(send({ value: 1, sourceMs: 0, receivedMs: t0 })).toBe("time-past");
  expect(send({ value: 1, sourceMs: t0 + 365 * 864e5, receivedMs: t0 })).toBe("time-future");
  expect(send({ value: 1, sourceMs: Number.POSITIVE_INFINITY, receivedMs: t0 })).toBe("time-future");
  expect(shown()).toMatchObject({ value: 12.5, quality: Quality.good });
});

test("a publisher whose clock is an hour ahead says so by its heartbeat, and is believed", () => {
  const hour = 3_600_000;
  expect(send({ value: 1, sourceMs: t0 + hour, receivedMs: t0 })).toBe("time-future");
  store.publishers.heartbeat(store.publishers.of("BMS"), t0 + hour, t0);
  expect(send({ value: 1, sourceMs: t0 + hour, receivedMs: t0 })).toBe("taken");
  sweep(store, t0 + 1000);
  expect(shown().freshness).toBe(Freshness.fresh);
});

test("a duplicate refreshes the receive time only: the point stays as old as its source time", () => {
  send({ value: 12.5 });
  expect(send({ value: 12.5, receivedMs: t0 + 90_000 })).toBe("duplicate");
  expect(shown()).toMatchObject({ sampleMs: t0, receivedMs: t0 + 90_000 });
  sweep(store, t0 + dsxPeriodMs * 1.45);
  expect(shown().freshness).toBe(Freshness.stale);
});

test("a retained value ages from its source time at once", () => {
  send({ value: 12.5, sourceMs: t0 - 3_600_000, receivedMs: t0 });
  expect(shown().freshness).toBe(Freshness.stale);
});

test("whatever the order of arrival, the table never moves back in time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 })), { maxLength: 30 }),
      (sent) => {
        store = storeOf(twin);
        at = { table: store.tables.of("rack"), cell: at.cell };
        let newest = -1;
        for (const [second, value] of sent) {
          const verdict = send({ value, sourceMs: t0 + second * 1000, receivedMs: t0 + 60_000 });
          expect(verdict === "out-of-order").toBe(second < newest);
          newest = Math.max(newest, second);
          expect(at.table.sampleTimeMs[at.cell]).toBe(t0 + newest * 1000);
        }
      },
    ),
  );
});

test("a filler yields to a plant's own value while that is fresh or late, never the other way round", () => {
  store.publishers.of("sim", { origin: Origin.simulated, filler: true });
  send({ value: 1, publisher: "sim", sourceMs: t0 + 5000 });
  expect(originOf(at.table.status[at.cell]!)).toBe(Origin.simulated);
  expect(send({ value: 2 })).toBe("taken"); // older by its own clock, and still the plant's
  expect(originOf(at.table.status[at.cell]!)).toBe(Origin.measured);
  expect(send({ value: 3, publisher: "sim", sourceMs: t0 + 9000 })).toBe("outranked");
  sweep(store, t0 + dsxPeriodMs * 2);
  expect(send({ value: 4, publisher: "sim", sourceMs: t0 + dsxPeriodMs * 2 })).toBe("taken");
});

test("the sweep counts what is known, and stale comes before one and a half periods", () => {
  send({ value: 1 });
  expect(sweep(store, t0 + dsxPeriodMs)).toMatchObject({ known: 1, fresh: 1, stale: 0 });
  expect(sweep(store, t0 + dsxPeriodMs * 1.2)).toMatchObject({ known: 1, late: 1 });
  const tick = ++store.tables.tick;
  expect(sweep(store, t0 + dsxPeriodMs * 1.45)).toMatchObject({ known: 1, stale: 1 });
  expect(at.table.stamp[at.cell]).toBe(tick);
});

const hour = 3_600_000;

test("after a clock was set back by an hour new values are taken at once, not when the hour is over", () => {
  expect(send({ value: 1 })).toBe("taken");
  expect(send({ value: 2, sourceMs: t0 - hour, receivedMs: t0 + 1000 })).toBe("out-of-order"); // an old value
  expect(send({ value: 3, sourceMs: t0 - hour })).toBe("taken"); // both clocks went back
  store.publishers.heartbeat(store.publishers.of("BMS"), t0 + hour, t0);
  expect(send({ value: 4, sourceMs: t0 + hour, receivedMs: t0 })).toBe("taken");
  for (let beat = 0; beat < 9; beat++) store.publishers.heartbeat(store.publishers.of("BMS"), t0, t0);
  expect(send({ value: 5 })).toBe("taken"); // the publisher's clock was put right
});

test("what no longer comes ages on after our clock was set back, and its publisher gets late", () => {
  send({ value: 1 });
  const publisher = store.publishers.of("BMS");
  store.publishers.heartbeat(publisher, t0, t0);
  followClock(store, -hour);
  const nowMs = t0 - hour + dsxPeriodMs * 1.45;
  expect(sweep(store, nowMs)).toMatchObject({ known: 1, stale: 1 });
  expect(publisher).toMatchObject({ lastHeartbeatMs: t0 - hour, skewMs: null });
});

test("a clock set forward, or a machine that slept, leaves values as old as that makes them", () => {
  send({ value: 1 });
  followClock(store, hour);
  expect(sweep(store, t0 + hour)).toMatchObject({ known: 1, stale: 1 });
});
