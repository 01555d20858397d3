import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createTimelineStore,
  moveCursor,
  moveStretch,
  noteRecorded,
  reveal,
  showStretch,
  showWhole,
  zoomStretch,
} from "./timeline.ts";

const hour = 3_600_000;
const t0 = 1_782_000_000_000;

const opened = (spanMs = hour) => {
  const store = createTimelineStore();
  noteRecorded(store, { fromMs: t0, toMs: t0 + spanMs });
  return store;
};

describe("the stretch of time shown", () => {
  test("is all of the recording at first, with a little on either side", () => {
    const { fromMs, toMs } = opened().getState();
    expect(fromMs).toBe(t0 - 0.04 * hour);
    expect(toMs).toBe(t0 + 1.04 * hour);
  });

  test("follows a recording that grows while its end is in sight, and stays where it is not", () => {
    const whole = opened();
    noteRecorded(whole, { fromMs: t0, toMs: t0 + 2 * hour });
    expect(whole.getState().toMs).toBe(t0 + 2.08 * hour);

    const atEnd = opened();
    showStretch(atEnd, { fromMs: t0 + 0.8 * hour, toMs: t0 + 1.01 * hour });
    noteRecorded(atEnd, { fromMs: t0, toMs: t0 + hour + 5_000 });
    expect(atEnd.getState().fromMs).toBeCloseTo(t0 + 0.8 * hour + 5_000, 3);

    const elsewhere = opened();
    showStretch(elsewhere, { fromMs: t0, toMs: t0 + 0.5 * hour });
    noteRecorded(elsewhere, { fromMs: t0, toMs: t0 + 2 * hour });
    expect(elsewhere.getState()).toMatchObject({ fromMs: t0, toMs: t0 + 0.5 * hour });
  });

  test("a ring that forgets its beginning takes the view along", () => {
    const store = opened();
    showStretch(store, { fromMs: t0, toMs: t0 + 0.1 * hour });
    noteRecorded(store, { fromMs: t0 + 0.5 * hour, toMs: t0 + 1.5 * hour });
    expect(store.getState().fromMs).toBeCloseTo(t0 + 0.46 * hour, 3);
  });

  test("zooming keeps the moment under the pointer where it is", () => {
    const store = opened();
    const { fromMs, toMs } = store.getState();
    const at = t0 + 0.3 * hour;
    const share = (at - fromMs) / (toMs - fromMs);
    zoomStretch(store, at, 0.25);
    const now = store.getState();
    expect((at - now.fromMs) / (now.toMs - now.fromMs)).toBeCloseTo(share, 5);
    expect(now.toMs - now.fromMs).toBe((toMs - fromMs) / 4);
  });

  test("never leaves the recording nor becomes finer than ten seconds, whatever is done", () => {
    const step = fc.oneof(
      fc.record({
        at: fc.double({ min: -1, max: 2, noNaN: true }),
        factor: fc.constantFrom(0.001, 0.5, 3, 1e6),
      }),
      fc.record({ by: fc.double({ min: -3, max: 3, noNaN: true }) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 0, max: 400 * hour }),
        (steps, span) => {
          const store = opened(span);
          const whole = store.getState();
          for (const one of steps) {
            if ("by" in one) moveStretch(store, one.by * hour);
            else zoomStretch(store, t0 + one.at * span, one.factor);
          }
          const { fromMs, toMs } = store.getState();
          expect(fromMs).toBeGreaterThanOrEqual(whole.fromMs - 1e-3);
          expect(toMs).toBeLessThanOrEqual(whole.toMs + 1e-3);
          expect(toMs - fromMs).toBeGreaterThanOrEqual(10_000 - 1e-3);
        },
      ),
    );
  });

  test("turns the page when the cursor leaves it, forwards and backwards", () => {
    const store = opened();
    showStretch(store, { fromMs: t0, toMs: t0 + 600_000 });
    moveCursor(store, t0 + 599_000);
    expect(store.getState().fromMs).toBe(t0);
    moveCursor(store, t0 + 601_000);
    expect(store.getState().fromMs).toBe(t0 + 601_000 - 60_000);
    moveCursor(store, t0 + 500_000);
    expect(store.getState().toMs).toBe(t0 + 500_000 + 60_000);
  });

  test("leaves a person alone who looks elsewhere than where it plays", () => {
    const store = opened();
    moveCursor(store, t0 + 1_000);
    showStretch(store, { fromMs: t0 + 0.5 * hour, toMs: t0 + 0.6 * hour });
    moveCursor(store, t0 + 2_000);
    expect(store.getState().fromMs).toBe(t0 + 0.5 * hour);
    reveal(store, t0 + 2_000);
    expect(store.getState().fromMs).toBeLessThan(t0 + 2_000);
    showWhole(store);
    expect(store.getState().toMs).toBe(t0 + 1.04 * hour);
  });

  test("there is none while nothing is recorded", () => {
    const store = createTimelineStore();
    showWhole(store);
    moveStretch(store, 1);
    zoomStretch(store, 0, 2);
    expect(store.getState()).toMatchObject({ fromMs: 0, toMs: 0, recorded: null });
  });
});
