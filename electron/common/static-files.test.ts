import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileHeaders, StaticFiles } from "./static-files.ts";

let outer: string;
let files: StaticFiles;

beforeAll(async () => {
  outer = mkdtempSync(join(tmpdir(), "static-test-"));
  const folder = join(outer, "page");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(outer, "secret.txt"), "secret");
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "assets/index-Ab3_x9-Z.js"), "1");
  writeFileSync(join(folder, "assets/字体.woff2"), "font");
  writeFileSync(join(folder, "notes.md"), "of unknown type");
  symlinkSync(join(outer, "secret.txt"), join(folder, "link.txt"));
  files = await StaticFiles.open(folder);
});
afterAll(() => rmSync(outer, { recursive: true, force: true }));

test("/ is the page, checked each time; hashed names are kept for good", () => {
  const page = files.find("/");
  const script = files.find("/assets/index-Ab3_x9-Z.js");
  expect(page && fileHeaders(page)).toEqual({
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": "15",
    "Cache-Control": "no-cache",
  });
  expect(script && fileHeaders(script)["Cache-Control"]).toContain("immutable");
});

test("escaped names are found", () => {
  expect(files.find(encodeURI("/assets/字体.woff2"))?.type).toBe("font/woff2");
});

test("nothing else is: files of unknown type, links, broken escapes", () => {
  expect(files.count).toBe(3);
  for (const path of ["/notes.md", "/link.txt", "/%", "/assets", "/assets/", "//index.html", "/index.html/"])
    expect(files.find(path), path).toBeUndefined();
});

test("no spelling leads out of the folder", () => {
  const part = fc.constantFrom(
    "..",
    "%2e%2e",
    "%2E.",
    ".",
    "/",
    "%2f",
    "\\",
    "%5c",
    "secret.txt",
    "assets",
    "\0",
    "%00",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const found = files.find(`/${parts.join("")}`);
      return found === undefined || !found.path.includes("secret");
    }),
  );
});
