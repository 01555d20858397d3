import { expect, test } from "vitest";
import { factsAt } from "./facts.ts";
import type { LaneData } from "./model.ts";

const t0 = 1_782_000_000_000;
const at = (seconds: number): number => t0 + seconds * 1000;
const event = (seconds: number) => ({
  timeMs: at(seconds),
  code: "source",
  about: "tcp://a",
  priority: null,
  detail: {},
});

const data: LaneData = {
  overview: {
    origin: "file",
    isGrowing: false,
    fromMs: at(0),
    toMs: at(100),
    files: [],
    covered: [
      { fromMs: at(0), toMs: at(40) },
      { fromMs: at(60), toMs: at(100) },
    ],
    problems: [],
    curves: null,
  },
  lanes: {
    fromMs: at(0),
    toMs: at(100),
    buckets: 10,
    covered: [1, 1, 1, 1, 0, 0, 1, 1, 1, 1],
    fresh: [1, 1, 0.5, 1, null, null, 1, 1, 1, 1],
    drops: [0, 0, 7, 0, 0, 0, 0, 0, 0, 0],
    faults: [0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
    alarms: [
      { place: "a/b02", priority: "low", count: [0, 0, 3, 0, 0, 0, 0, 0, 0, 0] },
      { place: "a/b01", priority: "high", count: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0] },
      { place: "a/b02", priority: "high", count: [0, 0, 2, 0, 0, 0, 0, 0, 0, 0] },
    ],
    isComplete: true,
  },
  rows: [],
  most: { critical: 1, high: 1, medium: 1, low: 1 },
  events: [event(22), event(23), event(23.5), event(24), event(70)],
  marks: [
    { id: "1", fromMs: at(21), toMs: null, text: "here", madeMs: 0 },
    { id: "2", fromMs: at(10), toMs: at(90), text: "all along", madeMs: 0 },
  ],
  layout: null,
};

test("a bucket with everything in it, the worst alarms first", () => {
  expect(factsAt(data, at(22.5), 2_000)).toMatchObject({
    pause: null,
    isBeyond: false,
    fresh: 0.5,
    drops: 7,
    faults: 2,
    alarms: [
      { priority: "high", count: 3, places: ["a/b01", "a/b02"] },
      { priority: "low", count: 3, places: ["a/b02"] },
    ],
    moreEvents: 1,
    marks: [{ id: "1" }, { id: "2" }],
  });
  expect(factsAt(data, at(22.5), 2_000).events.map(({ timeMs }) => timeMs)).toEqual([
    at(22),
    at(23),
    at(23.5),
  ]);
});

test("in a pause nothing is known: no share of fresh points, no alarms", () => {
  const facts = factsAt(data, at(50), 1_000);
  expect(facts).toMatchObject({
    pause: { fromMs: at(40), toMs: at(60) },
    fresh: null,
    alarms: [],
    events: [],
  });
});

test("beyond the ends, and before the first answer", () => {
  expect(factsAt(data, at(-1), 0)).toMatchObject({ isBeyond: true, fresh: null, drops: 0 });
  expect(factsAt({ ...data, lanes: null }, at(22), 0)).toMatchObject({ fresh: null, alarms: [] });
});
