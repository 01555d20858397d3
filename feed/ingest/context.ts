import type { WireName } from "#feed/contract/config.ts";
import type { FaultCode } from "#feed/contract/status.ts";
import type { SparkplugHost } from "#feed/sources/publish.ts";
import type { Bindings } from "#feed/tables/bindings.ts";
import type { FeedClock } from "#feed/tables/clock.ts";
import type { Faults } from "#feed/tables/faults.ts";
import type { Scenarios } from "#feed/tables/scenarios.ts";
import type { PointStore } from "#feed/tables/take.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Unmapped } from "./unmapped.ts";

/** What all decoders of one feed share. */
export interface IntakeContext {
  readonly twin: Twin;
  readonly store: PointStore;
  readonly bindings: Bindings;
  readonly faults: Faults;
  readonly unmapped: Unmapped;
  readonly clock: FeedClock;
  readonly counters: IntakeCounters;
  readonly scenarios: Scenarios;
}

/** Running totals; the status takes differences of them. */
export interface IntakeCounters {
  messages: number;
  bytes: number;
  /** Values taken into tables. */
  points: number;
  metadataReceived: number;
  /** Source time of the newest sample, by our clock: a publisher ahead of it cannot make old data look new. */
  lastSampleMs: number;
  /** Messages or values lost for want of room or on the way, by reason. */
  readonly drops: Map<string, number>;
}

export const createCounters = (): IntakeCounters => ({
  messages: 0,
  bytes: 0,
  points: 0,
  metadataReceived: 0,
  lastSampleMs: 0,
  drops: new Map(),
});

/** Adds to a drop counter: what should have arrived and did not. */
export const countDrop = (counters: IntakeCounters, reason: FaultCode, count = 1): void => {
  counters.drops.set(reason, (counters.drops.get(reason) ?? 0) + count);
};

/** Counts a message of a publisher that is too many to be told apart: its values are taken, its clock and health are not. */
export const countTooMany = ({ counters, faults }: IntakeContext, { topic, payload }: Incoming): void => {
  countDrop(counters, "bounds");
  faults.count("bounds", { topic, payload, detail: "more publishers than are told apart" });
};

/** Notes a sample that was taken; one that claims to be of the future is of its receipt. */
export const noteSample = (counters: IntakeCounters, sourceMs: number, receivedMs: number): void => {
  counters.lastSampleMs = Math.max(counters.lastSampleMs, Math.min(sourceMs, receivedMs));
};

/** One message from a broker. */
export interface Incoming {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Kept by the broker from before we subscribed: ages from its source time. */
  readonly retained: boolean;
  readonly receivedMs: number;
  /** Decoded before, for another twin: its place among its publisher's messages was judged then. */
  readonly isAgain?: boolean;
}

/** How messages of one source are to be read. */
export interface SourceTraits {
  /** Our own plant: everything is simulated even before its Source message came. */
  readonly isPlant: boolean;
  /** Its values give way to those of an outside broker. */
  readonly filler: boolean;
  /** Wires recognised from its messages. */
  readonly wires: Set<WireName>;
  /** Speaks to Sparkplug nodes; absent unless the session was told that it may. */
  readonly host?: SparkplugHost | undefined;
}
