import { expect, test } from "vitest";
import { readModule } from "./imports.ts";

test("every way to name a module is seen, with its line", () => {
  const source = [
    'import { a } from "./a.ts";',
    'import type { b } from "./b.ts";',
    'export { c } from "./c.ts";',
    'export * from "./d.ts";',
    "export const e = () => import(`./e.ts`);",
    'export type F = import("./f.ts").F;',
    'import g = require("./g.ts");',
    'export const h = new Worker(new URL("./h.ts", import.meta.url));',
    'export const i = require("./i.ts");',
    "export const j = (name: string) => import(name);",
    'import "./k.css";',
  ].join("\n");
  const seen = readModule("all.tsx", source).imports.map(
    ({ kind, specifier, line }) => `${line} ${kind} ${specifier}`,
  );
  expect(seen).toEqual([
    "1 static ./a.ts",
    "2 type ./b.ts",
    "3 re-export ./c.ts",
    "4 re-export ./d.ts",
    "5 dynamic ./e.ts",
    "6 type ./f.ts",
    "7 require ./g.ts",
    "8 worker ./h.ts",
    "9 require ./i.ts",
    "10 dynamic null",
    "11 static ./k.css",
  ]);
});

test("words in strings and comments are no imports", () => {
  const { imports } = readModule("a.ts", '// import "./a.ts"\nexport const a = `import("./b.ts")`;\n');
  expect(imports).toEqual([]);
});

test("a file that can't be parsed never passes as clean", () => {
  expect(() => readModule("torn.ts", "import { from")).toThrow(/torn\.ts/);
});
