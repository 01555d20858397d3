import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** House limits (docs/ARCHITECTURE.md): lines of a file, lines of a function, positional parameters. */
export const limits = { fileLines: 400, functionLines: 100, parameters: 4 } as const;
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

const functionsIn = (value: unknown, found: Node[]): readonly Node[] => {
  if (Array.isArray(value)) for (const item of value) functionsIn(item, found);
  else if (isNode(value)) {
    if (functionTypes.has(value.type)) found.push(value);
    for (const child of Object.values(value)) if (typeof child === "object") functionsIn(child, found);
  }
  return found;
};

/** Where `describe` and contract suites hold their tests in one function: no length of logic. */
const suitePattern = /(\.test\.tsx?|\.journey\.ts|-suite\.ts)$/;

/** Sizes in one source text that are over the goals. */
export const measure = (file: string, source: string): readonly Measured[] => {
  const lineAt = (offset: number): number => source.slice(0, offset).split("\n").length;
  const sizes: Measured[] = [{ what: "fileLines", file, line: 1, size: source.trimEnd().split("\n").length }];
  for (const node of functionsIn(parseSync(file, source).program, [])) {
    const line = lineAt(node.start);
    if (!suitePattern.test(file))
      sizes.push({ what: "functionLines", file, line, size: lineAt(node.end) - line + 1 });
    sizes.push({ what: "parameters", file, line, size: node.params?.length ?? 0 });
  }
  return sizes.filter(({ what, size }) => size > goals[what]);
};

/** As `measure`, over files relative to `root`. */
export const measureAll = (root: string, files: readonly string[]): readonly Measured[] =>
  files.flatMap((file) => measure(file, readFileSync(join(root, file), "utf8")));
