import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The real launcher in real processes: feed, plant and web shell come up and go down with it. */
const root = join(import.meta.dirname, "..");
const launcher = join(root, "build/start.ts");
const web = ["--shell", "web", "--no-open", "--json", "--scale", "1000"];

const runToEnd = (...args: string[]) =>
  spawnSync(process.execPath, [launcher, ...args], { encoding: "utf8", cwd: root, timeout: 60_000 });

interface Launched {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Processes started by this launch that are alive, wherever they hang in the tree by now. */
  readonly family: () => readonly number[];
}

const launch = (...args: string[]): Launched => {
  const mark = `LAUNCH_MARK=${randomUUID()}`;
  const env = { ...process.env, LAUNCH_MARK: mark.slice("LAUNCH_MARK=".length) };
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return { child, stdout: () => out, stderr: () => errors, family: () => markedProcesses(mark) };
};

/** A mark in the environment is inherited and, other than the parent's id, survives the parent. */
const markedProcesses = (mark: string): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark);
      } catch {
        return false; // it ended while we looked, or is a zombie
      }
    })
    .map(Number);

const end = async ({ child }: Launched, signal: NodeJS.Signals): Promise<number | null> => {
  const ended = once(child, "exit");
  child.kill(signal);
  const [status] = (await ended) as [number | null];
  return status;
};

const patient = { timeout: 60_000, interval: 50 };

test("says what is wrong with an option, on stderr, and ends with 2", () => {
  const { status, stdout, stderr } = runToEnd("--mod", "wall");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/--mod is not an option/);
});

test("a port that is taken is told, and nothing stays behind", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const launched = launch(...web, "--port", String(port));
  const [status] = (await once(launched.child, "exit")) as [number | null];
  other.close();
  expect([status, launched.stdout()]).toEqual([1, ""]);
  expect(launched.stderr()).toContain(`Port ${port} cannot be had (EADDRINUSE)`);
  await expect.poll(launched.family, patient).toEqual([]);
}, 90_000);

test.runIf(process.platform === "linux").each(["SIGINT", "SIGTERM"] as const)(
  "ready is the last line and its page works; %s then leaves no process behind",
  async (signal) => {
    const launched = launch(...web);
    await expect.poll(launched.stdout, patient).toContain('"ready"');
    const ready = JSON.parse(launched.stdout().trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
    expect(ready).toMatchObject({ ready: true, shell: "web", live: true });
    const page = await fetch(String(ready["url"]), { redirect: "manual" });
    expect([page.status, page.headers.get("location")]).toEqual([303, "/"]);
    expect(launched.family().length).toBeGreaterThan(1);
    expect(await end(launched, signal)).toBe(0);
    await expect.poll(launched.family, patient).toEqual([]);
  },
  90_000,
);

test.runIf(process.platform === "linux")(
  "stopped while it starts, it leaves no process behind either",
  async () => {
    const launched = launch(...web);
    await expect.poll(() => launched.family().length, patient).toBeGreaterThan(1);
    await end(launched, "SIGTERM");
    await expect.poll(launched.family, patient).toEqual([]);
  },
  90_000,
);
