import type { PublisherStatus } from "#feed/contract/status.ts";
import { Origin, originNames } from "#twins/model/quality.ts";

/** Most publishers a session keeps apart; later ones share index 0. */
export const publisherLimit = 4096;
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
  /** As its topics name it. */
  readonly id: string;
  /** Which of several brokers it publishes to; null for the first, or the only one. */
  readonly broker: string | null;
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
  /** Those of another broker: one id at two brokers is two publishers. They share `all` and their indexes. */
  at(broker: string): Publishers;
}

/** A publisher's id, with its broker where there are several. */
export const shownId = ({ id, broker }: Pick<Publisher, "id" | "broker">): string =>
  broker === null ? id : `${id} @ ${broker}`;

const keyOf = (id: string, broker: string | null): string => `${id}\0${broker ?? ""}`;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Index 0 is "nobody": points never written, and publishers past the limit. */
export const createPublishers = (): Publishers => {
  const all: Publisher[] = [];
  const byId = new Map<string, Publisher>();
  const add = (own: Pick<Publisher, "id" | "broker" | "origin" | "filler">): Publisher => {
    const publisher: Publisher = {
      ...own,
      index: all.length,
      periodMs: null,
      heartbeats: false,
      lastHeartbeatMs: 0,
      skewMs: null,
      declared: false,
      gone: false,
      session: null,
      metadataCount: null,
      points: 0,
      offsets: [],
    };
    all.push(publisher);
    byId.set(keyOf(own.id, own.broker), publisher);
    return publisher;
  };
  const nobody = add({ id: "", broker: null, origin: Origin.measured, filler: false });
  const beat: Publishers["beat"] = (publisher, receivedMs) => {
    if (publisher === nobody) return;
    publisher.heartbeats ||= publisher.session === null; // a session's end is told: silence is no sign
    publisher.lastHeartbeatMs = receivedMs;
  };
  const of = (
    broker: string | null,
    id: string,
    { origin = Origin.measured, filler = false }: Partial<Pick<Publisher, "origin" | "filler">> = {},
  ): Publisher => {
    const known = id === "" ? nobody : byId.get(keyOf(id, broker));
    if (known) return known;
    if (all.length >= publisherLimit || id.length > idChars) return nobody;
    return add({ id, broker, origin, filler });
  };
  const at = (broker: string | null): Publishers => ({
    all,
    at,
    of: (id, defaults) => of(broker, id, defaults),
    find: (id) => byId.get(keyOf(id, broker)),
    declare: (source, filler) => {
      const publisher = of(broker, source.id, { origin: source.origin, filler });
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
  });
  return at(null);
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
  id: shownId(publisher),
  origin: originNames[publisher.origin]!,
  state: stateOf(publisher, nowMs, sinceMs),
  lastHeartbeatMs: publisher.lastHeartbeatMs || null,
  points: publisher.points,
});
