import { memoryPair } from "#feed/bridge/transports.ts";
import type { PointDetail, UnmappedTopic } from "#feed/contract/bridge.ts";
import { connectBridge } from "#feed/contract/client.ts";
import { brokerAt, type MqttConfig, type SessionConfig } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { startFeed } from "#feed/service.ts";
import type { Twin } from "#twins/model/twin.ts";

/** A feed without a shell, read through its bridge. */
export interface WireFeed {
  status(): FeedStatus | null;
  /** What the feed knows of `asset metric`. */
  point(point: string): Promise<PointDetail | null>;
  unmapped(): Promise<readonly UnmappedTopic[]>;
  close(): Promise<void>;
}

export interface WireFeedOptions {
  readonly twin: Twin;
  readonly racks: number;
  readonly aliasFiles?: readonly string[];
  readonly allowPublish?: boolean;
  readonly broker: Pick<MqttConfig, "url"> & Partial<MqttConfig>;
}

/** Starts a feed that reads one broker. */
export const startWireFeed = ({ twin, racks, broker, ...options }: WireFeedOptions): WireFeed => {
  const config: SessionConfig = {
    version: "test",
    mode: "desk",
    language: "en",
    brokers: [brokerAt(broker.url, broker)],
    announced: false,
    saveDirectory: null,
    aliasFiles: options.aliasFiles ?? [],
    fillSimulated: false,
    allowPublish: options.allowPublish === true,
    twinDirectory: null,
    racks,
    seed: 1,
    timeMs: null,
    plantSpeed: 1,
  };
  const feed = startFeed(config);
  const bridge = connectBridge({
    capabilities: { shell: "web", windows: false, fileDialogs: false },
    open: async () => {
      const [near, far] = memoryPair();
      feed.connect(far);
      return near;
    },
  });
  return {
    status: () => feed.status(),
    point: (point) => {
      const [asset = "", metric = ""] = point.split(" ");
      const ref = twin.find(asset);
      if (!ref) throw new Error(`no asset ${asset}`);
      return bridge.request("point.detail", { ...ref, metric });
    },
    unmapped: async () => (await bridge.request("unmapped.list", { limit: 500 })).topics,
    close: async () => {
      bridge.close();
      await feed.close();
    },
  };
};
