import type { Incoming } from "#feed/ingest/context.ts";
import { payloadHash } from "#feed/wire/dsx.ts";
import type { AnnouncedPoint } from "#twins/announced/announced.ts";

/** Points kept, of all brokers together; what is announced beyond them is counted. */
const pointLimit = 500_000;
/** Messages kept that announce no point themselves (layouts, deaths). */
const otherLimit = 20_000;

/** Reads what messages of one wire announce. */
export interface AnnouncementReader {
  /** True for topics of announcements: asked of every message, so it looks at the topic alone. */
  matches(topic: string): boolean;
  /** The points that a message names; none where it only has to be heard again (a death), or cannot be read. */
  read(message: Pick<Incoming, "topic" | "payload">): readonly AnnouncedPoint[];
}

/** A message as it came, to be heard again by the decoders of another twin. */
export interface KeptMessage {
  /** Number of the broker it came from. */
  readonly source: number;
  /** Counts all messages kept: the order they came in. */
  readonly arrival: number;
  readonly message: Incoming;
}

/** What plants said of themselves, by topic: the newest of each. Bounded. */
export interface Announcements {
  /** Keeps a message that announces something; false when it announces nothing. */
  take(source: number, message: Incoming): boolean;
  /** Points announced now. */
  readonly points: number;
  /** Points that found no room. */
  readonly beyond: number;
  /** Grows with each change of what is announced; the same said again is none. */
  readonly version: number;
  /** All points, in the order of brokers and topics: the same announcements give the same campus, whenever they came. */
  all(): readonly AnnouncedPoint[];
  /** All messages kept, in no order. */
  kept(): readonly KeptMessage[];
}

interface Entry {
  readonly source: number;
  readonly topic: string;
  arrival: number;
  /** One byte a character: half the memory of a buffer of its own, and the same bytes again. */
  payload: string;
  hash: number;
  retained: boolean;
  receivedMs: number;
  points: readonly AnnouncedPoint[];
}

const isSame = (a: readonly AnnouncedPoint[], b: readonly AnnouncedPoint[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

/** @param nextArrival counts messages, shared with whatever else is kept in order. */
export const createAnnouncements = (
  readers: readonly AnnouncementReader[],
  nextArrival: () => number,
): Announcements => {
  const entries = new Map<string, Entry>();
  let points = 0;
  let beyond = 0;
  let version = 0;

  const forget = (key: string): void => {
    const known = entries.get(key);
    if (!known) return;
    entries.delete(key);
    points -= known.points.length;
    if (known.points.length > 0) version++;
  };

  const keep = (
    key: string,
    message: Incoming,
    entry: Omit<Entry, "payload" | "retained" | "receivedMs">,
  ) => {
    const { payload, retained, receivedMs } = message;
    entries.set(key, { ...entry, payload: Buffer.from(payload).toString("latin1"), retained, receivedMs });
  };

  return {
    get points() {
      return points;
    },
    get beyond() {
      return beyond;
    },
    get version() {
      return version;
    },
    take: (source, message) => {
      const { topic, payload } = message;
      const reader = readers.find((each) => each.matches(topic));
      if (!reader) return false;
      const key = `${source} ${topic}`;
      const known = entries.get(key);
      const hash = payloadHash(payload);
      if (known && known.hash === hash && known.payload.length === payload.length) return true;
      if (payload.length === 0) {
        forget(key);
        return true;
      }
      const announced = reader.read(message);
      const before = known?.points ?? [];
      const hasRoom =
        points - before.length + announced.length <= pointLimit &&
        (known !== undefined || entries.size < pointLimit + otherLimit);
      if (!hasRoom) {
        beyond += Math.max(1, announced.length - before.length);
        return true;
      }
      const isNews = !isSame(before, announced);
      if (isNews) version++;
      points += announced.length - before.length;
      keep(key, message, {
        source,
        topic,
        hash,
        arrival: nextArrival(),
        points: isNews ? announced : before,
      });
      return true;
    },
    all: () =>
      [...entries.values()]
        .sort((a, b) => a.source - b.source || (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0))
        .flatMap((entry) => entry.points),
    kept: () =>
      [...entries.values()].map(({ source, arrival, topic, payload, retained, receivedMs }) => ({
        source,
        arrival,
        message: { topic, payload: Buffer.from(payload, "latin1"), retained, receivedMs },
      })),
  };
};
