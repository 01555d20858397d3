import { EventEmitter } from "node:events";
import type { MessagePortMain } from "electron";
import { beforeEach, expect, test } from "vitest";
import { feedGaveUpStatus } from "#electron/common/session-env.ts";
import { FeedProcess, type FeedProcessParts } from "./feed-process.ts";

class Host extends EventEmitter {
  readonly sent: unknown[][] = [];
  killed = false;
  postMessage(...message: unknown[]): void {
    this.sent.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

let hosts: Host[];
let waiting: { delayMs: number; action: () => void }[];
let feed: FeedProcess;
let gaveUp: number;

const latest = (): Host => hosts.at(-1)!;
const letTimePass = () => {
  for (const { action } of waiting.splice(0)) action();
};

beforeEach(() => {
  hosts = [];
  waiting = [];
  gaveUp = 0;
  feed = new FeedProcess({
    fork: () => {
      const host = new Host();
      hosts.push(host);
      return host;
    },
    channel: () => ({
      port1: { name: "1" } as unknown as MessagePortMain,
      port2: { name: "2" } as unknown as MessagePortMain,
    }),
    later: (delayMs, action) => {
      const entry = { delayMs, action };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    log: () => {},
    gaveUp: () => gaveUp++,
  } satisfies FeedProcessParts);
});

test("one end of a pipe goes to the feed, the other to the page", () => {
  expect(feed.connect()).toEqual({ name: "2" });
  expect(latest().sent).toEqual([["port", [{ name: "1" }]]]);
});

test("a feed that dies is started again, after pauses that double up to a limit", () => {
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    latest().emit("exit", 1);
    expect(feed.connect()).toBeNull();
    pauses.push(waiting[0]?.delayMs ?? 0);
    letTimePass();
    expect(hosts).toHaveLength(i + 2);
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("a feed that had good values is healthy: pauses begin anew", async () => {
  latest().emit("exit", 1);
  letTimePass();
  latest().emit("message", "live");
  await feed.live;
  latest().emit("exit", 1);
  expect(waiting[0]?.delayMs).toBe(500);
});

test("stopping waits for the feed's end, and starts no other", async () => {
  const stopped = feed.stop();
  expect(latest().sent).toEqual([["stop"]]);
  latest().emit("exit", 0);
  await stopped;
  letTimePass();
  expect(hosts).toHaveLength(1);
});

test("a feed that does not stop is killed", async () => {
  const stopped = feed.stop();
  letTimePass();
  expect(latest().killed).toBe(true);
  latest().emit("exit", null);
  await stopped;
});

test("a feed that cannot start ends the desktop instead of being tried for ever", () => {
  latest().emit("exit", feedGaveUpStatus);
  letTimePass();
  expect([gaveUp, hosts.length]).toEqual([1, 1]);
});

test("a feed that was live once is tried again, whatever it says: a wall does not go out for a full disk", () => {
  latest().emit("message", "live");
  latest().emit("exit", feedGaveUpStatus);
  letTimePass();
  expect([gaveUp, hosts.length]).toEqual([0, 2]);
});
