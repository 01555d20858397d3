import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isSame, newToken, tokenFromFile } from "./token.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "token-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a token file is made once, for its owner alone, and kept", () => {
  const file = join(folder, "made");
  const first = tokenFromFile(file);
  expect(first).toEqual({ ok: true, value: readFileSync(file, "utf8").trim() });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(tokenFromFile(file)).toEqual(first);
});

test("a file that others can read, or that holds no token, is refused with a tip", () => {
  const file = join(folder, "open");
  writeFileSync(file, newToken(), { mode: 0o600 });
  chmodSync(file, 0o644);
  expect(tokenFromFile(file)).toMatchObject({ ok: false, error: { tip: `Run chmod 600 ${file}.` } });
  writeFileSync(join(folder, "short"), "1234", { mode: 0o600 });
  expect(tokenFromFile(join(folder, "short"))).toMatchObject({ ok: false });
  expect(tokenFromFile(join(folder, "no/such/folder"))).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("ENOENT") },
  });
});

test("secrets are equal only to themselves", () => {
  fc.assert(fc.property(fc.string(), fc.string({ minLength: 1 }), (a, b) => isSame(a, b) === (a === b)));
  expect(newToken()).not.toBe(newToken());
});
