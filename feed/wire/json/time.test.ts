import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeReader, zoneAt } from "./time.ts";

const noon = Date.UTC(2026, 6, 1, 4);
const china = 8 * 3_600_000;

test.each([
  ["s", 1_782_878_400],
  ["s", "1782878400"],
  ["ms", 1_782_878_400_000],
  ["us", 1_782_878_400_000_000],
  ["ns", 1.7828784e18],
  ["iso", "2026-07-01T12:00:00+08:00"],
  ["iso", "2026-07-01T04:00:00Z"],
  ["iso", "2026-07-01 12:00:00.000+0800"],
  ["iso", "2026-07-01T04:00Z"],
] as const)("%s: %s", (format, value) => expect(timeReader(format, null)(value)).toBe(noon));

describe("a date without a zone has that of the mapping", () => {
  const read = timeReader("YYYY-MM-DD HH:mm:ss", china);
  test.each(["2026-07-01 12:00:00", "2026/07/01 12:00:00", "2026-07-01T12:00", " 2026-07-01 12:00:00 "])(
    "%s",
    (text) => expect(read(text)).toBe(noon),
  );
  test("unless it says its own", () => expect(read("2026-07-01 04:00:00Z")).toBe(noon));
  test("fractions", () => expect(read("2026-07-01 12:00:00.25")).toBe(noon + 250));
});

test.each([
  "2026-07-01T12:00:00",
  "noon",
  "",
  "2026-13-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2026-07-01T25:00:00Z",
  "2026-07-01T00:00:00+99:00",
  "2026-07-01T00:00:00.Z",
  "26-7-1 1:2:3",
  5,
  null,
  undefined,
  {},
])("%j is no time", (value) => expect(timeReader("iso", null)(value)).toBeNaN());

test.each([null, undefined, "", "x", [], {}, true, Number.NaN])("%j is no epoch", (value) =>
  expect(timeReader("s", null)(value)).toBeNaN(),
);

test("zones", () => {
  expect(["Z", "+08:00", "-0330", "+08"].map((text) => zoneAt(text, 0) / 60_000)).toEqual([
    0, 480, -210, 480,
  ]);
  for (const text of ["", "8", "+8", "+08:0", "+08:00x", "CST"]) expect(zoneAt(text, 0), text).toBeNaN();
});

test("every instant comes back from its text in any zone, as Date itself reads it", () => {
  const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2199, 11, 31) });
  const quarters = fc.integer({ min: -48, max: 56 });
  fc.assert(
    fc.property(instant, quarters, (ms, quarter) => {
      const offsetMs = quarter * 900_000;
      const text = new Date(ms + offsetMs).toISOString().slice(0, -1);
      expect(timeReader("YYYY-MM-DD HH:mm:ss", offsetMs)(text.replace("T", " "))).toBe(ms);
      expect(timeReader("iso", null)(`${text}Z`)).toBe(Date.parse(`${text}Z`));
    }),
  );
});
