import type { IClientOptions, MqttClient } from "mqtt";
import { encodeHostState, hostStateTopic } from "#feed/wire/sparkplug-command.ts";

/** Publishes a command to a plant. */
export type Publish = (topic: string, payload: Uint8Array | string) => void;

/**
 * All that this product may ever publish: Sparkplug commands to nodes and devices, and what it says of itself as a host.
 * No other topic, no wildcard, no empty level.
 */
export const mayPublish = (topic: string, hostId: string): boolean =>
  topic === hostStateTopic(hostId) ||
  /^spBv1\.0\/[^/+#]+\/(NCMD\/[^/+#]+|DCMD\/[^/+#]+\/[^/+#]+)$/.test(topic);

/**
 * The one way out: every PUBLISH of the product goes through here.
 * @throws when the topic is none of those that may be published to: a bug of ours
 */
const publishGuarded = (
  client: Pick<MqttClient, "publish">,
  hostId: string,
  [topic, payload]: Parameters<Publish>,
): void => {
  if (!mayPublish(topic, hostId)) throw new Error(`refused to publish to ${topic}`);
  const isState = topic === hostStateTopic(hostId);
  const bytes = typeof payload === "string" ? payload : Buffer.from(payload);
  // A command that finds the connection lost is not sent later: by then it may be needed no more.
  client.publish(topic, bytes, { qos: isState ? 1 : 0, retain: isState }, () => {});
};

/** What a Sparkplug host says on one connection. Exists only where the session was told that it may (`--allow-publish`). */
export interface SparkplugHost {
  readonly publish: Publish;
  /** Will of the next connection: offline, of the same time as the state that `opened` will publish. */
  will(nowMs: number): NonNullable<IClientOptions["will"]>;
  /** The connection is open and subscribed: nodes that wait for their primary host may know. */
  opened(client: Pick<MqttClient, "publish">): void;
  /** A STATE message came: one that calls us offline while we are not is answered (Sparkplug B 3.0 §4.2.1). */
  stateHeard(topic: string, payload: Uint8Array): void;
}

export const createSparkplugHost = (hostId: string): SparkplugHost => {
  const stateTopic = hostStateTopic(hostId);
  let client: Pick<MqttClient, "publish"> | null = null;
  let bornMs = 0;
  const publish: Publish = (topic, payload) => {
    if (client) publishGuarded(client, hostId, [topic, payload]);
  };
  return {
    publish,
    will: (nowMs) => {
      client = null;
      bornMs = nowMs;
      return {
        topic: stateTopic,
        payload: Buffer.from(encodeHostState(false, bornMs)),
        qos: 1,
        retain: true,
      };
    },
    opened: (opened) => {
      client = opened;
      publish(stateTopic, encodeHostState(true, bornMs));
    },
    stateHeard: (topic, payload) => {
      if (topic !== stateTopic || !/"online"\s*:\s*false/.test(Buffer.from(payload).toString())) return;
      publish(stateTopic, encodeHostState(true, bornMs));
    },
  };
};
