import fc from "fast-check";
import { expect, test } from "vitest";
import { Freshness, packStatus, Quality } from "#twins/model/quality.ts";
import { smallCampus, storeOf } from "./campus.fixture.ts";
import { createHistory } from "./history.ts";

const twin = await smallCampus();
const t0 = Date.UTC(2026, 10, 23, 12);
const good = packStatus(Quality.good, Freshness.fresh, 0);
const stale = packStatus(Quality.good, Freshness.stale, 0);
const stepMs = 2000; // meters are few: kept finely

const setUp = () => {
  const { tables } = storeOf(twin);
  const table = tables.of("meter");
  const history = createHistory(tables);
  return { table, history, at: { table, cell: 4 } };
};

test("what was usable at each step is there; what was stale or bad is a gap, never zero", () => {
  const { table, history, at } = setUp();
  const statuses = [good, good, stale, 0, good];
  statuses.forEach((status, i) => {
    table.value[4] = 10 + i;
    table.status[4] = status;
    history.record(t0 + i * stepMs);
  });
  const read = history.read(at, { fromMs: t0, toMs: t0 + 8000, maxPoints: 100 });
  expect(read).toEqual({
    fromMs: t0,
    stepMs,
    min: [10, 11, null, null, 14],
    max: [10, 11, null, null, 14],
    last: [10, 11, null, null, 14],
  });
});

test("buckets keep the extremes of their steps", () => {
  const { table, history, at } = setUp();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 200 }), (values) => {
      table.status[4] = good;
      values.forEach((value, i) => {
        table.value[4] = value;
        history.record(t0 + i * stepMs);
      });
      const toMs = t0 + (values.length - 1) * stepMs;
      const { min, max } = history.read(at, { fromMs: t0, toMs, maxPoints: 3 });
      expect(min.length).toBeLessThanOrEqual(3);
      expect(Math.min(...min.map(Number))).toBe(Math.min(...values));
      expect(Math.max(...max.map(Number))).toBe(Math.max(...values));
    }),
    { numRuns: 30 },
  );
});

test("steps that were missed are gaps, and ten minutes later nothing old is left", () => {
  const { table, history, at } = setUp();
  table.status[4] = good;
  table.value[4] = 1;
  history.record(t0);
  history.record(t0 + 5 * stepMs);
  expect(history.read(at, { fromMs: t0, toMs: t0 + 5 * stepMs, maxPoints: 100 }).last).toEqual([
    1,
    null,
    null,
    null,
    null,
    1,
  ]);
  history.record(t0 + 3_600_000);
  const all = history.read(at, { fromMs: 0, toMs: t0 + 4_000_000, maxPoints: 10_000 });
  expect(all.last.filter((value) => value !== null)).toEqual([1]);
});

test("a clock that was set back leaves gaps, not values of times still to come", () => {
  const { table, history, at } = setUp();
  table.status[4] = good;
  for (let i = 0; i < 4; i++) {
    table.value[4] = 10 + i;
    history.record(t0 + i * stepMs);
  }
  table.value[4] = 99;
  history.record(t0 - stepMs);
  const { last } = history.read(at, { fromMs: 0, toMs: t0 + 60_000, maxPoints: 1000 });
  expect(last.filter((value) => value !== null)).toEqual([99]);
});
