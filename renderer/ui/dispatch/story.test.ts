import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tariff } from "#twins/model/tariff.ts";
import type { JobOrder } from "#twins/scenario/scenario.ts";
import { kgPerHour, priceAt, type StorySeen, stepNow, storySteps } from "./story.ts";

/** The job of the scenario `beijing-job`: an hour of data. */
const job: JobOrder = {
  kind: "training",
  from: "net/beijing",
  to: "a/hero",
  racks: 90,
  dataTb: 45,
  gbitPerS: 100,
  durationS: 7200,
};
const seen = (now: Partial<StorySeen>): StorySeen => ({
  sinceOrderS: 0,
  movedTb: 0,
  gbitPerS: 0,
  loadPercent: 8,
  ...now,
});

describe("a job from elsewhere", () => {
  it("goes through its steps as its data and its racks do", () => {
    const course: [Partial<StorySeen>, string | null][] = [
      [{ sinceOrderS: -1 }, null],
      [{ sinceOrderS: 30 }, "reserve"],
      [{ sinceOrderS: 61, gbitPerS: 100 }, "stage"],
      [{ sinceOrderS: 1860, movedTb: 22.5, gbitPerS: 100 }, "stage"],
      [{ sinceOrderS: 3700, movedTb: 45 }, "load"],
      [{ sinceOrderS: 4200, movedTb: 45, loadPercent: 88 }, "run"],
      [{ sinceOrderS: 11_100, movedTb: 0, loadPercent: 30 }, "done"],
    ];
    for (const [now, step] of course) expect(stepNow(job, seen(now))).toBe(step);
  });

  it("is nowhere known where telemetry says nothing usable", () => {
    expect(stepNow(job, seen({ movedTb: null }))).toBeNull();
    expect(stepNow(job, seen({ gbitPerS: null }))).toBeNull();
    expect(stepNow(job, seen({ sinceOrderS: 4000, movedTb: 45, loadPercent: null }))).toBe("load");
  });

  it("never goes back while data come in and racks warm up", () => {
    const rising = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(rising, (parts) => {
        let last = 0;
        for (const part of [...parts].sort((a, b) => a - b)) {
          const movedTb = Math.min(45, 90 * part);
          const gbitPerS = movedTb < 45 && part > 0 ? 100 : 0;
          const loadPercent = movedTb < 45 ? 8 : 8 + 160 * (part - 0.5);
          const step = stepNow(job, seen({ sinceOrderS: 60 + 7200 * part, movedTb, gbitPerS, loadPercent }));
          if (movedTb === 0 && part > 0.2) continue;
          const at = storySteps.indexOf(step!);
          expect(at).toBeGreaterThanOrEqual(last);
          last = at;
        }
      }),
    );
  });
});

describe("what it costs", () => {
  const tariff: Tariff = {
    source: "notice",
    date: "2026",
    currency: "CNY",
    periods: [
      { kind: "valley", months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], from: 23, to: 7, pricePerKwh: 0.21 },
      { kind: "peak", months: [7], from: 17, to: 22, pricePerKwh: 0.55 },
    ],
    demandPerKwMonth: null,
    capacityPerKvaMonth: null,
    powerFactor: null,
  };

  it("is what the tariff names at that hour, and nothing else", () => {
    expect(priceAt(tariff, Date.parse("2026-07-03T02:30:00Z"))).toBe(0.21);
    expect(priceAt(tariff, Date.parse("2026-07-03T23:30:00Z"))).toBe(0.21);
    expect(priceAt(tariff, Date.parse("2026-07-03T18:00:00Z"))).toBe(0.55);
    expect(priceAt(tariff, Date.parse("2026-06-03T18:00:00Z"))).toBeNull();
    expect(priceAt(tariff, Date.parse("2026-07-03T12:00:00Z"))).toBeNull();
  });

  it("emits power times a published factor", () => {
    expect(kgPerHour(1700, { scope: "national", year: 2024, kgPerKwh: 0.5, source: "" })).toBe(850);
  });
});
