import { expect, it } from "vitest";
import { airOf, clearAir } from "#renderer/scene/campus/air.ts";
import { Fall } from "./fall.ts";

const calm = { cloud: 1, windEast: 0, windSouth: 0, rain: 0, snowfall: 0, snow: 0, wet: 0 };
const now = { nowMs: 1_000 };

it("nothing is drawn in clear air; rain, snow and dust each only while the station tells of them", () => {
  const fall = new Fall({});
  const seen = (air: typeof clearAir): readonly [drops: boolean, sheets: boolean] => {
    fall.frame(now, air);
    return [fall.drops.visible, fall.sheets.visible];
  };
  expect(seen(clearAir)).toEqual([false, false]);
  expect(seen(airOf(6000, 60, { ...calm, rain: 0.4 }))).toEqual([true, false]);
  expect(seen(airOf(3000, 60, { ...calm, snowfall: 0.4 }))).toEqual([true, false]);
  expect(seen(airOf(700, 5000, { ...calm, windEast: 14 }))).toEqual([false, true]);
  expect(seen(airOf(700, 5000, calm))).toEqual([false, false]);
  expect(seen(clearAir)).toEqual([false, false]);
});

it("harder rain has more drops", () => {
  const fall = new Fall({});
  fall.frame(now, airOf(6000, 60, { ...calm, rain: 0.05 }));
  const few = fall.drops.geometry.instanceCount;
  fall.frame(now, airOf(6000, 60, { ...calm, rain: 1 }));
  expect(fall.drops.geometry.instanceCount).toBeGreaterThan(1.5 * few);
});
