import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeConfig } from "#build/vite.config.ts";

const execute = promisify(execFile);
const campus = join(import.meta.dirname, "../twins/horinger");
let folder = "";

/** Other versions of Node have no `.ts`: they get the plant as plain JavaScript. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plant-hash-"));
  const { build } = await import("vite");
  await build(nodeConfig({ plant: "bench/plant-hash.ts" }, folder, "esm"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Figures {
  readonly node: string;
  readonly steps: number;
  readonly hash: string;
}

const hashUnder = async (node: string): Promise<Figures> => {
  const plant = JSON.stringify(pathToFileURL(join(folder, "plant.js")).href);
  const program = `const { run } = await import(${plant});
    console.log(JSON.stringify(await run(${JSON.stringify(campus)})));`;
  const { stdout } = await execute(node, ["--input-type=module", "--eval", program]);
  return JSON.parse(stdout) as Figures;
};

/** Every Node on the path of another version than this one, one for each version. */
const otherNodes = async (): Promise<readonly string[]> => {
  const paths = (process.env["PATH"] ?? "").split(delimiter).map((path) => join(path, "node"));
  const byVersion = new Map<string, string>();
  for (const path of paths.filter((each) => existsSync(each))) {
    const { stdout } = await execute(path, ["--version"]);
    if (stdout.trim() !== process.version) byVersion.set(stdout.trim(), path);
  }
  return [...byVersion.values()];
};

test("two processes come to the same bits", async () => {
  const [one, other] = await Promise.all([hashUnder(process.execPath), hashUnder(process.execPath)]);
  expect(one.steps).toBeGreaterThan(700);
  expect(other).toEqual(one);
});

test("other versions of Node come to the same bits", async (context) => {
  const others = await otherNodes();
  if (others.length === 0) return context.skip(`${process.version} is the only Node on the path`);
  const [ours, ...theirs] = await Promise.all([process.execPath, ...others].map(hashUnder));
  for (const { node, hash } of theirs) {
    expect(node).not.toBe(ours!.node);
    expect([node, hash]).toEqual([node, ours!.hash]);
  }
});
