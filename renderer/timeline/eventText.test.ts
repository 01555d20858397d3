import { expect, test } from "vitest";
import { translator } from "#renderer/i18n/translate.ts";
import { eventText } from "./eventText.ts";

const event = (code: string, detail: Readonly<Record<string, unknown>> = {}) => ({
  timeMs: 0,
  code,
  about: "x",
  priority: null,
  detail,
});
const en = translator("en");
const zh = translator("zh");

test("events of the log and alarms are told in both languages", () => {
  expect(eventText(en, event("alarm"), "Building 7")).toBe("Alarm: Building 7");
  expect(eventText(zh, event("alarm"), "7号机楼")).toBe("告警:7号机楼");
  expect(eventText(en, event("recording-resumes", { lostSeconds: 12 }), "")).toBe(
    "Recording resumes after 12 s",
  );
  expect(eventText(en, event("source", { from: "live", to: "lost" }), "mqtt://a")).toMatch(
    /^Connection to mqtt:\/\/a: /,
  );
  expect(eventText(zh, event("drops", { count: 3, reason: "queue" }), "")).toBe("丢弃 3 条:queue");
});

test("a code of a newer recording stands as it is, a state without a word too", () => {
  expect(eventText(en, event("something-new"), "")).toBe("something-new");
  expect(eventText(en, event("publisher", { to: "dozing" }), "ht-plant")).toBe("Publisher ht-plant: dozing");
});
