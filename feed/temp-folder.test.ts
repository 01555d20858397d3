import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { makeTempFolder } from "./temp-folder.ts";

/** Larger than any process number of Linux, macOS or Windows that is in use. */
const nobody = 2 ** 30;

test("a folder is deleted with its files; that of a process that was killed, by the next one", () => {
  const orphan = join(tmpdir(), `horinger-twin-test-${nobody}-abc`);
  mkdirSync(orphan, { recursive: true });
  const folder = makeTempFolder("test");
  expect(basename(folder.path)).toMatch(new RegExp(`^horinger-twin-test-${process.pid}-`));
  expect(existsSync(orphan)).toBe(false);
  writeFileSync(join(folder.path, "file"), "x");
  // Ours lives: another of its kind leaves it alone.
  const second = makeTempFolder("test");
  expect(existsSync(folder.path)).toBe(true);
  folder.remove();
  second.remove();
  expect([existsSync(folder.path), existsSync(second.path)]).toEqual([false, false]);
});
