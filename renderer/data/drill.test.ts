import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScenarioShown } from "#feed/contract/scenario.ts";
import { drillMoment, silentMs } from "./drill.ts";

const line = { zh: "演练", en: "Drill" };
const startMs = 1_768_697_400_000;
const receivedMs = 1_795_000_000_000;

const shown = (change: Partial<ScenarioShown["state"]> = {}): ScenarioShown => ({
  publisher: "ht-plant",
  origin: "simulated",
  receivedMs,
  state: {
    id: "airlock",
    title: line,
    summary: line,
    source: null,
    startMs,
    timeMs: startMs,
    durationS: 3600,
    speed: 10,
    events: [0, 60, 1800].map((atS) => ({ atS, kind: "simulated", say: line })),
    views: [{ atS: 30 }, { atS: 1800 }],
    ...change,
  },
});

test("plant time runs at the drill's speed from when it was last said", () => {
  expect(drillMoment(shown(), receivedMs + 6000)).toEqual({
    plantMs: startMs + 60_000,
    elapsedS: 60,
    event: 1,
    view: 0,
    hasEnded: false,
    isSilent: false,
  });
});

test("before the first event or view there is none", () => {
  const early = shown({ events: [{ atS: 5, kind: "simulated", say: line }] });
  expect(drillMoment(early, receivedMs)).toMatchObject({ event: -1, view: -1, elapsedS: 0 });
});

test("of events at one time the last counts", () => {
  const crowded = shown({ events: [0, 60, 60].map((atS) => ({ atS, kind: "simulated", say: line })) });
  expect(drillMoment(crowded, receivedMs + 6000).event).toBe(2);
});

test("a plant that fell silent is not played on by us", () => {
  const later = drillMoment(shown(), receivedMs + silentMs + 60_000);
  expect(later).toMatchObject({ isSilent: true, plantMs: startMs + 10 * silentMs });
});

test("at its end it says so, and no more time passes than it lasts", () => {
  const moment = drillMoment(shown({ timeMs: startMs + 3_599_000 }), receivedMs + 1000);
  expect(moment).toMatchObject({ hasEnded: true, elapsedS: 3600, event: 2, view: 1 });
});

test("a paused cursor before the last message looks back, never before the start", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -3_600_000, max: 3_600_000 }),
      fc.double({ min: 0, max: 100 }),
      (ms, speed) => {
        if (Number.isNaN(speed)) return;
        const moment = drillMoment(shown({ speed, timeMs: startMs + 900_000 }), receivedMs + ms);
        expect(moment.elapsedS).toBeGreaterThanOrEqual(0);
        expect(moment.elapsedS).toBeLessThanOrEqual(3600);
        if (ms < 0) expect(moment.plantMs).toBeLessThanOrEqual(startMs + 900_000);
      },
    ),
  );
});
