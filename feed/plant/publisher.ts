import type { LocalText } from "#twins/model/twin.ts";
import type { Outlet } from "./outlet.ts";

/** What a publisher says of itself, retained, before its first value (docs/WIRE.md §2). */
export interface SourceMessage {
  readonly id: string;
  readonly origin: "measured" | "simulated" | "trace";
  readonly name: LocalText;
  readonly periodMs?: number;
  readonly heartbeatMs?: number;
  readonly attribution?: string;
  readonly metadataCount?: number;
}

/** DSX Exchange: a heartbeat every 10 s. */
const heartbeatMs = 10_000;

export interface PublisherCounts {
  messages: number;
  bytes: number;
  points: number;
}

/** Writes to a broker under one publisher id, and under no other: every topic is checked before it leaves. */
export interface Publisher {
  readonly id: string;
  readonly counts: Readonly<PublisherCounts>;
  /** Bytes the socket has not taken yet. */
  readonly backlogBytes: number;
  /** Retained Source, then a heartbeat every 10 s. */
  announce(source: Omit<SourceMessage, "id" | "heartbeatMs">): Promise<void>;
  /** A value; QoS 0, not retained. `points` is how many readings it carries. */
  value(topic: string, payload: string | Uint8Array, points: number): void;
  /** Retained metadata of many points, a bounded number on their way at once; resolves when the broker has them all. */
  describe(metadata: Iterable<readonly [topic: string, payload: string]>): Promise<void>;
  stop(): void;
}

/** Root topics a publisher may write: values and metadata, its Source, its scenario, bulk frames and their layouts. */
export const ownFilters = (id: string): readonly string[] => [
  `BMS/v1/PUB/Value/+/+/${id}/#`,
  `BMS/v1/PUB/Metadata/+/+/${id}/#`,
  `HT/v1/PUB/Value/+/+/${id}/#`,
  `HT/v1/PUB/Metadata/+/+/${id}/#`,
  `HT/v1/PUB/Source/${id}`,
  `HT/v1/PUB/Scenario/${id}`,
  `HT/v1/PUB/Bulk/${id}/#`,
  `HT/v1/PUB/BulkLayout/${id}/#`,
];

/** True when a topic lies in the publisher's own namespace (see `ownFilters`). */
export const isOwnTopic = (topic: string, id: string): boolean => {
  const [root, version, pub, kind, ...rest] = topic.split("/");
  if (version !== "v1" || pub !== "PUB" || (root !== "BMS" && root !== "HT")) return false;
  if (kind === "Value" || kind === "Metadata") return rest[2] === id && rest.length > 3;
  if (root !== "HT" || rest[0] !== id) return false;
  if (kind === "Source" || kind === "Scenario") return rest.length === 1;
  return kind === "Bulk" || kind === "BulkLayout";
};

const heartbeatMetadata = (id: string): string =>
  JSON.stringify({
    objectType: "System",
    pointType: "HeartbeatTimestampBms",
    objectName: id,
    objectId: id,
    engUnit: "ms",
  });

/** Retained messages on their way at once. */
const retainWindow = 500;

export const createPublisher = (outlet: Outlet, id: string): Publisher => {
  const counts: PublisherCounts = { messages: 0, bytes: 0, points: 0 };
  const heartbeatPlace = `System/HeartbeatTimestampBms/${id}/system`;
  let timer: NodeJS.Timeout | undefined;

  const checked = (topic: string): string => {
    if (!isOwnTopic(topic, id)) throw new Error(`topic ${topic} is not in the namespace of ${id}`);
    return topic;
  };
  const send = (topic: string, payload: string | Uint8Array, points: number): void => {
    counts.messages++;
    counts.bytes += topic.length + payload.length;
    counts.points += points;
    outlet.send(checked(topic), payload);
  };
  const describe = async (metadata: Iterable<readonly [topic: string, payload: string]>): Promise<void> => {
    let window: Promise<void>[] = [];
    for (const [topic, payload] of metadata) {
      window.push(outlet.retain(checked(topic), payload));
      if (window.length < retainWindow) continue;
      await Promise.all(window);
      window = [];
    }
    await Promise.all(window);
    // The broker takes messages in order: with the last acknowledged, it has them all.
    await outlet.retainConfirmed(`BMS/v1/PUB/Metadata/${heartbeatPlace}`, heartbeatMetadata(id));
  };
  const heartbeat = (): void => {
    const nowMs = Date.now();
    send(`BMS/v1/PUB/Value/${heartbeatPlace}`, `{"value":${nowMs},"timestamp":${nowMs},"quality":1}`, 1);
  };
  return {
    id,
    counts,
    get backlogBytes() {
      return outlet.backlogBytes;
    },
    announce: async (source) => {
      const topic = checked(`HT/v1/PUB/Source/${id}`);
      await outlet.retainConfirmed(topic, JSON.stringify({ id, heartbeatMs, ...source }));
      heartbeat();
      timer ??= setInterval(heartbeat, heartbeatMs);
    },
    describe,
    value: send,
    stop: () => clearInterval(timer),
  };
};
