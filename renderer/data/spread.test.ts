import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Freshness, Quality } from "#twins/model/quality.ts";
import { sameSpread, spreadBins, spreadOf } from "./spread.ts";
import type { ClassState } from "./state.ts";

const fresh = Quality.good | (Freshness.fresh << 2);
const stale = Quality.good | (Freshness.stale << 2);

/** A class with one column. */
const stateOf = (cells: readonly (readonly [value: number, status: number])[]): ClassState => ({
  className: "rack",
  rows: cells.length,
  columns: 1,
  value: Float64Array.from(cells, ([value]) => value),
  status: Uint8Array.from(cells, ([, status]) => status),
  sampleTimeMs: new Float64Array(cells.length),
  receivedTimeMs: new Float64Array(cells.length),
  dirtyBlocks: new Uint8Array(1),
  version: 1,
});

describe("where values lie now", () => {
  it("knows usable ones only: stale, bad and never seen have no part", () => {
    const state = stateOf([
      [20, fresh],
      [24, fresh],
      [90, stale],
      [95, Quality.bad | (Freshness.fresh << 2)],
      [0, 0],
      [Number.NaN, fresh],
    ]);
    const spread = spreadOf(state, { rows: [0, 6], column: 0, range: [0, 100] });
    expect([spread.count, spread.low, spread.high]).toEqual([2, 20, 24]);
    expect(spread.bins.filter((height) => height > 0)).toHaveLength(2);
  });

  it("keeps to its rows, and to the fixed range", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { minLength: 3 }), (values) => {
        const state = stateOf(values.map((value) => [value, fresh] as const));
        const spread = spreadOf(state, { rows: [1, values.length - 1], column: 0, range: [0, 100] });
        const inside = values.slice(1, -1);
        expect(spread.count).toBe(inside.length);
        expect([spread.low, spread.high]).toEqual([Math.min(...inside), Math.max(...inside)]);
        expect(spread.bins).toHaveLength(spreadBins);
        expect(Math.max(...spread.bins)).toBe(8);
        const below = inside.filter((value) => value < 100 / spreadBins).length;
        expect(spread.bins[0]! > 0).toBe(below > 0);
      }),
    );
  });

  it("lets a value that is told to a wide step stand over all of it", () => {
    const state = stateOf([
      [6.7, fresh],
      [6.8, fresh],
    ]);
    const { bins } = spreadOf(state, { rows: [0, 2], column: 0, range: [6.6, 7.2], step: 0.1 });
    const of = (kw: number): number => bins[Math.floor(((kw - 6.6) / 0.6) * spreadBins)]!;
    expect([6.61, 6.66, 6.74, 6.76, 6.84, 6.87].map((kw) => of(kw) > 0)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("is another picture only when what is told changed", () => {
    const of = (high: number) =>
      spreadOf(
        stateOf([
          [20, fresh],
          [high, fresh],
        ]),
        { rows: [0, 2], column: 0, range: [0, 100] },
      );
    expect(sameSpread(0.1)(of(24), of(24.02))).toBe(true);
    expect(sameSpread(0.1)(of(24), of(24.2))).toBe(false);
    const none = spreadOf(stateOf([[1, stale]]), { rows: [0, 1], column: 0, range: [0, 100] });
    expect(none.count).toBe(0);
    expect(sameSpread(0.1)(none, of(24))).toBe(false);
  });
});
