import { expect, test } from "vitest";
import { conversionBetween } from "./units.ts";

const convert = (value: number, from: string, to: string): number | null => {
  const conversion = conversionBetween(from, to);
  return conversion && value * conversion.scale + conversion.offset;
};

test.each([
  [12_000, "W", "kW", 12],
  [1.5, "MW", "kW", 1500],
  [77, "F", "Cel", 25],
  [298.15, "K", "Cel", 25],
  [25, "C", "Cel", 25],
  [0.5, "1", "%", 50],
  [10, "GPM", "L/min", 37.85411784],
  [60, "m3/h", "L/min", 1000],
  [2, "MWh", "kWh", 2000],
  [3, "千瓦", "kW", 3],
  [60, "立方米/小时", "L/min", 1000],
  [7, "度", "kWh", 7],
])("%d %s is in %s %d", (value, from, to, expected) => {
  expect(convert(value, from, to)).toBeCloseTo(expected, 9);
});

test("what does not measure the same thing, or is unknown, is never guessed", () => {
  expect(conversionBetween("RPM", "%")).toBeNull();
  expect(conversionBetween("kW", "kWh")).toBeNull();
  expect(conversionBetween("kVA", "kW")).toBeNull();
  expect(conversionBetween("度", "Cel")).toBeNull();
  expect(conversionBetween("furlong", "m/s")).toBeNull();
  expect(conversionBetween("furlong", "furlong")).toEqual({ scale: 1, offset: 0 });
});
