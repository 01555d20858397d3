import type { FeedStatus, SourceError } from "#feed/contract/status.ts";
import type { FeedFacts } from "#renderer/stores/feed.ts";

/** A break in the chain from plant to picture, worst first. */
export interface Outage {
  readonly kind: "bridge" | "lost" | "connecting" | "late" | "stopped";
  /** Since when nothing current arrives, ms UTC. */
  readonly sinceMs: number;
  /** Broker address; empty when the feed itself is gone. */
  readonly address: string;
  /** What the transport reported; empty when it said nothing. */
  readonly detail: string;
  /** Why the broker cannot be read, where that is known. */
  readonly error: SourceError | null;
  /** How many of several brokers are affected; null where there is only one, or all are. */
  readonly partly: { readonly down: number; readonly total: number } | null;
}

/** The bridge is closed and opened again when an announced campus is laid out anew: that is no outage. */
const bridgePatienceMs = 1_000;
/** A start-up takes a moment: connecting is only news after this long. */
const patienceMs = 5_000;

/**
 * Time of what the heat map shows, ms UTC: the site time shown, but through an outage no later than the last sample.
 * Null when there is an outage and never was a sample.
 */
export const colouredMs = (
  facts: FeedFacts,
  { siteMs, feedMs }: { readonly siteMs: number; readonly feedMs: number },
): number | null => {
  if (!outageOf(facts, feedMs)) return siteMs;
  const lastMs = facts.status?.lastSampleMs ?? null;
  return lastMs === null ? null : Math.min(siteMs, lastMs);
};

/**
 * What stays hidden of what a person hid: the same kind of outage, until it is over. The next one is news again,
 * also weeks later in the same window.
 */
export const stillHidden = (hidden: Outage["kind"] | null, outage: Outage | null): Outage["kind"] | null =>
  outage?.kind === hidden ? hidden : null;

/** When the last publisher was heard, by our clock: the broker itself may have been connected for weeks. */
const silentSince = ({ source, publishers }: FeedStatus): number =>
  publishers.reduce((last, { lastHeartbeatMs }) => Math.max(last, lastHeartbeatMs ?? 0), 0) || source.sinceMs;

/** The outage to show, or null when data flows or has had no time to. */
export const outageOf = (facts: FeedFacts, nowMs: number): Outage | null => {
  if (facts.bridge === "lost" && nowMs - facts.sinceMs >= bridgePatienceMs) {
    const detail = facts.reason === "silent" ? "" : facts.reason;
    return { kind: "bridge", sinceMs: facts.sinceMs, address: "", detail, error: null, partly: null };
  }
  const { status } = facts;
  const source = status?.source;
  // A recording has no present to be cut off from: its own gaps are told by the timeline.
  if (!source || source.state === "live" || source.kind === "log") return null;
  const { address, error, state, reconnects } = source;
  const told = { address, error, detail: error?.detail ?? "", partly: partOf(status) };
  const since = (kind: Outage["kind"], sinceMs = source.sinceMs): Outage => ({ kind, sinceMs, ...told });
  if (state === "late") return since("late", silentSince(status));
  if (state !== "connecting") return since(state);
  // A source that was live before is lost, whatever its next attempt calls itself.
  if (reconnects > 0) return since("lost");
  return error === null && nowMs - source.sinceMs < patienceMs ? null : since("connecting");
};

/** Of several brokers those that are out of reach, while others are not. */
const partOf = ({ brokers }: FeedStatus): Outage["partly"] => {
  const down = brokers.filter(({ state }) => state !== "live" && state !== "late").length;
  return down > 0 && down < brokers.length ? { down, total: brokers.length } : null;
};
