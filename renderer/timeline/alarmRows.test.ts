import { expect, test } from "vitest";
import type { AlarmLane } from "#feed/contract/replay.ts";
import { mostByPriority, rowsByPlace, rowsByPriority } from "./alarmRows.ts";

const lanes: readonly AlarmLane[] = [
  { place: "a/b01", priority: "low", count: [0, 2, 0] },
  { place: "a/b02", priority: "high", count: [1, 0, 0] },
  { place: "a/b03", priority: "high", count: [1, 1, 0] },
  { place: "a/b03", priority: "critical", count: [0, 1, 0] },
  { place: "a/b01", priority: "high", count: [0, 1, 4] },
];
const brief = ({
  place,
  priority,
  count,
}: {
  place: string | null;
  priority: string;
  count: readonly number[];
}) => [place, priority, ...count].join(" ");

test("all places together: a row a priority, worst first, summed", () => {
  expect(rowsByPriority(lanes).map(brief)).toEqual([" critical 0 1 0", " high 2 2 4", " low 0 2 0"]);
  expect(rowsByPriority([])).toEqual([]);
});

test("place by place: the worst place first, its priorities in order, its name once", () => {
  const rows = rowsByPlace(lanes);
  expect(rows.map(brief)).toEqual([
    "a/b03 critical 0 1 0",
    "a/b03 high 1 1 0",
    "a/b01 high 0 1 4",
    "a/b01 low 0 2 0",
    "a/b02 high 1 0 0",
  ]);
  expect(rows.map(({ isFirst }) => isFirst)).toEqual([true, false, true, false, true]);
});

test("all rows of a priority share one measure", () => {
  expect(mostByPriority(rowsByPlace(lanes))).toEqual({ critical: 1, high: 4, medium: 1, low: 2 });
});
