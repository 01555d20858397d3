import { beforeEach, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { scenarioTopic } from "#twins/scenario/scenario.ts";
import { contextOf } from "./context.fixture.ts";
import type { IntakeContext } from "./context.ts";
import { createRouter, type Router } from "./router.ts";

const twin = await smallCampus();
const start = Date.UTC(2026, 10, 23, 12);
const topic = scenarioTopic("drill");
const line = { zh: "演练", en: "A drill" };
const scenario = {
  id: "airlock",
  title: line,
  summary: line,
  source: null,
  startMs: 1_768_697_400_000,
  timeMs: 1_768_697_460_000,
  durationS: 3600,
  speed: 10,
  events: [
    { atS: 0, kind: "simulated", say: line },
    { atS: 60, kind: "simulated", say: line, faults: [] },
  ],
  views: [{ atS: 0, asset: "a/b01", metric: "load", xray: true, say: line }],
};

let nowMs: number;
let context: IntakeContext;
let router: Router;

beforeEach(() => {
  nowMs = start;
  context = contextOf(twin, () => nowMs);
  router = createRouter(context, { isPlant: false, filler: false, wires: new Set() });
  router.metadataComplete();
});

const send = (to: string, payload: unknown, retained = false): void => {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  router.message({ topic: to, payload: Buffer.from(text), retained, receivedMs: nowMs });
};
const declare = (origin: string): void => send("HT/v1/PUB/Source/drill", { id: "drill", origin });
const shown = () => context.scenarios.shown;
const refused = () => context.faults.list(() => ({ asset: null, metric: null }), 10)[0];

test.each(["simulated", "trace"])("a %s plant says what it plays, and since when we know it", (origin) => {
  declare(origin);
  send(topic, scenario);
  const { events, ...rest } = scenario;
  expect(shown()).toMatchObject({ publisher: "drill", origin, receivedMs: nowMs, state: rest });
  expect(shown()?.state.events).toEqual(events.map(({ atS, kind, say }) => ({ atS, kind, say })));
  expect(context.faults.total).toBe(0);
});

test("an emptied message ends it", () => {
  declare("simulated");
  send(topic, scenario);
  send(topic, "");
  expect(shown()).toBeNull();
  expect(context.faults.total).toBe(0);
});

test("a measured plant never shows a drill: neither at first, nor once it turns out to be measured", () => {
  declare("measured");
  send(topic, scenario);
  expect(shown()).toBeNull();
  expect(refused()).toMatchObject({ code: "scenario-refused", count: 1, example: { topic } });
  declare("simulated");
  send(topic, scenario);
  expect(shown()).not.toBeNull();
  declare("measured");
  expect(shown()).toBeNull();
});

test("it waits for its publisher's Source message, and is refused when none comes", () => {
  send(topic, scenario);
  expect(shown()).toBeNull();
  declare("simulated");
  expect(shown()?.state.id).toBe("airlock");

  const other = scenarioTopic("nobody");
  send(other, scenario);
  nowMs += 6000;
  router.tick(nowMs);
  expect(refused()).toMatchObject({ code: "scenario-refused", example: { topic: other } });
});

test("a message that waits cannot be changed by those after it", () => {
  const message = {
    topic,
    payload: Buffer.from(JSON.stringify(scenario)),
    retained: false,
    receivedMs: nowMs,
  };
  router.message(message);
  message.topic = "elsewhere";
  message.payload = Buffer.from("{}");
  declare("simulated");
  expect(shown()?.state.id).toBe("airlock");
});

test("one that the broker kept is of nobody knows when: it counts when it is said again", () => {
  declare("simulated");
  send(topic, scenario, true);
  expect(shown()).toBeNull();
  send(topic, scenario);
  expect(shown()?.state.id).toBe("airlock");
});

test("what our own plant plays is simulated before it has said so", () => {
  router = createRouter(context, { isPlant: true, filler: false, wires: new Set() });
  send(topic, scenario);
  expect(shown()).toMatchObject({ origin: "simulated" });
});

test("of two plants the first one's is shown until it ends", () => {
  declare("simulated");
  send("HT/v1/PUB/Source/other", { id: "other", origin: "simulated" });
  send(topic, scenario);
  send(scenarioTopic("other"), { ...scenario, id: "heatwave" });
  send(topic, { ...scenario, timeMs: scenario.timeMs + 1000 });
  expect(shown()?.state).toMatchObject({ id: "airlock", timeMs: scenario.timeMs + 1000 });
  send(topic, "");
  expect(shown()?.state.id).toBe("heatwave");
});

test.each([
  ["no JSON", "{"],
  ["a list", []],
  ["no title", { ...scenario, title: undefined }],
  ["a title in one language", { ...scenario, title: { en: "A drill" } }],
  ["a speed backwards", { ...scenario, speed: -1 }],
  ["a time that is none", { ...scenario, timeMs: "08:50" }],
  ["events out of order", { ...scenario, events: [...scenario.events].reverse() }],
  ["a kind that is neither", { ...scenario, events: [{ atS: 0, kind: "live", say: line }] }],
  ["public events from nowhere", { ...scenario, events: [{ atS: 0, kind: "public", say: line }] }],
  [
    "a grade that does not exist",
    { ...scenario, source: { what: line, publisher: "x", date: "2024", grade: "E" } },
  ],
  ["a thousand events", { ...scenario, events: Array.from({ length: 1000 }, () => scenario.events[0]) }],
  ["a payload of a megabyte", { ...scenario, pad: "x".repeat(1_000_000) }],
])("%s is counted with an example, and what was shown stays", (_name, payload) => {
  declare("simulated");
  send(topic, scenario);
  send(topic, payload);
  expect(context.faults.byCode()).toEqual({ "scenario-refused": 1 });
  expect(refused()?.example.detail).not.toBe("");
  expect(shown()?.state.id).toBe("airlock");
});
