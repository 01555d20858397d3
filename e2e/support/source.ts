import { brokerAt, type MqttConfig } from "#feed/contract/config.ts";
import type { SourceError } from "#feed/contract/status.ts";
import { MqttSource } from "#feed/sources/mqtt.ts";
import { createClock } from "#feed/tables/clock.ts";
import type { Twin } from "#twins/model/twin.ts";
import { until } from "./until.ts";

/** A connection as the feed makes it, without a feed behind it. */
export const openSource = (
  twin: Twin,
  { url, ...settings }: Pick<MqttConfig, "url"> & Partial<MqttConfig>,
): MqttSource =>
  new MqttSource({
    config: brokerAt(url, settings),
    twin,
    clock: createClock(),
    protocols: [5, 4],
    sweep: false,
    onMessage: () => {},
    onMetadataComplete: () => {},
    onConnection: () => {},
    publishers: () => [],
    log: () => {},
  });

export const goesLive = (source: MqttSource): Promise<boolean> =>
  until("the source is live", async () => source.snapshot().state === "live", {
    lastSeen: () => JSON.stringify(source.snapshot()),
  });

export const failureOf = (source: MqttSource): Promise<SourceError> =>
  until("the connection fails", async () => source.snapshot().error);
