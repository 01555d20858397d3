import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

const root = mkdtempSync(join(tmpdir(), "horinger-folder-"));
afterAll(() => rmSync(root, { recursive: true }));

test("makes what is missing, and leaves what is there", () => {
  const deep = join(root, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
});

test("a file in the way is said, not gone around", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => makeFolder(join(root, "file", "below"))).toThrow(/ENOTDIR/);
});

test.runIf(existsSync("/proc/self"))("where nothing can be made it says so, and ends", () => {
  expect(() => makeFolder("/proc/horinger/logs")).toThrow(/ENOENT/);
});
