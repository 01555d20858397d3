import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSavedTwin } from "./saved-twin.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-saved-"));
});
afterEach(() => rm(folder, { recursive: true }));

const edits = [{ id: "a/b", name: { zh: "甲", en: "A" }, at: [1, 2] as const, yawDeg: 3 }];

test("what is saved is read again; files that are no longer needed go, and nothing else does", async () => {
  const saved = createSavedTwin(join(folder, "twin"));
  expect(await saved.read()).toEqual({ ok: true, value: [] });
  const first = await saved.write({ "twin.json": "{}", "assets.csv": "a", "old.csv": "b" }, edits);
  expect(first).toMatchObject({ ok: true, value: { files: 4 } });
  await writeFile(join(folder, "twin", "facts.json"), "[]");
  await saved.write({ "twin.json": "{ }", "assets.csv": "c" }, edits);
  const names = (await readdir(join(folder, "twin"))).sort();
  expect(names).toEqual(["announced.json", "assets.csv", "facts.json", "twin.json"]);
  expect(await readFile(join(folder, "twin", "assets.csv"), "utf8")).toBe("c");
  expect(await saved.read()).toEqual({ ok: true, value: edits });
});

test("an empty directory is taken; one that holds anything else of anybody is refused and left alone", async () => {
  const empty = join(folder, "empty");
  await mkdir(empty);
  expect(await createSavedTwin(empty).write({ "twin.json": "{}" }, [])).toMatchObject({ ok: true });
  const foreign = join(folder, "foreign");
  await mkdir(foreign);
  await writeFile(join(foreign, "thesis.txt"), "mine");
  const saved = createSavedTwin(foreign);
  expect(await saved.read()).toMatchObject({ ok: false, error: { code: "save-foreign" } });
  expect(await saved.write({ "twin.json": "{}" }, [])).toMatchObject({
    ok: false,
    error: { code: "save-foreign" },
  });
  expect(await readdir(foreign)).toEqual(["thesis.txt"]);
});

test.each(["../twin.json", "/etc/twin.json", "a/../../b.json", ".hidden.json", "twin.exe", "A B.csv"])(
  "a file called %s is written nowhere",
  async (name) => {
    const directory = join(folder, "twin");
    await expect(createSavedTwin(directory).write({ [name]: "x" }, [])).rejects.toThrow("no name");
    expect(await readdir(folder)).toEqual([]);
  },
);

test("a directory that cannot be written to is told, with what the system says", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const answer = await createSavedTwin(join(file, "twin")).write({ "twin.json": "{}" }, []);
  expect(answer).toMatchObject({ ok: false, error: { code: "save-failed" } });
});
