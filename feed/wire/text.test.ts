import { expect, test } from "vitest";
import { keptText, shownValue } from "./text.ts";

test("short text is kept as it is, long text by its beginning", () => {
  expect(keptText("BMS/v1/PUB")).toBe("BMS/v1/PUB");
  expect(keptText("机".repeat(512))).toBe("机".repeat(512));
  expect(keptText("x".repeat(65_535))).toBe(`${"x".repeat(511)}…`);
});

test.each([
  [undefined, "undefined"],
  [null, "null"],
  [1e300, "1e+300"],
  ["kW", '"kW"'],
  ["x".repeat(5_000_000), `"${"x".repeat(80)}…"`],
  [JSON.parse("[".repeat(100_000) + "]".repeat(100_000)), "a list"],
  [{ toString: 1 }, "an object"],
])("a value is shown in a few words, whatever it is", (value, text) => {
  expect(shownValue(value)).toBe(text);
});
