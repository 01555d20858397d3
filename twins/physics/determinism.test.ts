import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * What ECMAScript leaves to the engine ("implementation-approximated": 21.3.2 of the Math functions, 13.6 of `**`), and
 * what differs from run to run. The maths of the plant are in maths.ts.
 */
const approximated = /Math\.(a?(?:sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|log2|pow|cbrt|hypot)\b|\*\*/;
const unrepeatable = /Math\.random|Date\.now|new Date\(\)|performance\.now|crypto|Intl\.|toLocale/;

const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");

const violations = (source: string): readonly string[] =>
  withoutComments(source)
    .split("\n")
    .filter((line) => approximated.test(line) || unrepeatable.test(line))
    .map((line) => line.trim());

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
);

describe("the plant uses nothing that another machine or version of Node computes otherwise", () => {
  test.each(files)("%s", (path) => {
    expect(violations(readFileSync(join(import.meta.dirname, path), "utf8"))).toEqual([]);
  });

  test("a planted use is found, a comment is not", () => {
    expect(
      violations("const a = Math.sin(x);\nconst b = x ** 2; // square\nconst c = Math.tanh(x);"),
    ).toHaveLength(3);
    expect(violations("const now = Date.now();")).toHaveLength(1);
    expect(
      violations("/** Math.sin, `**` */\nconst a = sin(x); // not x ** 2\nMath.sqrt(x) + Math.abs(y);"),
    ).toEqual([]);
  });
});
