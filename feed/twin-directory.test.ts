import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { readTwinDirectory } from "./twin-directory.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twin-"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("readTwinDirectory", () => {
  it("gives the built-in campus without a directory", async () => {
    const twin = loadTwin(await readTwinDirectory(null), { racks: 1_000 });
    expect(twin.id).toBe("horinger");
    expect(twin.problems).toEqual([]);
    expect(twin.table("rack").count).toBe(1_000);
  });

  it("keeps every byte of JSON and CSV files, by path, and nothing else", async () => {
    const text = '{\r\n  "zh": "园区", // broken\n';
    await mkdir(join(directory, "zones"));
    await writeFile(join(directory, "twin.json"), text);
    await writeFile(join(directory, "zones", "a.json"), "{}");
    await writeFile(join(directory, "aliases.csv"), "");
    await writeFile(join(directory, "notes.txt"), "x");
    await symlink(join(directory, "twin.json"), join(directory, "link.json"));
    expect(await readTwinDirectory(directory)).toEqual({
      "aliases.csv": "",
      "twin.json": text,
      "zones/a.json": "{}",
    });
  });

  it("refuses a directory that is not there", async () => {
    await expect(readTwinDirectory(join(directory, "none"))).rejects.toThrow("ENOENT");
  });
});
