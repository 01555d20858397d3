import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** House limits (docs/ARCHITECTURE.md): lines of a file, lines of a function, positional parameters. */
export const limits = { fileLines: 400, functionLines: 80, parameters: 5 } as const;
/** What the house aims at: above it nothing fails, but the summary counts it. */
export const goals = { fileLines: 200, functionLines: 50, parameters: 3 } as const;

/** Tables of data, whose length is that of their subject; the limits are for logic. */
export const dataFiles: readonly string[] = [
  "renderer/i18n/en.ts",
  "renderer/i18n/zh.ts",
  "twins/model/catalogue.ts",
];

export interface Measured {
  readonly what: "fileLines" | "functionLines" | "parameters";
  readonly file: string;
  /** 1-based line where it starts. */
  readonly line: number;
  readonly size: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly params?: readonly unknown[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const functionTypes = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

interface Measure {
  readonly node: Node;
  /** Lines of functions written inside this one: a factory of closures is as long as what is left without them. */
  innerLines: number;
}

/** Functions below `value`; `lineAt` turns an offset into a line. */
const functionsIn = (value: unknown, lineAt: (offset: number) => number): readonly Measure[] => {
  const found: Measure[] = [];
  const walk = (part: unknown, around: Measure | null): void => {
    if (Array.isArray(part)) for (const item of part) walk(item, around);
    else if (isNode(part)) {
      const own = functionTypes.has(part.type) ? { node: part, innerLines: 0 } : null;
      if (own) {
        found.push(own);
        if (around) around.innerLines += lineAt(part.end) - lineAt(part.start);
      }
      for (const child of Object.values(part)) if (typeof child === "object") walk(child, own ?? around);
    }
  };
  walk(value, null);
  return found;
};

/** Where `describe` and contract suites hold their tests in one function: no length of logic. */
const suitePattern = /(\.test\.tsx?|\.(journey|proof)\.ts|-suite\.ts)$/;

/** Sizes in one source text that are over the goals. */
export const measure = (file: string, source: string): readonly Measured[] => {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const lineAt = (offset: number): number => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
  const sizes: Measured[] = [{ what: "fileLines", file, line: 1, size: source.trimEnd().split("\n").length }];
  for (const { node, innerLines } of functionsIn(parseSync(file, source).program, lineAt)) {
    const line = lineAt(node.start);
    const size = lineAt(node.end) - line + 1 - innerLines;
    if (!suitePattern.test(file)) sizes.push({ what: "functionLines", file, line, size });
    sizes.push({ what: "parameters", file, line, size: node.params?.length ?? 0 });
  }
  return sizes.filter(({ what, size }) => size > goals[what]);
};

/** As `measure`, over files relative to `root`. */
export const measureAll = (root: string, files: readonly string[]): readonly Measured[] =>
  files.flatMap((file) => measure(file, readFileSync(join(root, file), "utf8")));
