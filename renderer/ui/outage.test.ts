import { expect, test } from "vitest";
import type { FeedStatus, PublisherStatus, SourceState } from "#feed/contract/status.ts";
import type { FeedFacts } from "#renderer/stores/feed.ts";
import { colouredMs, outageOf, stillHidden } from "./outage.ts";

const nowMs = 1_000_000;

const facts = (state: SourceState, reconnects = 0, sinceMs = nowMs - 60_000): FeedFacts => ({
  bridge: "open",
  reason: "",
  sinceMs: 0,
  status: {
    publishers: [] as readonly PublisherStatus[],
    brokers: [] as FeedStatus["brokers"],
    source: {
      kind: "mqtt",
      state,
      address: "mqtt://127.0.0.1:1883",
      protocol: null,
      wires: [],
      sinceMs,
      reconnects,
      error: null,
    },
  } as Partial<FeedStatus> as FeedStatus,
});

test("a live source is no outage", () => {
  expect(outageOf(facts("live"), nowMs)).toBeNull();
});

test("a lost bridge hides whatever the source was last", () => {
  const lost = { ...facts("live"), bridge: "lost" as const, reason: "closed", sinceMs: 7 };
  expect(outageOf(lost, nowMs)).toMatchObject({ kind: "bridge", sinceMs: 7, address: "", detail: "closed" });
});

test("a bridge that is back at once was no outage", () => {
  const lost = { ...facts("live"), bridge: "lost" as const, reason: "closed", sinceMs: nowMs - 300 };
  expect(outageOf(lost, nowMs)).toBeNull();
  expect(outageOf(lost, nowMs + 1_000)?.kind).toBe("bridge");
});

test("connecting is news only after some seconds", () => {
  expect(outageOf(facts("connecting", 0, nowMs - 1_000), nowMs)).toBeNull();
  expect(outageOf(facts("connecting"), nowMs)?.kind).toBe("connecting");
});

test("a broker that was never reached is not lost, but why it was not is news at once", () => {
  const { status, ...rest } = facts("connecting", 0, nowMs);
  const error = { code: "tls-expired", detail: "certificate has expired" } as const;
  const refused = { ...rest, status: { ...status!, source: { ...status!.source, error } } };
  expect(outageOf(refused, nowMs)).toMatchObject({ kind: "connecting", error });
});

test("of several brokers those out of reach are counted while others are there", () => {
  const withBrokers = (...states: SourceState[]) => {
    const { status, ...rest } = facts("lost");
    const brokers = states.map((state) => ({ ...status!.source, state }));
    return outageOf({ ...rest, status: { ...status!, brokers } }, nowMs)?.partly;
  };
  expect(withBrokers("lost", "live", "connecting")).toEqual({ down: 2, total: 3 });
  expect(withBrokers("lost", "lost")).toBeNull();
  expect(withBrokers("lost")).toBeNull();
});

test("a source that was there before is lost, also while it tries again", () => {
  expect(outageOf(facts("connecting", 3, nowMs), nowMs)?.kind).toBe("lost");
  expect(outageOf(facts("lost", 3), nowMs)?.kind).toBe("lost");
});

test("a hidden outage stays hidden until it is over; the next one of its kind shows again", () => {
  const late = outageOf(facts("late"), nowMs);
  expect(stillHidden("late", late)).toBe("late");
  expect(stillHidden("late", outageOf(facts("lost"), nowMs))).toBeNull();
  expect(stillHidden("late", outageOf(facts("live"), nowMs))).toBeNull();
});

test("colours are of the time shown; through an outage no later than the last sample", () => {
  const last = nowMs - 20_000;
  const at = (state: SourceState, siteMs: number, lastSampleMs: number | null = last) => {
    const { status, ...rest } = facts(state);
    return colouredMs({ ...rest, status: { ...status!, lastSampleMs } }, { siteMs, feedMs: nowMs });
  };
  expect(at("live", nowMs)).toBe(nowMs);
  expect(at("lost", nowMs)).toBe(last);
  expect(at("lost", last - 5_000)).toBe(last - 5_000);
  expect(at("lost", nowMs, null)).toBeNull();
});

test("publishers are silent since the last heartbeat, however long the broker has been connected", () => {
  const { status, ...rest } = facts("late", 0, nowMs - 900_000);
  const beats = [nowMs - 40_000, null, nowMs - 50_000];
  const publishers = beats.map((lastHeartbeatMs) => ({ lastHeartbeatMs }) as PublisherStatus);
  const late = { ...rest, status: { ...status!, publishers } };
  expect(outageOf(late, nowMs)).toMatchObject({ kind: "late", sinceMs: nowMs - 40_000 });
  expect(outageOf(facts("late"), nowMs)).toMatchObject({ kind: "late", sinceMs: nowMs - 60_000 });
});
