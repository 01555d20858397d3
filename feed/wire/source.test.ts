import { expect, test } from "vitest";
import { parseSource } from "./source.ts";

test("a declaration is read", () => {
  const payload = '{"id":"gw","origin":"trace","periodMs":500,"heartbeatMs":0,"metadataCount":"7"}';
  expect(parseSource("gw", payload)).toMatchObject({ id: "gw", periodMs: 500, heartbeatMs: null });
});

/** Found by `npm run bench -- fuzz`. */
test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
  "the origin %s is none, though every object has one",
  (origin) => {
    expect(parseSource("gw", JSON.stringify({ id: "gw", origin }))).toContain("is not measured");
  },
);

/** Found by `npm run bench -- fuzz`: to write it into the reason overflowed the stack. */
test("an id or origin of a hundred thousand levels is named, not written out", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect(parseSource("gw", `{"id":${deep}}`)).toBe('id a list differs from the topic\'s "gw"');
  expect(parseSource("gw", `{"id":"gw","origin":${deep}}`)).toContain("origin a list is not");
});
