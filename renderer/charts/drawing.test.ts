import { expect, test } from "vitest";
import type { Series } from "#feed/contract/replay.ts";
import { lastKnown } from "./doubts.ts";
import { groupsOf } from "./groups.ts";
import type { Picture } from "./picture.ts";
import { readoutAt } from "./readout.ts";
import { axisRange } from "./scaleY.ts";
import { tickText, timeTicks } from "./timeTicks.ts";

const pointsOf = (...metrics: readonly string[]) =>
  metrics.map((metric, slot) => ({ className: "rack", row: 1, metric, slot }) as const);

const series = (last: readonly (number | null)[], doubt: readonly number[]): Series => ({
  fromMs: 0,
  stepMs: 1000,
  min: last,
  max: last,
  last,
  doubt,
});
const pictureOf = (...all: readonly Series[]): Picture => ({
  fromMs: 0,
  stepMs: 1000,
  buckets: all[0]!.last.length,
  series: all,
});

test("points of one unit share their axes, or each has its own", () => {
  const points = pointsOf("power", "inletTemperature", "outletTemperature");
  const cut = (layout: "unit" | "each") =>
    groupsOf({ points, layout }).map(({ curves }) => curves.map(({ metric, index }) => [metric.id, index]));
  expect(cut("unit")).toEqual([
    [["power", 0]],
    [
      ["inletTemperature", 1],
      ["outletTemperature", 2],
    ],
  ]);
  expect(cut("each")).toHaveLength(3);
});

test("a value that went stale is told with what it was and since when; a gap tells nothing", () => {
  const curve = series([7, 8, null, null, null], [0, 0, 2, 2, 4]);
  const picture = pictureOf(curve);
  expect(readoutAt(picture, curve, 1500)).toMatchObject({ last: 8, held: null, doubt: 0 });
  expect(readoutAt(picture, curve, 3999)).toMatchObject({ last: null, held: { value: 8, sinceMs: 2000 } });
  expect(readoutAt(picture, curve, 4500)).toMatchObject({ last: null, held: null, doubt: 4 });
  expect(readoutAt(picture, curve, 5000)).toBeNull();
  expect(lastKnown(curve)).toBe(3);
  expect(lastKnown(series([null], [4]))).toBe(-1);
});

test("an axis reaches as far as what is in sight and not bad; or over the metric's range", () => {
  const [group] = groupsOf({ points: pointsOf("power"), layout: "unit" });
  const picture = pictureOf(series([5, 6, 10, 900, null], [0, 0, 0, 3, 4]));
  const view = { fromMs: 0, toMs: 5000 };
  const [low, high] = axisRange(group!, picture, { view, scale: "auto" });
  expect(low).toBeGreaterThan(4);
  expect(high).toBeLessThan(11);
  expect(axisRange(group!, picture, { view, scale: "range" })).toEqual([0, 24]);
  expect(axisRange(group!, null, { view, scale: "auto" })).toEqual([0, 24]);
  const onlyBad = axisRange(group!, picture, { view: { fromMs: 3000, toMs: 4000 }, scale: "auto" });
  expect(onlyBad[1]).toBeGreaterThan(900);
});

test("lines of the time axis stand at whole times of the zone, wide enough apart", () => {
  const fromMs = Date.UTC(2026, 6, 1, 15, 20);
  const ticks = timeTicks({ fromMs, toMs: fromMs + 3 * 3_600_000 }, 900, 480);
  expect(ticks.map((timeMs) => tickText(timeMs, { offsetMin: 480, hasSeconds: false }))).toEqual([
    "23:30",
    "07-02",
    "00:30",
    "01:00",
    "01:30",
    "02:00",
  ]);
});
