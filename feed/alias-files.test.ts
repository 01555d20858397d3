import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { withAliasFiles } from "./alias-files.ts";

const folder = mkdtempSync(join(tmpdir(), "horinger-aliases-"));
const twin = await smallCampus(200);
const rack = twin.table("rack").idOf(0);
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("names of several files are added to the twin's own; what is wrong has its file and line, and the rest holds", async () => {
  const one = write("one.csv", `# plant\nR-1,${rack}\n"R,2",${rack}\nR-3,a/no/such\ntorn\n`);
  const two = write("two.csv", `R-1,a/hero\nHT-HERO,${rack}\n`);
  const more = await withAliasFiles(twin, [one, two, join(folder, "none.csv")]);
  const ref = twin.find(rack);
  expect(["R-1", "R,2", "R-3", "HT-HERO"].map((name) => more.aliases.get(name))).toEqual([
    ref,
    ref,
    undefined,
    ref,
  ]);
  const found = more.problems.slice(twin.problems.length);
  expect(found.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["one.csv", 4, "twin-alias-unknown"],
    ["one.csv", 5, "twin-alias-malformed"],
    ["none.csv", 1, "twin-file-missing"],
  ]);
  expect(twin.aliases.get("R-1")).toBeUndefined();
});

test("without files the twin is as it was", async () => expect(await withAliasFiles(twin, [])).toBe(twin));
