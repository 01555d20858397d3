import { expect, test } from "vitest";
import type { FeedStatus, SourceState } from "#feed/contract/status.ts";
import type { FeedFacts } from "#renderer/stores/feed.ts";
import { outageOf, stillHidden } from "./outage.ts";

const nowMs = 1_000_000;

const facts = (state: SourceState, reconnects = 0, sinceMs = nowMs - 60_000): FeedFacts => ({
  bridge: "open",
  reason: "",
  sinceMs: 0,
  status: {
    source: { state, reconnects, sinceMs, address: "mqtt://127.0.0.1:1883", error: null },
  } as FeedStatus,
});

test("a live source is no outage", () => {
  expect(outageOf(facts("live"), nowMs)).toBeNull();
});

test("a lost bridge hides whatever the source was last", () => {
  const lost = { ...facts("live"), bridge: "lost" as const, reason: "closed", sinceMs: 7 };
  expect(outageOf(lost, nowMs)).toEqual({ kind: "bridge", sinceMs: 7, address: "", detail: "closed" });
});

test("connecting is news only after some seconds", () => {
  expect(outageOf(facts("connecting", 0, nowMs - 1_000), nowMs)).toBeNull();
  expect(outageOf(facts("connecting"), nowMs)?.kind).toBe("connecting");
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
