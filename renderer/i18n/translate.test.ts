import { describe, expect, test } from "vitest";
import { editProblemCodes } from "#feed/contract/edit.ts";
import { plantProblemCodes } from "#feed/contract/plant.ts";
import { openProblemCodes } from "#feed/contract/recordings.ts";
import { faultCodes, sourceErrorCodes } from "#feed/contract/status.ts";
import { twinProblemCodes } from "#twins/model/schema.ts";
import { en } from "./en.ts";
import { faultText } from "./faults.ts";
import { openProblemText } from "./open-problems.ts";
import { problemText } from "./problems.ts";
import { sourceErrorText } from "./source-errors.ts";
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

describe("why a broker cannot be read", () => {
  test.each(sourceErrorCodes)("%s says what happened and what to do in both languages", (code) => {
    const [inEnglish, inChinese] = [sourceErrorText("en", code), sourceErrorText("zh", code)];
    for (const { what, tip } of [inEnglish, inChinese]) {
      expect(what).not.toMatch(/[.。]$/);
      expect(tip).toMatch(/[.。]$/);
    }
    expect(inEnglish.what + inEnglish.tip).not.toMatch(/\p{Script=Han}/u);
    expect(inChinese.what).toMatch(/\p{Script=Han}/u);
    expect(inChinese.tip).toMatch(/\p{Script=Han}/u);
  });

  test("no two codes are told alike", () => {
    for (const language of ["en", "zh"] as const)
      expect(new Set(sourceErrorCodes.map((code) => sourceErrorText(language, code).what)).size).toBe(
        sourceErrorCodes.length,
      );
  });
});

describe("why a recording cannot be opened", () => {
  test.each(openProblemCodes)("%s says what happened and what to do in both languages", (code) => {
    const [inEnglish, inChinese] = [openProblemText("en", code), openProblemText("zh", code)];
    for (const part of Object.values(inEnglish!)) expect(part).toMatch(/^[^\p{Script=Han}]+\.$/u);
    for (const part of Object.values(inChinese!)) expect(part).toMatch(/\p{Script=Han}.*。$/u);
  });

  test("no two codes are told alike, and an unknown one not at all", () => {
    const told = openProblemCodes.map((code) => openProblemText("zh", code)!.what);
    expect(new Set(told).size).toBe(openProblemCodes.length);
    expect(openProblemText("en", "other")).toBeUndefined();
  });
});

describe("problems of a twin", () => {
  test.each([...twinProblemCodes, ...editProblemCodes, ...plantProblemCodes])(
    "%s is told in both languages",
    (code) => {
      const [inEnglish, inChinese] = [problemText("en", code), problemText("zh", code)];
      expect(inEnglish?.what).toBeTruthy();
      expect(inChinese?.tip).toMatch(/\p{Script=Han}/u);
    },
  );

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
