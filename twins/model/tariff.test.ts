import { expect, test } from "vitest";
import { loadTwin } from "./load.ts";
import { sampleFiles, sampleTwin } from "./sample.fixture.ts";

const night = { kind: "valley", from: 23, to: 7, pricePerKwh: 0.21 };
const tariff = { source: "notice 1", date: "2026-01", currency: "CNY", periods: [night] };
const factor = { scope: "national", year: 2024, kgPerKwh: 0.53, source: "notice 2" };

const loaded = (changes: object) => loadTwin(sampleFiles({ "twin.json": { ...sampleTwin, ...changes } }));

test("without them there is no tariff and no emission factor", () => {
  const { tariff: none, carbonFactors, problems } = loaded({});
  expect([none, carbonFactors, problems]).toEqual([null, [], []]);
});

test("what is written is read, with nothing made up for the rest", () => {
  const twin = loaded({ tariff: { ...tariff, demandPerKwMonth: 28 }, carbon: [factor] });
  expect(twin.problems).toEqual([]);
  expect(twin.tariff).toEqual({
    ...tariff,
    periods: [{ ...night, months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }],
    demandPerKwMonth: 28,
    capacityPerKvaMonth: null,
    powerFactor: null,
  });
  expect(twin.carbonFactors).toEqual([factor]);
});

test.each([
  ["a kind that there is not", { periods: [{ ...night, kind: "cheap" }] }, "twin-field-range"],
  ["a 25th hour", { periods: [night, { ...night, from: 25 }] }, "twin-field-range"],
  ["a 13th month", { periods: [{ ...night, months: [13] }] }, "twin-field-range"],
  ["no source", { source: undefined }, "twin-field-missing"],
  ["a currency by its sign", { currency: "¥" }, "twin-field-range"],
])("half a tariff is none: %s", (_, changes, code) => {
  const twin = loaded({ tariff: { ...tariff, ...changes } });
  expect(twin.tariff).toBeNull();
  expect(twin.problems).toContainEqual(expect.objectContaining({ code, file: "twin.json" }));
});

test("a wrong factor is left out alone, a misspelt field is said", () => {
  const twin = loaded({ carbon: [factor, { ...factor, scope: "lunar" }, { ...factor, kgPerKwH: 1 }] });
  expect(twin.carbonFactors).toEqual([factor, factor]);
  expect(twin.problems.map(({ code }) => code)).toEqual(["twin-field-range", "twin-field-unknown"]);
});
