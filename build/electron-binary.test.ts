import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findElectron, type Surroundings } from "./electron-binary.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "electron-binary-test-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

const package45 = () => put("node_modules/electron/package.json", '{"version":"45.4.1"}');
const binary = (folder: string, version = "45.4.1") => {
  put(`${folder}/electron`, "");
  put(`${folder}/version`, version);
};

const find = (changes: Partial<Surroundings> = {}) =>
  findElectron({ root, env: { DISPLAY: ":0" }, platform: "linux", isRoot: false, ...changes });

test("finds what Electron's installer made", () => {
  package45();
  binary("node_modules/electron/dist", "v45.4.1");
  put("node_modules/electron/path.txt", "electron");
  expect(find()).toEqual({ found: true, path: join(root, "node_modules/electron/dist/electron") });
});

test("finds a binary elsewhere by ELECTRON_OVERRIDE_DIST_PATH", () => {
  package45();
  binary("elsewhere");
  const env = { WAYLAND_DISPLAY: "wayland-0", ELECTRON_OVERRIDE_DIST_PATH: join(root, "elsewhere") };
  expect(find({ env })).toEqual({ found: true, path: join(root, "elsewhere/electron") });
});

test.each([
  ["nothing is installed", () => {}, {}, "package is not installed"],
  ["the binary is not there", package45, {}, "45.4.1 is not installed"],
  [
    "it is of another version",
    () => {
      package45();
      binary("node_modules/electron/dist", "44.0.0");
    },
    {},
    "44.0.0 is not 45.4.1",
  ],
  [
    "there is no display",
    () => {
      package45();
      binary("node_modules/electron/dist");
    },
    { env: {} },
    "no display",
  ],
  [
    "it would run as root",
    () => {
      package45();
      binary("node_modules/electron/dist");
    },
    { isRoot: true },
    "root",
  ],
])("says why not when %s", (_what, prepare, changes, words) => {
  prepare();
  expect(find(changes)).toMatchObject({ found: false, why: expect.stringContaining(words) });
});
