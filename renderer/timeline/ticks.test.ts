import * as fc from "fast-check";
import { expect, test } from "vitest";
import { axisTicks } from "./ticks.ts";

const at = (iso: string): number => Date.parse(iso);

test("an hour on a wide axis: whole minutes of the site", () => {
  const range = { fromMs: at("2026-07-01T13:58:30+08:00"), toMs: at("2026-07-01T14:58:30+08:00") };
  const { named, plain } = axisTicks(range, 1600, 480);
  expect(named.map(({ text }) => text)).toEqual([
    ...["14:00", "14:05", "14:10", "14:15", "14:20", "14:25", "14:30", "14:35", "14:40", "14:45", "14:50"],
    "14:55",
  ]);
  expect(plain.length).toBe(48);
});

test("midnight is named by its date, in the zone that is shown", () => {
  const range = { fromMs: at("2026-07-01T12:00:00Z"), toMs: at("2026-07-03T00:00:00Z") };
  const days = (offsetMin: number) =>
    axisTicks(range, 1000, offsetMin)
      .named.filter(({ isDay }) => isDay)
      .map(({ timeMs, text }) => [new Date(timeMs).toISOString().slice(0, 16), text]);
  expect(days(480)).toEqual([
    ["2026-07-01T16:00", "07-02"],
    ["2026-07-02T16:00", "07-03"],
  ]);
  expect(days(0)).toEqual([
    ["2026-07-02T00:00", "07-02"],
    ["2026-07-03T00:00", "07-03"],
  ]);
});

test("seconds are told where they are seen apart", () => {
  const fromMs = at("2026-07-01T14:05:00+08:00");
  const { named } = axisTicks({ fromMs, toMs: fromMs + 20_000 }, 900, 480);
  expect(named[1]!.text).toBe("14:05:02");
});

test("lines lie within the stretch, apart, and never too many, whatever the stretch", () => {
  const width = fc.integer({ min: 100, max: 4000 });
  const span = fc.integer({ min: 1_000, max: 90 * 86_400_000 });
  fc.assert(
    fc.property(span, width, fc.constantFrom(480, 0, 330, -210), (spanMs, pixels, offsetMin) => {
      const fromMs = 1_782_000_123_456;
      const { named, plain } = axisTicks({ fromMs, toMs: fromMs + spanMs }, pixels, offsetMin);
      expect(named.length).toBeLessThanOrEqual(pixels / 84 + 1);
      expect(plain.length).toBeLessThanOrEqual(pixels / 5 + 1);
      for (const timeMs of [...named.map((tick) => tick.timeMs), ...plain]) {
        expect(timeMs).toBeGreaterThanOrEqual(fromMs);
        expect(timeMs).toBeLessThanOrEqual(fromMs + spanMs);
      }
    }),
  );
});

test("no stretch, no lines", () => {
  expect(axisTicks({ fromMs: 5, toMs: 5 }, 100, 0)).toEqual({ named: [], plain: [] });
  expect(axisTicks({ fromMs: 0, toMs: 5 }, 0, 0).named).toEqual([]);
});
