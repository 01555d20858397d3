import fc from "fast-check";
import { expect, test } from "vitest";
import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames, type MetricSpec } from "#twins/model/metric.ts";
import { canFreeze, frozenMinutes } from "./frozen.ts";

const metric = (className: ClassName, id: string): MetricSpec =>
  classSpec(className).metrics.find((each) => each.id === id)!;
const inlet = metric("rack", "inletTemperature");
const power = metric("rack", "power");
const never = Number.POSITIVE_INFINITY;

test("a reading with more digits than its metric needs freezes in half an hour, a rounded one in six", () => {
  expect(frozenMinutes(inlet, 21.3726, 10_000)).toBe(30);
  expect(frozenMinutes(inlet, 21.4, 10_000)).toBe(360);
  expect(frozenMinutes(inlet, Math.fround(21.4), 10_000)).toBe(360);
});

test("whole degrees Fahrenheit are rounded too, whatever they are in Celsius", () => {
  expect(frozenMinutes(inlet, (71 - 32) / 1.8, 10_000)).toBe(360);
});

test("a slow sensor has thirty samples first, and one without a period never freezes", () => {
  expect(frozenMinutes(inlet, 21.3726, 100_000)).toBe(65);
  expect(frozenMinutes(inlet, 21.3726, never)).toBe(never);
});

test("what stands still is not frozen: a machine at nought, a sensor at the end of its range", () => {
  expect(frozenMinutes(power, 0, 10_000)).toBe(never);
  expect(frozenMinutes(metric("rack", "load"), 100, 10_000)).toBe(never);
  expect(frozenMinutes(metric("weatherStation", "airTemperature"), 0, 10_000)).toBe(360);
});

test("states, counters, computed values, commands and reported figures never freeze", () => {
  const spared = classNames.flatMap((name) => classSpec(name).metrics).filter((each) => !canFreeze(each));
  const ids = new Set(spared.map(({ id }) => id));
  for (const id of ["status", "leakDetect", "energy", "totalPower", "fanSpeed", "yaw", "reportedPue"])
    expect(ids).toContain(id);
  for (const each of spared) expect(frozenMinutes(each, 1.2345, 1000)).toBe(never);
});

test("nothing freezes before half an hour and thirty samples", () => {
  const freezing = classNames.flatMap((name) => classSpec(name).metrics).filter(canFreeze);
  fc.assert(
    fc.property(
      fc.constantFrom(...freezing),
      fc.double({ noNaN: true, min: -1e5, max: 1e5 }),
      fc.integer({ min: 100, max: 3_600_000 }),
      (each, value, periodMs) => {
        const minutes = frozenMinutes(each, value, periodMs);
        expect(minutes).toBeGreaterThanOrEqual(30);
        expect((minutes * 60_000) / periodMs).toBeGreaterThanOrEqual(30);
      },
    ),
  );
});
