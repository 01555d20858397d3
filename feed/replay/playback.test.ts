import fc from "fast-check";
import { expect, test } from "vitest";
import type { TimeRange } from "#feed/contract/replay.ts";
import { Playback } from "./playback.ts";

const hour: TimeRange = { fromMs: 1_000_000, toMs: 4_600_000 };
const create = (range: TimeRange = hour, isGrowing = false) =>
  new Playback(
    () => range,
    () => isGrowing,
  );

test("plays at its speed, both ways, and stops at the ends", () => {
  const playback = create();
  playback.control({ seekMs: 2_000_000, speed: 10, isPlaying: true });
  expect(playback.advance(100)).toEqual([{ fromMs: 2_000_000, toMs: 2_001_000 }]);
  playback.control({ speed: -1000 });
  expect(playback.advance(100)).toEqual([{ fromMs: 2_001_000, toMs: 1_901_000 }]);
  playback.advance(10_000);
  expect(playback).toMatchObject({ cursorMs: hour.fromMs, isPlaying: false });
  playback.control({ speed: 1, seekMs: hour.toMs - 50, isPlaying: true });
  playback.advance(100);
  expect(playback).toMatchObject({ cursorMs: hour.toMs, isPlaying: false });
});

test("at the end, playing again begins anew; of a recording that goes on, it goes with it", () => {
  const ended = create();
  ended.control({ isPlaying: true });
  expect(ended.cursorMs).toBe(hour.fromMs);
  const range = { ...hour };
  const growing = create(range, true);
  growing.control({ isPlaying: true });
  expect(growing.cursorMs).toBe(hour.toMs);
  growing.advance(500);
  expect(growing).toMatchObject({ cursorMs: hour.toMs, isPlaying: true });
  Object.assign(range, { toMs: hour.toMs + 1000 });
  growing.advance(500);
  expect(growing.cursorMs).toBe(hour.toMs + 500);
});

test("a loop is never left while it plays, whatever the speed and the pace", () => {
  const loop = { fromMs: 2_000_000, toMs: 2_010_000 };
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000_000, max: 2_010_000 }),
      fc.double({ min: 0.1, max: 1000, noNaN: true }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 30 }),
      (seekMs, speed, isBack, steps) => {
        const playback = create();
        playback.control({ loop, seekMs, speed: isBack ? -speed : speed, isPlaying: true });
        for (const wallMs of steps) {
          playback.advance(wallMs);
          expect(playback.cursorMs).toBeGreaterThanOrEqual(loop.fromMs);
          expect(playback.cursorMs).toBeLessThanOrEqual(loop.toMs);
          expect(playback.isPlaying).toBe(true);
        }
      },
    ),
  );
});

test("a loop of no length is none; a cursor outside of its loop plays on", () => {
  const playback = create();
  playback.control({ loop: { fromMs: 2_000_000, toMs: 2_000_000 } });
  expect(playback.loop).toBeNull();
  playback.control({ loop: { fromMs: 2_000_000, toMs: 2_010_000 }, seekMs: 3_000_000, isPlaying: true });
  playback.advance(1000);
  expect(playback.cursorMs).toBe(3_001_000);
});
