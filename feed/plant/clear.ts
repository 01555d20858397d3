import type { MqttClient } from "mqtt";
import { mqttOutlet } from "./outlet.ts";
import { isOwnTopic, ownFilters } from "./publisher.ts";

/** Retained messages are all delivered once none has come for this long. */
const quietMs = 400;
/** A broker may drop what one subscription brings too fast; so look again until nothing is left. */
const roundLimit = 100;

const retainedTopics = async (client: MqttClient, id: string): Promise<readonly string[]> => {
  const topics = new Set<string>();
  let lastMs = Date.now();
  const take = (topic: string, payload: Buffer, packet: { retain: boolean }): void => {
    if (!packet.retain || payload.length === 0 || !isOwnTopic(topic, id)) return;
    topics.add(topic);
    lastMs = Date.now();
  };
  client.on("message", take);
  const filters = [...ownFilters(id)];
  await client.subscribeAsync(filters);
  lastMs = Date.now();
  while (Date.now() - lastMs < quietMs) await new Promise((resolve) => setTimeout(resolve, 50));
  await client.unsubscribeAsync(filters);
  client.off("message", take);
  return [...topics];
};

/**
 * Removes the retained messages of one publisher and of nobody else, by publishing them empty.
 * @returns how many were removed.
 */
export const clearRetained = async (client: MqttClient, id: string): Promise<number> => {
  const outlet = mqttOutlet(client);
  let removed = 0;
  for (let round = 0; round < roundLimit; round++) {
    const topics = await retainedTopics(client, id);
    if (topics.length === 0) return removed;
    await Promise.all(topics.map((topic) => outlet.retain(topic, "")));
    await outlet.retainConfirmed(topics[0]!, "");
    removed += topics.length;
  }
  throw new Error(`retained messages of ${id} keep coming back: is another publisher of that name running?`);
};
