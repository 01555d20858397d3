import { afterEach, expect, test, vi } from "vitest";
import type { Transport } from "#feed/contract/bridge.ts";
import { BridgeError, connectBridge } from "#feed/contract/client.ts";
import { decodeFrame } from "#feed/contract/frame.ts";
import { smallCampus, storeOf } from "#feed/tables/campus.fixture.ts";
import { stampCell } from "#feed/tables/class-table.ts";
import { BridgeServer, type Handlers } from "./server.ts";
import { memoryPair } from "./transports.ts";

const twin = await smallCampus();
const capabilities = { shell: "web", windows: false, fileDialogs: false } as const;
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const answerNothing = (): never => {
  throw new Error("not asked in this test");
};

const baseHandlers: Handlers = {
  "session.describe": answerNothing,
  "feed.status": answerNothing,
  "faults.list": () => [],
  "faults.clear": () => null,
  "unmapped.list": ({ limit }) => ({ total: limit ?? -1, topics: [] }),
  "point.detail": () => null,
  "point.history": answerNothing,
  "kpi.explain": () => null,
  "quality.list": answerNothing,
  "twin.edit": () => null,
  "plant.faults": () => [],
  "plant.inject": () => [],
  "plant.play": () => [],
  "plant.clear": () => [],
  "twin.save": () => {
    throw new Error("not in this test");
  },
};

const setUp = (handlers: Partial<Handlers> = {}, nowMs = () => 1e12) => {
  const { tables } = storeOf(twin);
  const lines: string[] = [];
  const server = new BridgeServer({
    tables,
    handlers: { ...baseHandlers, ...handlers },
    nowMs,
    dropCount: () => 3,
    log: (line) => lines.push(line),
  });
  const serverEnds: Transport[] = [];
  const bridge = connectBridge({
    capabilities,
    retryMs: () => 0,
    open: async () => {
      const [near, far] = memoryPair();
      serverEnds.push(far);
      server.connect(far);
      return near;
    },
  });
  closers.push(() => bridge.close());
  const ready = new Promise<void>((resolve) => {
    bridge.onState((state) => {
      if (state === "open") resolve();
    });
  });
  return { server, bridge, tables, serverEnds, lines, ready };
};

test("a request is validated, answered, and refused with the reason", async () => {
  const { bridge } = setUp();
  await expect(bridge.request("unmapped.list", { limit: 5 })).resolves.toEqual({ total: 5, topics: [] });
  await expect(bridge.request("unmapped.list", { limit: -1 })).rejects.toMatchObject({ code: "bad-request" });
  await expect(bridge.request("no.such" as never, {} as never)).rejects.toMatchObject({
    code: "unknown-method",
  });
  await expect(
    bridge.request("point.detail", { className: "dragon" as never, row: 0, metric: "power" }),
  ).rejects.toMatchObject({ code: "bad-request" });
});

test("a handler that throws answers `internal` without its message, which may name files", async () => {
  const { bridge, lines } = setUp();
  await expect(bridge.request("feed.status", {})).rejects.toMatchObject({
    code: "internal",
    message: "feed.status failed; see the log",
  });
  expect(lines.join()).toContain("not asked in this test");
});

test("a request can be cancelled, and its handler is told", async () => {
  let told: AbortSignal | null = null;
  const { bridge, ready } = setUp({
    "faults.list": (_params, signal) => {
      told = signal;
      return new Promise(() => {});
    },
  });
  await ready;
  const abort = new AbortController();
  const request = bridge.request("faults.list", {}, abort.signal);
  await vi.waitFor(() => expect(told).not.toBeNull());
  abort.abort();
  await expect(request).rejects.toMatchObject({ code: "cancelled" });
  await vi.waitFor(() => expect(told?.aborted).toBe(true));
});

test("a stream sends no more frames than it has credits, and its frames say what they are", async () => {
  const { server, bridge, tables, ready } = setUp();
  await ready;
  const table = tables.of("rack");
  for (let cell = 0; cell < table.value.length; cell++) stampCell(tables, table, cell);
  const frames: number[] = [];
  const stream = bridge.openStream({ kind: "display", classes: ["rack"] }, (bytes, offset) => {
    const frame = decodeFrame(bytes, offset);
    expect(frame).toMatchObject({ key: true, dropCount: 3, epoch: twin.epoch });
    frames.push(frame.sequence);
  });
  stream.credit(2);
  await vi.waitFor(() => {
    server.tick();
    expect(frames).toEqual([0, 1]);
  });
  server.tick();
  await Promise.resolve();
  expect(frames).toEqual([0, 1]);
  stream.credit(1);
  await vi.waitFor(() => {
    server.tick();
    expect(frames).toEqual([0, 1, 2]);
  });
});

test("after a lost transport, streams and subscriptions come back by themselves, with key frames", async () => {
  const { server, bridge, tables, serverEnds, ready } = setUp();
  await ready;
  const table = tables.of("rack");
  stampCell(tables, table, 0);
  const keys: boolean[] = [];
  const statuses: unknown[] = [];
  const states: string[] = [];
  bridge.onState((state) => states.push(state));
  bridge.subscribe("status", (status) => statuses.push(status));
  const stream = bridge.openStream({ kind: "display", rate: 30 }, (bytes, offset) => {
    keys.push(decodeFrame(bytes, offset).key);
    stream.credit(1);
  });
  stream.credit(4);
  await vi.waitFor(() => {
    server.tick();
    expect(keys).toEqual([true]);
  });
  serverEnds[0]!.close();
  await vi.waitFor(() => expect(states).toEqual(["open", "lost", "open"]));
  await vi.waitFor(() => {
    server.tick();
    expect(keys).toEqual([true, true]);
  });
  server.publish("status", { timeMs: 1 } as never);
  await vi.waitFor(() => expect(statuses).toEqual([{ timeMs: 1 }]));
  expect(server.clients).toBe(1);
});

test.each([
  ["text that is no JSON", "{"],
  ["a message without id", '{"t":"open"}'],
  ["bytes", new ArrayBuffer(4)],
  ["a flood in one message", `{"t":"request","id":1,"method":"${"x".repeat(70_000)}"}`],
])("a client that sends %s is closed", async (_name, message) => {
  const { server } = setUp();
  const [near, far] = memoryPair();
  server.connect(far);
  const closed = new Promise((resolve) => near.onClose(resolve));
  near.send(message);
  await closed;
});

test("requests that were under way when the bridge was lost are rejected, not left hanging", async () => {
  const { bridge, serverEnds, ready } = setUp({ "faults.list": () => new Promise(() => {}) });
  await ready;
  const request = bridge.request("faults.list", {});
  serverEnds[0]!.close();
  await expect(request).rejects.toThrow(BridgeError);
  await expect(request).rejects.toMatchObject({ code: "closed" });
});

test("a stream goes on when the feed's clock is set back", async () => {
  const clock = { nowMs: 1e12 };
  const { server, bridge, tables, ready } = setUp({}, () => clock.nowMs);
  await ready;
  const times: number[] = [];
  const stream = bridge.openStream({ kind: "display", classes: ["rack"], rate: 30 }, (bytes, offset) => {
    times.push(decodeFrame(bytes, offset).timeMs);
  });
  stream.credit(8);
  const show = async (): Promise<void> => {
    const before = times.length;
    stampCell(tables, tables.of("rack"), 0);
    await vi.waitFor(() => {
      server.tick();
      expect(times.length).toBeGreaterThan(before);
    });
  };
  await show();
  clock.nowMs -= 3_600_000;
  await show();
  expect(times.at(-1)).toBe(clock.nowMs);
});
