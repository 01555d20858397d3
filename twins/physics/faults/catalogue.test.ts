import { describe, expect, test } from "vitest";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import { conditionsOfClass } from "#twins/physics/conditions.ts";
import { faultAt, faultKinds, faultsAt } from "./catalogue.ts";

const conditions: Readonly<Record<string, readonly string[]>> = conditionsOfClass;

test("every condition of the physics can be brought about by name", () => {
  for (const [className, names] of Object.entries(conditions))
    for (const name of names)
      expect([className, faultAt(className as ClassName, name)?.sets]).toEqual([className, name]);
});

test("an id means one thing at an asset", () => {
  for (const className of classNames) {
    const ids = faultsAt(className).map(({ id }) => id);
    expect([className, ids.filter((id, i) => ids.indexOf(id) !== i)]).toEqual([className, []]);
  }
});

describe.each(faultKinds.map((kind) => [`${kind.className ?? "any"}.${kind.id}`, kind] as const))(
  "%s",
  (_name, kind) => {
    test("sets a condition of its class", () => {
      if (kind.acts === "condition") expect(conditions[kind.className!]).toContain(kind.sets);
    });

    test.each([
      ["name", kind.name, 16, 60],
      ["what follows", kind.follows, 60, 150],
    ])("%s: in both languages, and short", (_what, { zh, en }, longestZh, longestEn) => {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(zh.length).toBeLessThanOrEqual(longestZh);
      expect(en.length).toBeLessThanOrEqual(longestEn);
    });
  },
);
