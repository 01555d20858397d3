import fc from "fast-check";
import { expect, test } from "vitest";
import { addTrend, createTrendsStore, mostTrends, removeTrend, renameTrends } from "./trends.ts";

const rack = (row: number) => ({ className: "rack", row, metric: "power" }) as const;

test("every curve has a look of its own, and keeps it while others come and go", () => {
  const step = fc.record({ isAdded: fc.boolean(), row: fc.integer({ min: 0, max: 15 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const store = createTrendsStore();
      for (const { isAdded, row } of steps) {
        const before = store.getState().points;
        (isAdded ? addTrend : removeTrend)(store, rack(row));
        const { points } = store.getState();
        expect(points.length).toBeLessThanOrEqual(mostTrends);
        expect(new Set(points.map(({ slot }) => slot)).size).toBe(points.length);
        for (const point of points) {
          const same = before.find((each) => each.row === point.row);
          if (same) expect(point).toBe(same);
        }
        expect(points.some((point) => point.row === row)).toBe(isAdded);
      }
    }),
  );
});

test("a ninth curve takes the place of the first", () => {
  const store = createTrendsStore();
  for (let row = 0; row < 9; row++) addTrend(store, rack(row));
  expect(store.getState().points.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(store.getState().points.at(-1)!.slot).toBe(0);
});

test("in another expansion the same assets are drawn, and those that are gone are not", () => {
  const store = createTrendsStore();
  for (const row of [3, 4]) addTrend(store, rack(row));
  renameTrends(store, ({ className, row }) => (row === 3 ? { className, row: 30 } : null));
  expect(store.getState().points).toEqual([{ ...rack(30), slot: 0 }]);
});
