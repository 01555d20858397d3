import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { memoryPair } from "#feed/bridge/transports.ts";
import { type ConnectedBridge, connectBridge } from "#feed/contract/client.ts";
import { Recording, withDirectory } from "#feed/log/recording.fixture.ts";
import { type Feed, startFeed } from "#feed/service.ts";
import { testSession } from "#feed/session.fixture.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { classNames } from "#twins/model/metric.ts";

const racks = 40;
const seconds = 30;
let release: () => void;
let file = "";
let feed: Feed;
const bridges: ConnectedBridge[] = [];

const connect = (id?: string): ConnectedBridge => {
  const bridge = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    retryMs: () => 20,
    open: async () => {
      const [near, far] = memoryPair();
      feed.connect(far, id);
      return near;
    },
  });
  bridges.push(bridge);
  return bridge;
};

const { signal } = new AbortController();
const open = (path: string, onClosed: () => void = () => {}) =>
  feed.open({ paths: [path], isCopy: true, signal, onClosed });

/** Opens what has to open. @returns its name */
const opened = async (path: string, onClosed?: () => void): Promise<string> => {
  const result = await open(path, onClosed);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

beforeAll(async () => {
  const files = await readTwinDirectory(null);
  const twin = loadTwin(files, { racks });
  const directory = await new Promise<string>((resolve) => {
    void withDirectory((path) => {
      resolve(path);
      return new Promise<void>((done) => {
        release = done;
      });
    });
  });
  const counts = Object.fromEntries(classNames.map((name) => [name, twin.table(name).count]));
  const recording = new Recording(directory, { counts, twin: JSON.stringify({ files, racks }) });
  for (let second = 0; second < seconds; second++) recording.second(second === 0 ? 1 : 0.05);
  file = join(directory, recording.writer.fileName!);
  recording.writer.close();
  feed = startFeed(testSession({ log: [file], timeMs: 5 }));
}, 60_000);

afterEach(() => {
  for (const bridge of bridges.splice(0)) bridge.close();
});

afterAll(async () => {
  await feed?.close();
  release?.();
});

describe("a recording that is opened beside what is shown", () => {
  test("is a session of its own, which says that it was opened, and begins where every recording does", async () => {
    const bridge = connect(await opened(file));
    expect(await bridge.request("session.describe", {})).toMatchObject({
      source: { kind: "log" },
      openedBeside: "log",
    });
    const { fromMs, isGrowing } = await bridge.request("log.overview", {});
    expect(isGrowing).toBe(false);
    expect((await bridge.request("log.control", {})).cursorMs).toBe(fromMs + 15_000);
    const first = await connect().request("session.describe", {});
    expect(first).not.toHaveProperty("openedBeside");
  });

  test("a cut one opens with what is whole", async () => {
    const cut = join(file, "..", "cut.mcap");
    copyFileSync(file, cut);
    truncateSync(cut, Math.floor(readFileSync(file).length * 0.8));
    const { files, toMs, fromMs } = await connect(await opened(cut)).request("log.overview", {});
    expect(files[0]?.mended).toMatch(/lost/);
    expect(toMs - fromMs).toBeGreaterThan(5_000);
  });

  test("what cannot be opened is told, and nothing is kept of it", async () => {
    const text = join(file, "..", "text.mcap");
    writeFileSync(text, "no recording");
    const onClosed = vi.fn();
    expect(await open(text, onClosed)).toMatchObject({ ok: false, error: { code: "log-not-mcap" } });
    expect(onClosed).not.toHaveBeenCalled();
  });

  test("that nobody waits for any more is closed again", async () => {
    const onClosed = vi.fn();
    const leaving = new AbortController();
    const asked = feed.open({ paths: [file], isCopy: true, signal: leaving.signal, onClosed });
    leaving.abort();
    expect(await asked).toMatchObject({ ok: false, error: { code: "log-upload" } });
    expect(onClosed).not.toHaveBeenCalled();
  });

  test("of five, the one that was unused longest is closed; who asks for it is told", async () => {
    const closed: string[] = [];
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d"]) ids.push(await opened(file, () => closed.push(name)));
    const looking = connect(ids[0]);
    await looking.request("session.describe", {});
    await opened(file, () => closed.push("e"));
    expect(closed).toEqual(["b"]);
    expect(await looking.request("session.describe", {})).toMatchObject({ openedBeside: "log" });
    await expect(connect(ids[1]).request("session.describe", {})).rejects.toMatchObject({
      code: "refused",
      problem: { code: "log-gone" },
    });
  });
});

test("nobody opens anything on a wall", async () => {
  const wall = startFeed(testSession({ mode: "wall", log: [file] }));
  const refused = await wall.open({ paths: [file], isCopy: true, signal, onClosed: () => {} });
  expect(refused).toMatchObject({ ok: false, error: { code: "log-wall" } });
  await wall.close();
});
