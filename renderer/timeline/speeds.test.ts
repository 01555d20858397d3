import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fallsShort, shuttled, sliderShare, speedAtShare, speedDigits, speedPresets } from "./speeds.ts";

test("L goes forwards and each press is faster, up to the most there is", () => {
  let now = { speed: 1, isPlaying: false };
  const pressed: number[] = [];
  for (let i = 0; i < 10; i++) {
    now = { speed: shuttled(now, 1), isPlaying: true };
    pressed.push(now.speed);
  }
  expect(pressed).toEqual([1, 2, 5, 10, 30, 60, 100, 300, 1000, 1000]);
});

test("J goes backwards at once, whatever went forwards, and as fast", () => {
  expect(shuttled({ speed: 60, isPlaying: true }, -1)).toBe(-1);
  expect(shuttled({ speed: -1, isPlaying: true }, -1)).toBe(-2);
  expect(shuttled({ speed: -60, isPlaying: true }, 1)).toBe(1);
  expect(shuttled({ speed: -60, isPlaying: false }, -1)).toBe(-1);
});

test("slow motion is left by L at its own pace", () => {
  expect(shuttled({ speed: 0.1, isPlaying: true }, 1)).toBe(1);
});

test("the slider's ends are the least and the most, and 10 is in its middle", () => {
  expect(sliderShare(0.1)).toBe(0);
  expect(sliderShare(-1000)).toBeCloseTo(1, 12);
  expect(sliderShare(10)).toBeCloseTo(0.5, 12);
  expect(speedAtShare(0)).toBe(0.1);
  expect(speedAtShare(1)).toBe(1000);
  expect(speedAtShare(sliderShare(1.03))).toBe(1);
});

test("every speed of the slider is within bounds, and grows along it", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, (a, b) => {
      const [low, high] = [speedAtShare(Math.min(a, b)), speedAtShare(Math.max(a, b))];
      expect(low).toBeGreaterThanOrEqual(0.1);
      expect(high).toBeLessThanOrEqual(1000);
      expect(low).toBeLessThanOrEqual(high);
    }),
  );
  for (const preset of speedPresets) expect(speedAtShare(sliderShare(preset))).toBe(preset);
});

test("only what is well below the wish falls short of it", () => {
  expect(fallsShort(1000, 620)).toBe(true);
  expect(fallsShort(-1000, -990)).toBe(false);
  expect(fallsShort(1000, null)).toBe(false);
});

test("speeds are written short and without a sign", () => {
  expect([1000, -0.25, 46.4, 3].map(speedDigits)).toEqual(["1000", "0.25", "46", "3"]);
});
