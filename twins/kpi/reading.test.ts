import { expect, test } from "vitest";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { balancePercent, ratioOf, sumOf } from "./reading.ts";

const good = (origin: Origin, freshness: Freshness = Freshness.fresh) =>
  packStatus(Quality.good, freshness, origin);
const sum = (...inputs: readonly (readonly [number, number])[]) =>
  sumOf(
    inputs.map((_, i) => i),
    (i) => ({ value: inputs[i]![0], status: inputs[i]![1], sampleMs: 1000 + i, receivedMs: 2000 + i }),
  );

test("usable inputs add up, and the weakest origin wins", () => {
  expect(sum([1, good(Origin.measured)], [2, good(Origin.trace)])).toMatchObject({
    value: 3,
    origin: Origin.trace,
  });
  expect(sum([1, good(Origin.measured)]).origin).toBe(Origin.derived);
});

test("no meter, no number: one that is missing, bad or stale takes the sum with it", () => {
  for (const status of [0, packStatus(Quality.bad, Freshness.fresh, 0), good(0, Freshness.stale)]) {
    const result = sum([1, good(Origin.measured)], [2, status]);
    expect(result.value).toBeNaN();
    expect(result).toMatchObject({ usable: 1, needed: 2 });
  }
  expect(sum().value).toBeNaN();
});

test("a sum says when nothing but age is in its way", () => {
  const stale = good(Origin.measured, Freshness.stale);
  expect(sum([1, good(Origin.measured)], [2, stale])).toMatchObject({ aged: true, value: Number.NaN });
  expect(sum([1, good(Origin.measured)], [2, good(Origin.measured)]).aged).toBe(false);
  const bad = packStatus(Quality.bad, Freshness.stale, Origin.measured);
  expect(sum([1, stale], [2, bad]).aged).toBe(false);
  expect(sum([1, stale], [2, 0]).aged).toBe(false);
});

test("measured and simulated never mix in one number", () => {
  const result = sum([1, good(Origin.measured)], [2, good(Origin.simulated)]);
  expect(result.mixed).toBe(true);
  expect(result.value).toBeNaN();
});

test("a late input is still an input, and shows", () => {
  expect(sum([4, good(Origin.measured, Freshness.late)])).toMatchObject({ value: 4, late: true });
});

test("ratio and balance have no value where they have no meaning", () => {
  expect(ratioOf(120, 100)).toBe(1.2);
  expect(ratioOf(100, 100)).toBe(1);
  expect(ratioOf(99, 100)).toBeNaN();
  expect(ratioOf(-20, 100)).toBeNaN();
  expect(ratioOf(120, 0)).toBeNaN();
  expect(balancePercent(200, 190)).toBe(5);
  expect(balancePercent(0, 190)).toBeNull();
  expect(balancePercent(200, Number.NaN)).toBeNull();
});
