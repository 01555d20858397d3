import { expect, test } from "vitest";
import { mendLanguage } from "./language.ts";

test.each([
  ["zh-CN", "zh-CN"],
  ["en-US@posix", "en-US"],
  ["C", "en-US"],
  ["", "en-US"],
])("of %s it makes %s, which uPlot can be loaded with", (language, expected) => {
  const host = { language };
  mendLanguage(host);
  expect(host.language).toBe(expected);
  expect(() => new Intl.NumberFormat(host.language)).not.toThrow();
});
