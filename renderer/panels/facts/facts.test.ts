import { expect, it } from "vitest";
import { tinyTwin } from "#renderer/data/tiny-twin.fixture.ts";
import type { Fact, FactPoint } from "#twins/model/twin.ts";
import { cases, costOf, energyEstimate, fossilFactor } from "./inference.ts";
import { monthOf, publishedPoints } from "./series.ts";
import { percentIn } from "./words.ts";

const scope = { zh: "全市", en: "city" };
const fact = (id: string, point?: FactPoint, more: Partial<Fact> = {}): Fact => ({
  id,
  kind: "press",
  title: scope,
  quote: id,
  source: "s",
  date: "d",
  grade: "B",
  ...(point && { point }),
  ...more,
});

it("draws published points by time, each alone: no other series, no quarantined fact, no sum", () => {
  const compute = (value: number, at: string): FactPoint => ({ series: "compute", value, at, scope });
  const facts = [
    fact("later", compute(91_000, "2025-07")),
    fact("none"),
    fact("first", compute(24_000, "2024-08")),
    fact("green", { series: "green", value: 43, at: "2024-12", scope }),
    fact("kept-out", compute(1, "2025-01"), { quarantined: true }),
  ];
  const points = publishedPoints({ ...tinyTwin({}), facts }, "compute");
  expect(points.map(({ point }) => point.value)).toEqual([24_000, 91_000]);
  expect(monthOf("2025-01") - monthOf("2024-12")).toBe(1);
});

it("reads the first percentage of published words", () => {
  expect(percentIn("智能算力占比高达95%,另有 84.57 %")).toBe(95);
  expect(percentIn("绿电84.57%")).toBe(84.57);
  expect(percentIn("没有")).toBeUndefined();
});

it("derives a request's cost from its assumptions alone, and nothing without a PUE", () => {
  const { itWh, facilityWh, grams } = costOf({ tokens: 1000 }, { pue: 1.2, gramsPerWh: 0.5 });
  expect(itWh).toBeCloseTo(0.6, 12);
  expect(facilityWh).toBeCloseTo(0.72, 12);
  expect(grams).toBeCloseTo(0.36, 12);
  expect(costOf(cases.bonc, { pue: null, gramsPerWh: 0.5 })).toEqual({
    itWh: (energyEstimate.wh * cases.bonc.tokens) / energyEstimate.tokens,
    facilityWh: null,
    grams: null,
  });
});

it("has the article's factor as CAMPUS derives it: 63.5万吨 over 760 GWh is 0.836 kg/kWh", () => {
  expect(fossilFactor).toBeCloseTo(0.836, 3);
});
