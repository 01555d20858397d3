import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { factsDocument } from "./facts-document.ts";

const root = join(import.meta.dirname, "..");
const twin = loadTwin(await readTwinDirectory(join(root, "twins", "horinger")));

it("docs/FACTS.md is what `npm run facts` writes now", async () => {
  expect(await readFile(join(root, "docs", "FACTS.md"), "utf8")).toBe(factsDocument(twin));
});

it("names every fact with words, source, date, grade and place", () => {
  const lines = factsDocument(twin).split("\n");
  for (const { id, quote, source, date, grade, asset } of twin.facts) {
    const line = lines.find((each) => each.startsWith(`| \`${id}\` |`));
    for (const part of [quote, source, date, `| ${grade} |`, `\`${asset}\``])
      expect(line, id).toContain(part);
  }
});
