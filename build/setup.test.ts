import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

/**
 * The real script with the real npm, in a project of its own whose only dependency is a folder beside it, so that
 * nothing is fetched. The dependency plays the packaged Node of this platform.
 */
const packagedNode = `node-${process.platform}-${process.arch}`;
let project: string;

const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: project, encoding: "utf8", env: bareEnvironment() });

/** Without what an npm around this test would hand down. */
const bareEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));

const setup = () => run(process.execPath, "build/setup.mjs");

const writeProject = (version: string) => {
  const source = join(project, "packaged");
  mkdirSync(join(source, "bin"), { recursive: true });
  writeFileSync(join(source, "bin/node"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  writeFileSync(
    join(source, "package.json"),
    JSON.stringify({ name: packagedNode, version, bin: { node: "bin/node" } }),
  );
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "p", version, dependencies: { [packagedNode]: "file:packaged" } }),
  );
  const locked = run("npm", "install", "--package-lock-only", "--offline", "--no-audit");
  expect(locked.status, locked.stderr).toBe(0);
};

describe("setup", () => {
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "setup-test-"));
    mkdirSync(join(project, "build"));
    copyFileSync(join(import.meta.dirname, "setup.mjs"), join(project, "build/setup.mjs"));
  });
  beforeEach(() => {
    rmSync(join(project, "node_modules"), { recursive: true, force: true });
    writeProject("1.0.0");
    const first = setup();
    expect(first.status, first.stderr).toBe(0);
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test("installs, says so on stderr alone, and the second run is silent", () => {
    rmSync(join(project, "node_modules"), { recursive: true });
    const first = setup();
    expect(first.stderr).toContain("nothing is installed yet");
    expect(first.stderr).toMatch(/done in \d/);
    expect(first.stdout).toBe("");
    expect(existsSync(join(project, "node_modules/.bin/node"))).toBe(true);
    const second = setup();
    expect([second.status, second.stdout, second.stderr]).toEqual([0, "", ""]);
  });

  test("installs again when the lockfile changed", () => {
    writeProject("1.0.1");
    expect(setup().stderr).toContain("package-lock.json or the platform has changed");
    expect(setup().stderr).toBe("");
  });

  test.each([
    ["a package is gone", () => rmSync(join(project, "node_modules", packagedNode)), "is missing"],
    [
      "its Node is not executable",
      () => chmodSync(join(project, "packaged/bin/node"), 0o644),
      "cannot be run",
    ],
    ["an install was cut short", () => rmSync(join(project, "node_modules/.setup-stamp")), "did not finish"],
    ["npm's own list is gone", () => rmSync(join(project, "node_modules/.package-lock.json")), "npm's list"],
  ])("heals when %s", (_what, damage, words) => {
    damage();
    const healed = setup();
    expect(healed.stderr).toContain(words);
    expect(healed.status, healed.stderr).toBe(0);
    expect(setup().stderr).toBe("");
  });

  test("says what to do when npm fails, and leaves no stamp behind", () => {
    rmSync(join(project, "packaged"), { recursive: true });
    writeFileSync(join(project, "package-lock.json"), '{ "packages": {} }');
    const failed = setup();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("then run this again");
    expect(existsSync(join(project, "node_modules/.setup-stamp"))).toBe(false);
  });
});
