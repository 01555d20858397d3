import { expect, test } from "vitest";
import { goals, measure } from "./lengths.ts";

const lines = (count: number): string => "  work();\n".repeat(count);

test("a long file, a long function and a long parameter list are each measured where they start", () => {
  const source = `const a = 1;\nfunction long() {\n${lines(60)}}\nconst wide = (a, b, c, d) => a;\n${"a;\n".repeat(200)}`;
  expect(measure("a.ts", source)).toEqual([
    { what: "fileLines", file: "a.ts", line: 1, size: 264 },
    { what: "functionLines", file: "a.ts", line: 2, size: 62 },
    { what: "parameters", file: "a.ts", line: 64, size: 4 },
  ]);
});

test("what keeps to the goals is not mentioned", () => {
  const source = `const f = (a, b, c) => {\n${lines(goals.functionLines - 2)}};\n`;
  expect(measure("a.ts", source)).toEqual([]);
});

test("functions inside a function count once, as their own", () => {
  const inner = `  const a = () => {\n${lines(40)}  };\n  const b = () => {\n${lines(40)}  };\n`;
  expect(measure("a.ts", `export const create = () => {\n${inner}};\n`)).toEqual([]);
});
