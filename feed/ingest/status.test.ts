import { expect, test } from "vitest";
import type { BrokerStatus } from "#feed/contract/status.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { contextOf } from "./context.fixture.ts";
import type { IntakeContext } from "./context.ts";
import { feedStatus } from "./status.ts";

const twin = await smallCampus(1000);
const now = Date.UTC(2026, 10, 24, 12);
const minuteMs = 60_000;

const broker = (address: string, over: Partial<BrokerStatus> = {}): BrokerStatus => ({
  state: "live",
  address,
  protocol: "5.0",
  wires: ["dsx"],
  sinceMs: now - 60 * minuteMs,
  reconnects: 0,
  error: null,
  ...over,
});

const statusOf = (
  sources: readonly BrokerStatus[],
  beats: readonly [broker: string | null, agoMs: number][],
) => {
  const context: IntakeContext = contextOf(twin, () => now);
  const { publishers } = context.store;
  for (const [at, agoMs] of beats) {
    const own = at === null ? publishers : publishers.at(at);
    own.beat(own.of("gw1"), now - agoMs);
  }
  return feedStatus({
    context,
    version: "test",
    kind: "mqtt",
    sources,
    counts: { known: 0, fresh: 0, late: 0, stale: 0, bad: 0, simulated: false, trace: false },
    rates: { messagesPerSec: 0, pointsPerSec: 0, bytesPerSec: 0 },
    clients: 0,
    announced: null,
    recording: null,
  });
};

test("each broker is judged by its own publishers; the worst leads", () => {
  const { source, brokers, publishers } = statusOf(
    [broker("mqtt://a"), broker("mqtt://b", { wires: ["sparkplug"] })],
    [
      [null, 1000],
      ["mqtt://b", minuteMs],
    ],
  );
  expect(brokers.map(({ state }) => state)).toEqual(["live", "late"]);
  expect(source).toMatchObject({ state: "late", address: "mqtt://b", wires: ["dsx", "sparkplug"] });
  expect(publishers.map(({ id, state }) => `${id}: ${state}`)).toEqual(["gw1: live", "gw1 @ mqtt://b: late"]);
});

test("a broker that came back just now does not make another's publishers look alive", () => {
  const { publishers } = statusOf(
    [broker("mqtt://a"), broker("mqtt://b", { state: "lost", sinceMs: now })],
    [[null, minuteMs]],
  );
  expect(publishers[0]?.state).toBe("late");
});

test.each([
  [["live", "connecting"], "connecting"],
  [["connecting", "lost"], "lost"],
  [["late", "live"], "late"],
  [["live", "live"], "live"],
] as const)("%s together are %s", (states, whole) => {
  const { source } = statusOf(
    states.map((state, i) => broker(`mqtt://${i}`, { state })),
    [],
  );
  expect(source.state).toBe(whole);
});
