import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { translator } from "#renderer/i18n/translate.ts";
import {
  formatAge,
  formatElapsed,
  formatOffset,
  formatSiteClock,
  formatSiteMoment,
  formatSpan,
} from "./time.ts";

const horinger = 480;

describe("site time", () => {
  const instant = Date.UTC(2026, 6, 15, 6, 3, 5);

  test("is written as the standard says, in both languages", () => {
    expect(formatSiteClock("zh", instant, horinger)).toBe("2026年7月15日 星期三 14:03:05");
    expect(formatSiteClock("en", instant, horinger)).toBe("2026-07-15 14:03:05");
  });

  test("crosses midnight and year with the site, not with the machine", () => {
    expect(formatSiteClock("en", Date.UTC(2025, 11, 31, 16, 0, 0), horinger)).toBe("2026-01-01 00:00:00");
    expect(formatSiteClock("en", Date.UTC(2025, 11, 31, 15, 59, 59), horinger)).toBe("2025-12-31 23:59:59");
  });

  test("of another day at the site carries its date", () => {
    const at = (timeMs: number) => formatSiteMoment("en", timeMs, { nowMs: instant, utcOffsetMin: horinger });
    expect(at(instant - 3_600_000)).toBe("13:03:05");
    expect(at(Date.UTC(2026, 6, 14, 15, 59, 59))).toBe("2026-07-14 23:59:59");
  });

  test("does not depend on the machine's zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -720, max: 840 }), (ms, offset) => {
        const expected = new Date(ms + offset * 60_000).toISOString().slice(0, 19).replace("T", " ");
        expect(formatSiteClock("en", ms, offset)).toBe(expected);
      }),
    );
  });

  test("offsets", () => {
    expect([480, 0, 330, -210].map(formatOffset)).toEqual(["UTC+8", "UTC", "UTC+5:30", "UTC−3:30"]);
  });
});

describe("ages and spans", () => {
  const t = translator("en");

  test("use one unit and round down", () => {
    const ages = [0, 999, 1000, 119_999, 120_000, 7_199_999, 7_200_000, 172_800_000];
    expect(ages.map((ms) => formatAge(t, ms))).toEqual([
      "just now",
      "just now",
      "1 s ago",
      "119 s ago",
      "2 min ago",
      "119 min ago",
      "2 h ago",
      "2 d ago",
    ]);
  });

  test("spans keep their sign", () => {
    expect([-250, 0, 10_000, 900_000].map((ms) => formatSpan(t, ms))).toEqual([
      "-250 ms",
      "0 s",
      "10 s",
      "15 min",
    ]);
  });
});

test.each([
  [0, "T+0:00:00"],
  [59.9, "T+0:00:59"],
  [8 * 60 + 30, "T+0:08:30"],
  [100 * 3600, "T+100:00:00"],
])("%d s from the start reads %s", (seconds, text) => {
  expect(formatElapsed(seconds)).toBe(text);
});
