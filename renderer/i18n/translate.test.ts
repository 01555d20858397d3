import { describe, expect, test } from "vitest";
import { editProblemCodes } from "#feed/contract/edit.ts";
import { faultCodes } from "#feed/contract/status.ts";
import { twinProblemCodes } from "#twins/model/schema.ts";
import { en } from "./en.ts";
import { faultText } from "./faults.ts";
import { problemText } from "./problems.ts";
import { type TextKey, translator } from "./translate.ts";
import { zh } from "./zh.ts";

const keys = Object.keys(en) as TextKey[];
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("dictionaries", () => {
  test("have the same keys", () => {
    expect(Object.keys(zh).sort()).toEqual([...keys].sort());
  });

  test.each(keys)("%s has the same placeholders in both languages, and a text in each", (key) => {
    expect(placeholders(zh[key])).toEqual(placeholders(en[key]));
    expect(zh[key].length).toBeGreaterThan(0);
    expect(en[key].length).toBeGreaterThan(0);
  });

  test.each(faultCodes)("fault %s says what happened and what to do in both languages", (code) => {
    const texts = [faultText("en", code), faultText("zh", code)];
    for (const text of texts) for (const part of Object.values(text)) expect(part).not.toBe("");
    expect(texts[0]).not.toEqual(texts[1]);
  });
});

describe("problems of a twin", () => {
  test.each([...twinProblemCodes, ...editProblemCodes])("%s is told in both languages", (code) => {
    const [inEnglish, inChinese] = [problemText("en", code), problemText("zh", code)];
    expect(inEnglish?.what).toBeTruthy();
    expect(inChinese?.tip).toMatch(/\p{Script=Han}/u);
  });

  test("an unknown code has no text of ours", () => {
    expect(problemText("en", "something-else")).toBeUndefined();
  });
});

describe("translate", () => {
  test("fills placeholders", () => {
    expect(translator("en")("age.seconds", { n: 12 })).toBe("12 s ago");
    expect(translator("zh")("age.seconds", { n: 12 })).toBe("12 秒前");
  });

  test("keeps a value that looks like a placeholder", () => {
    expect(translator("en")("search.none", { text: "{text}" })).toBe("Nothing is called “{text}”");
  });
});
