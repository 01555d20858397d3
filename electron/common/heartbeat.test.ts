import { expect, test } from "vitest";
import { judge, newPulse, type Pulse, takeBeat, type Verdict } from "./heartbeat.ts";

const rules = { silentAfterMs: 10, frozenAfterMs: 20, startMs: 100 };

/** Beats as [time, frames, last data, hidden], then the verdict at a later time. */
const verdict = (
  beats: readonly (readonly [atMs: number, frames: number, dataMs: number, hidden?: boolean])[],
  nowMs: number,
): Verdict => {
  const pulse = beats.reduce<Pulse>(
    (before, [atMs, frames, lastDataMs, hidden = false]) =>
      takeBeat(before, { frames, lastDataMs, hidden }, atMs),
    newPulse(0),
  );
  return judge(pulse, nowMs, rules);
};

test("a page that is still loading has time until its first beat", () => {
  expect(verdict([], 100)).toBe("well");
  expect(verdict([], 101)).toBe("silent");
});

test("silence is a hang", () => {
  expect(verdict([[5, 1, 1]], 15)).toBe("well");
  expect(verdict([[5, 1, 1]], 16)).toBe("silent");
});

test("a picture that stands still without new data is well", () => {
  expect(
    verdict(
      [
        [0, 7, 1],
        [10, 7, 1],
        [20, 7, 1],
        [30, 7, 1],
        [40, 7, 1],
      ],
      41,
    ),
  ).toBe("well");
});

test("new data that is not drawn is a frozen picture, from the first undrawn data on", () => {
  const beats = [
    [0, 7, 1],
    [10, 7, 2],
    [20, 7, 3],
    [30, 7, 3],
  ] as const;
  expect(verdict(beats, 30)).toBe("well");
  expect(verdict(beats, 31)).toBe("frozen");
});

test("one frame heals", () => {
  expect(
    verdict(
      [
        [0, 7, 1],
        [10, 7, 2],
        [20, 7, 3],
        [30, 8, 4],
      ],
      40,
    ),
  ).toBe("well");
});

test("a hidden page need not draw, and gets its full time when shown again", () => {
  expect(
    verdict(
      [
        [0, 7, 1],
        [10, 7, 2],
        [20, 7, 3, true],
        [30, 7, 4],
      ],
      40,
    ),
  ).toBe("well");
});

test("a reloaded page counts from zero again and that is a frame", () => {
  expect(
    verdict(
      [
        [0, 7, 1],
        [10, 7, 2],
        [20, 0, 0],
      ],
      30,
    ),
  ).toBe("well");
});
