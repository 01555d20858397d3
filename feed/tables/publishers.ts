import type { PublisherStatus } from "#feed/contract/status.ts";
import { Origin, originNames } from "#twins/model/quality.ts";

/** Most publishers a session keeps apart; later ones share index 0. */
const publisherLimit = 4096;
/** Longer ids are nobody's: every status carries them all. */
const idChars = 256;
/** A publisher is late after this long without a heartbeat (DSX: one every 10 s). */
const heartbeatLateMs = 30_000;
const skewWindow = 9;

/** What a retained `HT/v1/PUB/Source/{id}` message declares (docs/WIRE.md §2). */
export interface SourceDeclaration {
  readonly id: string;
  readonly origin: Origin;
  readonly periodMs: number | null;
  readonly heartbeatMs: number | null;
  readonly metadataCount: number | null;
}

/** One system that publishes values. Mutable: hot code reads it by index. */
export interface Publisher {
  readonly id: string;
  readonly index: number;
  origin: Origin;
  /** Expected time between values, ms; null when not declared, Infinity for one that reports changes only. */
  periodMs: number | null;
  /** True once a Source message or a heartbeat said that heartbeats are to be expected. */
  heartbeats: boolean;
  lastHeartbeatMs: number;
  /** Publisher clock minus ours, ms: median of the last nine heartbeats; null until the first. */
  skewMs: number | null;
  /** Values of a filler give way to any other publisher's. */
  readonly filler: boolean;
  declared: boolean;
  /** It said, or its broker said for it, that it has gone: all its points are stale, whatever their age. */
  gone: boolean;
  /** Where its wire has sessions: their state takes the place of heartbeats. Null elsewhere. */
  session: "live" | "unsynced" | null;
  metadataCount: number | null;
  /** Points last written by it; counted by the sweep. */
  points: number;
  readonly offsets: number[];
}

export interface Publishers {
  readonly all: readonly Publisher[];
  /** The publisher of this id, made on first use. */
  of(id: string, defaults?: { readonly origin: Origin; readonly filler: boolean }): Publisher;
  find(id: string): Publisher | undefined;
  /** Takes a Source message; true when the origin of points already shown changes. */
  declare(source: SourceDeclaration, filler: boolean): boolean;
  /** Notes that a publisher lives. */
  beat(publisher: Publisher, receivedMs: number): void;
  /** Takes one heartbeat: the publisher's own time against the time it came. */
  heartbeat(publisher: Publisher, sentMs: number, receivedMs: number): void;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Index 0 is "nobody": points never written, and publishers past the limit. */
export const createPublishers = (): Publishers => {
  const all: Publisher[] = [];
  const byId = new Map<string, Publisher>();
  const add = (id: string, origin: Origin, filler: boolean): Publisher => {
    const publisher: Publisher = {
      id,
      index: all.length,
      origin,
      periodMs: null,
      heartbeats: false,
      lastHeartbeatMs: 0,
      skewMs: null,
      filler,
      declared: false,
      gone: false,
      session: null,
      metadataCount: null,
      points: 0,
      offsets: [],
    };
    all.push(publisher);
    byId.set(id, publisher);
    return publisher;
  };
  const nobody = add("", Origin.measured, false);
  const beat: Publishers["beat"] = (publisher, receivedMs) => {
    if (publisher === nobody) return;
    publisher.heartbeats ||= publisher.session === null; // a session's end is told: silence is no sign
    publisher.lastHeartbeatMs = receivedMs;
  };
  const of: Publishers["of"] = (id, defaults) => {
    const known = byId.get(id);
    if (known) return known;
    if (all.length >= publisherLimit || id.length > idChars) return nobody;
    return add(id, defaults?.origin ?? Origin.measured, defaults?.filler ?? false);
  };
  return {
    all,
    of,
    find: (id) => byId.get(id),
    declare: (source, filler) => {
      const publisher = of(source.id, { origin: source.origin, filler });
      if (publisher === nobody) return false; // what one of those past the limit says is not true of the others
      const changed = publisher.origin !== source.origin;
      publisher.origin = source.origin;
      publisher.periodMs = source.periodMs ?? (publisher.session === null ? null : Number.POSITIVE_INFINITY);
      publisher.metadataCount = source.metadataCount;
      publisher.heartbeats ||= source.heartbeatMs !== null;
      publisher.declared = true;
      return changed;
    },
    beat,
    heartbeat: (publisher, sentMs, receivedMs) => {
      if (publisher === nobody) return;
      beat(publisher, receivedMs);
      publisher.offsets.push(sentMs - receivedMs);
      if (publisher.offsets.length > skewWindow) publisher.offsets.shift();
      publisher.skewMs = median(publisher.offsets);
    },
  };
};

/**
 * Whether a publisher's heartbeat is overdue.
 * @param sinceMs when we began to listen: a declared heartbeat that never came is late too.
 */
export const isLate = (publisher: Publisher, nowMs: number, sinceMs: number): boolean =>
  publisher.heartbeats && nowMs - Math.max(publisher.lastHeartbeatMs, sinceMs) > heartbeatLateMs;

const stateOf = (publisher: Publisher, nowMs: number, sinceMs: number): PublisherStatus["state"] => {
  if (publisher.gone) return "gone";
  if (publisher.session !== null) return publisher.session;
  if (!publisher.heartbeats) return "unknown";
  return isLate(publisher, nowMs, sinceMs) ? "late" : "live";
};

/** What a publisher says of itself; the ledger knows what came of it. */
export const publisherStatus = (
  publisher: Publisher,
  nowMs: number,
  sinceMs: number,
): Omit<PublisherStatus, "skewMs" | "skewEstimated" | "received" | "expected"> => ({
  id: publisher.id,
  origin: originNames[publisher.origin]!,
  state: stateOf(publisher, nowMs, sinceMs),
  lastHeartbeatMs: publisher.lastHeartbeatMs || null,
  points: publisher.points,
});
