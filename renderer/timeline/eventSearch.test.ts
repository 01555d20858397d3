import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TimelineEvent } from "#feed/contract/replay.ts";
import { type AskEvents, nextEvent, previousEvent } from "./eventSearch.ts";

const t0 = 1_782_000_000_000;
const range = { fromMs: t0, toMs: t0 + 48 * 3_600_000 };

const event = (timeMs: number): TimelineEvent => ({
  timeMs,
  code: "alarm",
  about: "a/b01",
  priority: "high",
  detail: {},
});

/** A recording with events at these times, and how often it was asked. */
const recording = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  let asked = 0;
  const ask: AskEvents = async ({ fromMs, toMs, limit }) => {
    asked++;
    return sorted
      .filter((timeMs) => timeMs >= fromMs && timeMs <= toMs)
      .slice(0, limit)
      .map(event);
  };
  return { ask, sorted, asked: () => asked };
};

test("next and previous are the neighbours of the cursor, wherever events lie", async () => {
  const times = fc.array(fc.integer({ min: range.fromMs, max: range.toMs }), { maxLength: 30 });
  const cursor = fc.integer({ min: range.fromMs, max: range.toMs });
  await fc.assert(
    fc.asyncProperty(times, cursor, async (each, cursorMs) => {
      const { ask, sorted } = recording(each);
      const next = sorted.find((timeMs) => timeMs > cursorMs) ?? null;
      const previous = sorted.filter((timeMs) => timeMs < cursorMs).at(-1) ?? null;
      expect((await nextEvent(ask, range, cursorMs))?.timeMs ?? null).toBe(next);
      expect((await previousEvent(ask, range, cursorMs))?.timeMs ?? null).toBe(previous);
    }),
  );
});

test("a flood of events before the cursor is gone through page by page", async () => {
  const { ask } = recording(Array.from({ length: 4_500 }, (_, i) => range.fromMs + 40_000 + i * 10));
  const found = await previousEvent(ask, range, range.fromMs + 90_000);
  expect(found?.timeMs).toBe(range.fromMs + 40_000 + 4_499 * 10);
});

test("a near event is found with one question, an empty recording given up after a few", async () => {
  const near = recording([range.toMs - 1_000, range.fromMs]);
  await previousEvent(near.ask, range, range.toMs);
  expect(near.asked()).toBe(1);
  const none = recording([]);
  expect(await previousEvent(none.ask, range, range.toMs)).toBeNull();
  expect(none.asked()).toBeLessThan(8);
  expect(await nextEvent(none.ask, range, range.toMs)).toBeNull();
});
