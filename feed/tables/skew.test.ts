import fc from "fast-check";
import { expect, test } from "vitest";
import { SkewEstimates } from "./skew.ts";

test("whatever the delays on the way, the estimate is the clock's offset less the smallest of them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -86_400_000, max: 300_000 }),
      fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 50 }),
      (offsetMs, delays) => {
        const skew = new SkewEstimates();
        for (const delayMs of delays) skew.note(3, offsetMs - delayMs);
        expect(skew.of(3)).toBe(offsetMs - Math.min(...delays));
        expect(skew.of(4)).toBeNull();
      },
    ),
  );
});

test("an estimate outlives one window, not two: a clock that was put right is believed", () => {
  const skew = new SkewEstimates();
  skew.note(1, 90_000);
  skew.roll();
  skew.note(1, -40);
  expect(skew.of(1)).toBe(90_000);
  skew.roll();
  expect(skew.of(1)).toBe(-40);
});

test("where every sample is refused as of the future, the least of them tells; one accepted sample tells more", () => {
  const skew = new SkewEstimates();
  for (const leadMs of [3_600_900, 3_600_020, 9e12]) skew.noteRefused(2, leadMs);
  expect(skew.of(2)).toBe(3_600_020);
  skew.note(2, -12);
  expect(skew.of(2)).toBe(-12);
});

test("after our own clock was set nothing is known", () => {
  const skew = new SkewEstimates();
  skew.note(1, 5);
  skew.forget();
  expect(skew.of(1)).toBeNull();
});
