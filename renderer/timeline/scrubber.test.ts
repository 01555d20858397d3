import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createScrubber } from "./scrubber.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setUp = () => {
  const asked: number[] = [];
  const waiting: boolean[] = [];
  const scrubber = createScrubber({
    ask: (timeMs) => asked.push(timeMs),
    onWaiting: (is) => waiting.push(is),
    patienceMs: 1_000,
  });
  return { asked, waiting, scrubber };
};

describe("scrubbing", () => {
  test("asks once, and for the newest when that is shown", () => {
    const { asked, scrubber } = setUp();
    for (const timeMs of [10, 20, 30, 40]) scrubber.want(timeMs);
    expect(asked).toEqual([10]);
    expect(scrubber.aimMs).toBe(40);
    scrubber.shown(10, 0);
    expect(asked).toEqual([10, 40]);
    scrubber.shown(40, 0);
    expect(asked).toEqual([10, 40]);
    expect(scrubber.aimMs).toBeNull();
  });

  test("what is shown meanwhile and was not asked for answers nothing", () => {
    const { asked, scrubber } = setUp();
    scrubber.want(10);
    scrubber.want(20);
    scrubber.shown(5, 1);
    expect(asked).toEqual([10]);
    scrubber.shown(10.4, 1);
    expect(asked).toEqual([10, 20]);
  });

  test("a hand that came back to where it was asks nothing again", () => {
    const { asked, scrubber } = setUp();
    scrubber.want(10);
    scrubber.want(20);
    scrubber.want(10);
    scrubber.shown(10, 0);
    expect(asked).toEqual([10]);
  });

  test("an answer that never comes does not end it", () => {
    const { asked, waiting, scrubber } = setUp();
    scrubber.want(10);
    scrubber.want(20);
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual([10, 20]);
    vi.advanceTimersByTime(1_000);
    expect(waiting).toEqual([true, false]);
  });

  test("what is dropped is neither asked for nor awaited", () => {
    const { asked, waiting, scrubber } = setUp();
    scrubber.want(10);
    scrubber.want(20);
    scrubber.drop();
    vi.advanceTimersByTime(5_000);
    expect(asked).toEqual([10]);
    expect(waiting).toEqual([true, false]);
  });

  test("never more than one question is open, and the last moment wanted is the last one asked for", () => {
    const step = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant("answer" as const));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const open: number[] = [];
        const asked: number[] = [];
        let last: number | null = null;
        const scrubber = createScrubber({
          ask: (timeMs) => {
            open.push(timeMs);
            asked.push(timeMs);
          },
        });
        const answer = (): void => {
          const timeMs = open.shift();
          if (timeMs !== undefined) scrubber.shown(timeMs, 0);
        };
        for (const one of steps) {
          if (one === "answer") answer();
          else {
            last = one;
            scrubber.want(one);
          }
          expect(open.length).toBeLessThanOrEqual(1);
        }
        while (open.length > 0) answer();
        scrubber.drop();
        expect(asked.at(-1) ?? null).toBe(last);
      }),
    );
  });
});
