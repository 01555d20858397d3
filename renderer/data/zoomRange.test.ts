import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heatmapIds, heatmaps } from "./heatmaps.ts";
import { fixedScales, scaleInForce, type Zoom } from "./scales.ts";
import { digitsOf, roundStep, zoomedRange, zoomedTicks } from "./zoomRange.ts";

const of = (...values: number[]): Float64Array => Float64Array.from(values);

const isMultiple = (value: number, step: number): boolean =>
  Math.abs(value / step - Math.round(value / step)) < 1e-6;

const fixed = fc.constantFrom(...Object.values(fixedScales).map(({ range }) => range));
/** Some values, from within their fixed range to beyond it. */
const cases = fixed.chain(([low, high]) =>
  fc.record({
    fixed: fc.constant([low, high] as const),
    values: fc.array(fc.double({ min: low - (high - low) / 2, max: high + (high - low) / 2, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    }),
  }),
);

describe("a zoomed range", () => {
  it.each([
    ["a room's inlets", [24.2, 25.1, 26.4], [15, 35], [24, 26.5]],
    ["a field in the sun", [6.72, 7.18, 7], [0, 25], [6.7, 7.2]],
    ["racks' power", [16.69, 17.73, 18.82], [0, 24], [16.5, 19]],
    ["a hall's load", [51.8, 100], [0, 100], [50, 100]],
    ["one value", [20], [15, 35], [19.8, 20.2]],
    ["all at the upper end", [100, 100], [0, 100], [98, 100]],
    ["below zero by night", [-0.05, -0.04], [0, 25], [0, 0.5]],
    ["one value a little below an end that is not round", [6.21249999995], [0, 6.25], [6.1, 6.25]],
  ] as const)("has round ends around %s", (_what, values, within, range) => {
    expect(zoomedRange(of(...values), within)).toEqual(range);
  });

  it("holds all values within the fixed range between round ends, no further off than a step", () => {
    fc.assert(
      fc.property(cases, ({ fixed: [low, high], values }) => {
        const [from, to] = zoomedRange(of(...values), [low, high])!;
        const clamped = values.map((value) => Math.min(high, Math.max(low, value)));
        const [least, most] = [Math.min(...clamped), Math.max(...clamped)];
        const nearly = (high - low) * 1e-9;
        expect(from).toBeGreaterThanOrEqual(low);
        expect(to).toBeLessThanOrEqual(high);
        expect(to).toBeGreaterThan(from);
        expect(from).toBeLessThanOrEqual(least + nearly);
        expect(to).toBeGreaterThanOrEqual(most - nearly);
        const span = Math.max(most - least, (high - low) / 50);
        const step = roundStep([from, to]);
        for (const end of [from, to])
          if (end !== low && end !== high) expect(isMultiple(end, step)).toBe(true);
        // Six steps at most, and no step could be two sizes smaller: at least a quarter of the window is used.
        expect((to - from) / step).toBeLessThanOrEqual(6 + 1e-6);
        expect(to - from).toBeLessThanOrEqual(span * 3.5);
      }),
      { numRuns: 500 },
    );
  });

  it("is not spoiled by a few that stand far off, but by no more than a few", () => {
    const many = Array.from({ length: 200 }, (_, i) => 6.7 + (i % 10) * 0.05);
    expect(zoomedRange(of(...many, 0, 0, 0), [0, 25])).toEqual([6.6, 7.2]);
    expect(zoomedRange(of(...many, 0, 24), [0, 25])).toEqual([6.6, 7.2]);
    expect(zoomedRange(of(...many, ...Array(20).fill(0)), [0, 25])).toEqual([0, 8]);
  });

  it("is none without values", () => {
    expect(zoomedRange(of(), [0, 25])).toBeNull();
  });

  it("has a number at both ends and at round values between, told apart by their digits", () => {
    expect(zoomedTicks([24, 26.5])).toEqual([24, 24.5, 25, 25.5, 26, 26.5]);
    fc.assert(
      fc.property(cases, ({ fixed: within, values }) => {
        const range = zoomedRange(of(...values), within)!;
        const ticks = zoomedTicks(range);
        expect([ticks[0], ticks.at(-1)]).toEqual([range[0], range[1]]);
        expect(ticks.length).toBeLessThanOrEqual(7);
        const digits = digitsOf(roundStep(range));
        const told = ticks.map((value) => value.toFixed(digits));
        expect(new Set(told).size).toBe(told.length);
        for (const value of ticks.slice(1, -1)) expect(Number(value.toFixed(digits))).toBe(value);
      }),
    );
  });
});

describe("the range in force", () => {
  const zoom: Zoom = { scale: "inletTemperature", of: "room/0", range: [24, 26.5] };

  it("is the zoomed one of the scale that was zoomed, of all others the fixed one", () => {
    expect(scaleInForce("inletTemperature", zoom)).toMatchObject({
      id: "inletTemperature",
      palette: heatmaps.inletTemperature.palette,
      range: [24, 26.5],
    });
    for (const id of ["load", "power", "pue", "pvTable", "windTurbine"] as const)
      expect(scaleInForce(id, zoom)).toBe(fixedScales[id]);
    for (const id of heatmapIds) expect(scaleInForce(id, null)).toBe(heatmaps[id]);
  });

  it("is one object for one zoom: whoever draws can tell that nothing changed", () => {
    expect(scaleInForce("inletTemperature", zoom)).toBe(scaleInForce("inletTemperature", zoom));
    expect(scaleInForce("inletTemperature", { ...zoom })).not.toBe(scaleInForce("inletTemperature", zoom));
  });
});
