import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileEach, compilePath, createCursor, eachElement, readPath } from "./path.ts";

const read = (path: string, message: unknown): unknown => {
  const compiled = compilePath(path);
  if (!compiled.ok) throw new Error(compiled.error);
  return readPath(compiled.value, { ...createCursor(), message });
};

test.each([
  ["$.a.b", 1],
  ["$['a']['b']", 1],
  ['$["c d"]', 2],
  ["$['it\\'s']", 5],
  ["$.list[1]", 4],
  ["$.遥测", 6],
  ["$", "whole"],
])("%s", (path, value) => {
  const message = { a: { b: 1 }, "c d": 2, "it's": 5, list: [3, 4], 遥测: 6 };
  expect(read(path, path === "$" ? "whole" : message)).toBe(value);
});

test.each(["$.a.b.c", "$.list.length", "$.constructor", "$.list.0", "$.list[9]", "$.none", "$.a[0]"])(
  "nothing stands at %s",
  (path) => expect(read(path, { a: { b: 1 }, list: [1] })).toBeUndefined(),
);

test.each(["a", "", "$..a", "$.a[", "$.a[-1]", "$.a]", "$.a b", "$.m[*].v"])("%j is no path", (path) => {
  expect(compilePath(path).ok).toBe(false);
});

test.each(["$", "$.a", "@[*]", "$.m[*].v"])("%j is no each", (path) =>
  expect(compileEach(path).ok).toBe(false),
);

describe("each", () => {
  const walked = (each: string, paths: readonly string[], message: unknown): unknown[] => {
    const path = compileEach(each);
    const compiled = paths.map((text) => compilePath(text));
    if (!path.ok) throw new Error(path.error);
    const cursor = { ...createCursor(), message };
    const found: unknown[] = [];
    eachElement(path.value, cursor, () =>
      found.push([
        cursor.keys[cursor.depth - 1],
        ...compiled.map((one) => one.ok && readPath(one.value, cursor)),
      ]),
    );
    return found;
  };

  test("stands at elements of elements and knows what is around them", () => {
    const message = {
      t: 9,
      d: [{ id: "x", p: [{ v: 1 }, { v: 2 }] }, { id: "y", p: { k: { v: 3 } } }, { id: "z" }],
    };
    expect(walked("$.d[*].p[*]", ["@.v", "^.id", "$.t", "^^.id"], message)).toEqual([
      [0, 1, "x", 9, undefined],
      [1, 2, "x", 9, undefined],
      ["k", 3, "y", 9, undefined],
    ]);
  });

  test("of nothing there is nothing", () => {
    for (const message of [null, 1, {}, { d: null }, { d: 5 }, { d: [] }])
      expect(walked("$.d[*]", ["@"], message)).toEqual([]);
  });
});

test("any member of any object is found by its quoted name, and reading never throws", () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (name, value, other) => {
      const text = `$[${JSON.stringify(name)}]`;
      const message = JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as unknown;
      const compiled = compilePath(text);
      // A control character is escaped by JSON in a way that paths do not read: it is no name of a field.
      if (!compiled.ok || /\\[^"\\]/.test(text)) return;
      expect(JSON.stringify(read(text, message))).toBe(JSON.stringify(value));
      read(text, other);
    }),
  );
});
