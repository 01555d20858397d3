import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("follows the feed's clock through any delays, never ahead of it, at most the least delay behind", () => {
  const delays = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), delays, (offsetMs, waits) => {
      let monotonicMs = 0;
      const clock = createClock(() => monotonicMs, 0);
      for (const waitMs of waits) {
        monotonicMs += 500 + waitMs;
        clock.heard(monotonicMs - waitMs + offsetMs);
      }
      const behindMs = monotonicMs + offsetMs - clock.feedMs();
      expect(behindMs).toBeGreaterThanOrEqual(-1e-3);
      expect(behindMs).toBeLessThanOrEqual(Math.min(...waits) + waits.length * 2000 * 0.002);
    }),
  );
});

test("a feed with another clock is followed at once", () => {
  const clock = createClock(() => 0, 0);
  clock.heard(2e12);
  clock.heard(1e12);
  expect(clock.feedMs()).toBe(1e12);
});

test("frozen, the campus is shown at that time, while ages go on; held, both stand", () => {
  let monotonicMs = 0;
  const clock = createClock(() => monotonicMs, 1e12);
  clock.freeze(5);
  monotonicMs = 1000;
  expect([clock.nowMs(), clock.readMs(), clock.frozenMs]).toEqual([5, 1e12 + 1000, 5]);
  clock.freeze(null);
  clock.hold(1e12 + 500);
  monotonicMs = 9000;
  expect([clock.nowMs(), clock.readMs(), clock.feedMs()]).toEqual([1e12 + 500, 1e12 + 500, 1e12 + 9000]);
});

test("in a drill the campus is shown at the plant's time, while ages go on; frozen wins, held stands", () => {
  let monotonicMs = 0;
  const clock = createClock(() => monotonicMs, 1e12);
  clock.play((readMs) => 5e11 + (readMs - 1e12) * 10);
  monotonicMs = 1000;
  expect([clock.nowMs(), clock.readMs()]).toEqual([5e11 + 10_000, 1e12 + 1000]);
  clock.hold(1e12 + 500);
  monotonicMs = 9000;
  expect(clock.nowMs()).toBe(5e11 + 5000);
  clock.freeze(5);
  expect(clock.nowMs()).toBe(5);
  clock.freeze(null);
  clock.hold(null);
  clock.play(null);
  expect(clock.nowMs()).toBe(1e12 + 9000);
});
