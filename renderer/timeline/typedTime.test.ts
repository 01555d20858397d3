import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTypedTime, type TypedContext } from "./typedTime.ts";

const at = (iso: string): number => Date.parse(iso);
const hour = 3_600_000;

/** A recording of two days, the cursor at noon of the second at the site (UTC+8). */
const context: TypedContext = {
  cursorMs: at("2026-07-02T12:00:00+08:00"),
  range: { fromMs: at("2026-07-01T08:00:00+08:00"), toMs: at("2026-07-02T20:00:00+08:00") },
  offsetMin: 480,
};
const read = (text: string, change: Partial<TypedContext> = {}) =>
  readTypedTime(text, { ...context, ...change });
const moment = (iso: string) => ({ is: "moment", timeMs: at(iso) });

describe("absolute times", () => {
  test.each([
    ["2026-07-01 14:05:30", "2026-07-01T14:05:30+08:00"],
    ["2026-07-01T14:05:30.25", "2026-07-01T14:05:30.250+08:00"],
    ["2026/7/1 14:05", "2026-07-01T14:05:00+08:00"],
    ["2026年7月1日 14:05", "2026-07-01T14:05:00+08:00"],
    ["7月1日 14:05", "2026-07-01T14:05:00+08:00"],
    ["07-01 14:05", "2026-07-01T14:05:00+08:00"],
    ["2026-07-02", "2026-07-02T00:00:00+08:00"],
    ["2026-07-01T14:05:30Z", "2026-07-01T14:05:30Z"],
    ["2026-07-01 14:05 UTC", "2026-07-01T14:05:00Z"],
    ["2026-07-01 14:05+09:00", "2026-07-01T14:05:00+09:00"],
    ["2026-07-01 14:05 UTC+8", "2026-07-01T14:05:00+08:00"],
    ["14:05", "2026-07-02T14:05:00+08:00"],
    ["9:30:15", "2026-07-02T09:30:15+08:00"],
    [" 14:05:30 ", "2026-07-02T14:05:30+08:00"],
  ])("%s", (text, iso) => expect(read(text)).toEqual(moment(iso)));

  test("are in UTC where UTC is shown", () => {
    expect(read("2026-07-01 14:05", { offsetMin: 0 })).toEqual(moment("2026-07-01T14:05:00Z"));
  });

  test("a time without a date is on the nearest day that was recorded", () => {
    expect(read("23:50")).toEqual(moment("2026-07-01T23:50:00+08:00"));
    expect(read("00:10", { cursorMs: at("2026-07-01T23:55:00+08:00") })).toEqual(
      moment("2026-07-02T00:10:00+08:00"),
    );
    expect(read("07:00", { cursorMs: context.range.fromMs })).toEqual(moment("2026-07-02T07:00:00+08:00"));
  });

  test("beyond the recording is said to be so, with the time that was meant", () => {
    expect(read("2026-06-01 10:00")).toEqual({ is: "outside", timeMs: at("2026-06-01T10:00:00+08:00") });
  });
});

describe("relative times", () => {
  test.each([
    ["-10m", -10 / 60],
    ["+30s", 30 / 3600],
    ["-1h30m", -1.5],
    ["- 1.5 h", -1.5],
    ["−10分", -10 / 60],
    ["-1小时30分钟", -1.5],
    ["+20秒", 20 / 3600],
    ["+1h 2m 3s", 1 + 2 / 60 + 3 / 3600],
  ])("%s", (text, hours) =>
    expect(read(text)).toEqual({ is: "moment", timeMs: Math.round(context.cursorMs + hours * hour) }),
  );

  test("stop at the ends of the recording", () => {
    expect(read("-9d")).toEqual({ is: "moment", timeMs: context.range.fromMs });
    expect(read("+9d")).toEqual({ is: "moment", timeMs: context.range.toMs });
  });
});

test.each(["now", "LIVE", "现在", "实时"])("%s goes back to the present", (text) =>
  expect(read(text)).toEqual({ is: "live" }),
);

test.each([
  "",
  "soon",
  "-10",
  "+",
  "-10x",
  "-10m later",
  "25:00",
  "14:60",
  "14:5",
  "2026-02-30 10:00",
  "2026-13-01",
  "14",
  "14:05 +99:00",
  "1405",
])("“%s” is not a time", (text) => expect(read(text)).toEqual({ is: "unreadable" }));

test("full-width signs of a Chinese keyboard are read", () => {
  expect(read("14：05：30")).toEqual(moment("2026-07-02T14:05:30+08:00"));
  expect(read("－10ｍ")).toEqual({ is: "moment", timeMs: context.cursorMs - 600_000 });
});

test("every moment of the recording is found again by its own writing, in any zone", () => {
  const { fromMs, toMs } = context.range;
  fc.assert(
    fc.property(fc.integer({ min: fromMs, max: toMs }), fc.integer({ min: -12, max: 14 }), (timeMs, zone) => {
      const offsetMin = zone * 60;
      const text = new Date(timeMs + offsetMin * 60_000).toISOString().slice(0, -1);
      expect(read(text, { offsetMin })).toEqual({ is: "moment", timeMs });
      expect(read(new Date(timeMs).toISOString(), { offsetMin })).toEqual({ is: "moment", timeMs });
    }),
  );
});

test("whatever is typed is answered, and a moment is always one of the recording", () => {
  const { fromMs, toMs } = context.range;
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9:. smhdzTZ年月日]{0,20}$/)), (text) => {
      const answer = read(text);
      if (answer.is !== "moment") return;
      expect(answer.timeMs).toBeGreaterThanOrEqual(fromMs);
      expect(answer.timeMs).toBeLessThanOrEqual(toMs);
    }),
  );
});
