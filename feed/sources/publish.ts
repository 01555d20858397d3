import type { MqttClient } from "mqtt";

/** Publishes a command. Exists only where the session was told that it may (`--allow-publish`). */
export type Publish = (topic: string, payload: Uint8Array | string) => void;

/**
 * All that this product may ever publish: Sparkplug commands to nodes and devices, and what it says of itself as a host.
 * No other topic, no wildcard, no empty level.
 */
export const mayPublish = (topic: string, hostId: string): boolean =>
  topic === `spBv1.0/STATE/${hostId}` ||
  /^spBv1\.0\/[^/+#]+\/(NCMD\/[^/+#]+|DCMD\/[^/+#]+\/[^/+#]+)$/.test(topic);

/**
 * The one way out: every PUBLISH of the product goes through here.
 * @throws when the topic is none of those that may be published to: a bug of ours
 */
export const publishGuarded = (
  client: Pick<MqttClient, "publish">,
  hostId: string,
  [topic, payload]: Parameters<Publish>,
): void => {
  if (!mayPublish(topic, hostId)) throw new Error(`refused to publish to ${topic}`);
  const isState = topic.startsWith("spBv1.0/STATE/");
  client.publish(topic, typeof payload === "string" ? payload : Buffer.from(payload), {
    qos: isState ? 1 : 0,
    retain: isState,
  });
};
