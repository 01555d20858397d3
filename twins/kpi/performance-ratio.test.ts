import { expect, test } from "vitest";
import { performanceRatio } from "./performance-ratio.ts";

test("a module at its standard conditions gives its rating", () => {
  expect(performanceRatio(30, { ratedKw: 30, irradiance: 1000, moduleC: 25 })).toBe(1);
  expect(performanceRatio(15, { ratedKw: 30, irradiance: 500, moduleC: 25 })).toBe(1);
});

test("heat is no fault of the module", () => {
  expect(performanceRatio(30 * 0.895, { ratedKw: 30, irradiance: 1000, moduleC: 55 })).toBeCloseTo(1);
});

test("no light, no ratio", () => {
  expect(performanceRatio(0, { ratedKw: 30, irradiance: 0, moduleC: 10 })).toBeNaN();
  expect(performanceRatio(1, { ratedKw: Number.NaN, irradiance: 800, moduleC: 10 })).toBeNaN();
});
