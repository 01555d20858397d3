import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DesktopSession, desktopSessionVariable } from "#electron/common/session-env.ts";
import { testSession } from "#feed/session.fixture.ts";
import { type Bundle, buildBundle, desktop, fillBundle, isUpToDate } from "./bundles.ts";
import { contentStamp } from "./stamp.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bundles-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const launched: DesktopSession = {
  session: testSession({ language: "zh", racks: 1000 }),
  json: false,
  remember: false,
  ladder: null,
};

/** What Electron gives a utility process, over what Node gives a forked one. */
const parentPort = `
import { EventEmitter } from "node:events";
const port = new EventEmitter();
port.postMessage = (message) => process.send(message);
process.on("message", (data) => port.emit("message", { data, ports: [] }));
process.parentPort = port;
`;

const firstMessage = async (child: ChildProcess): Promise<unknown> => {
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => [`ended with ${code}`]),
  ]);
  return message;
};

test("the desktop's bundle stands alone: preload in one file, and a feed that finds worker, plant and campus", async () => {
  await fillBundle(desktop, folder);

  const preload = readFileSync(join(folder, "preload.cjs"), "utf8");
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(["electron"]);
  expect(preload).not.toMatch(/^import /m);

  const shim = join(folder, "parent-port.mjs");
  writeFileSync(shim, parentPort);
  const host = fork(join(folder, "feed-host.js"), [], {
    execArgv: ["--import", shim],
    env: { ...process.env, [desktopSessionVariable]: JSON.stringify(launched) },
  });
  expect(await firstMessage(host)).toBe("live");
  const ended = once(host, "exit");
  host.send("stop");
  expect(await ended).toEqual([0, null]);
}, 90_000);

test("two starts at once after an update both end with the bundle in place", async () => {
  const bundle: Bundle = {
    name: "nothing",
    folder: join(folder, "nothing"),
    sources: ["build/stamp.ts"],
    configs: async () => [],
    copies: [],
  };
  for (let round = 0; round < 20; round++)
    await Promise.all([buildBundle(bundle), buildBundle(bundle), buildBundle(bundle)]);
  expect(isUpToDate(bundle)).toBe(true);
}, 60_000);

test("a stamp follows names and contents, and leaves tests out", () => {
  const write = (name: string, content: string): string => {
    mkdirSync(join(folder, "src"), { recursive: true });
    writeFileSync(join(folder, "src", name), content);
    return contentStamp(folder, ["src"]);
  };
  const first = write("a.ts", "1");
  expect(write("a.ts", "2")).not.toBe(first);
  expect(write("a.ts", "1")).toBe(first);
  expect(write("a.test.ts", "of no consequence")).toBe(first);
  const second = write("b.ts", "");
  expect(second).not.toBe(first);
  rmSync(join(folder, "src/b.ts"));
  expect(write("c.ts", "")).not.toBe(second);
});
