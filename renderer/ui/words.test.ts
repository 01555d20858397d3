import { expect, test } from "vitest";
import { halfOf } from "./words.ts";

test("of words in both languages the one shown is kept", () => {
  const date = "2025年春,文章未署日期 / spring 2025, undated";
  expect(halfOf(date, "zh")).toBe("2025年春,文章未署日期");
  expect(halfOf(date, "en")).toBe("spring 2025, undated");
});

test("names, dates and addresses stay whole", () => {
  for (const text of ["2025-07-04", "新华社 via nabkanews.com", "969895.com 49295; m.163.com", "CSWD / NASA"])
    expect(halfOf(text, "en")).toBe(text);
});
