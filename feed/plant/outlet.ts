import type { MqttClient } from "mqtt";

/** Where a publisher's messages go: a broker, or a test. */
export interface Outlet {
  /** QoS 0, not retained; may be lost, never waits. */
  send(topic: string, payload: string | Uint8Array): void;
  /** Retained; resolves when it has left. */
  retain(topic: string, payload: string): Promise<void>;
  /** Retained; resolves when the broker has acknowledged it, and with it everything sent before. */
  retainConfirmed(topic: string, payload: string): Promise<void>;
  /** Bytes handed over and not yet taken by the socket. */
  readonly backlogBytes: number;
}

const asBuffer = (payload: string | Uint8Array): string | Buffer =>
  typeof payload === "string" ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);

export const mqttOutlet = (client: MqttClient): Outlet => ({
  send: (topic, payload) => {
    if (client.connected) client.publish(topic, asBuffer(payload), { qos: 0 });
  },
  retain: async (topic, payload) => {
    await client.publishAsync(topic, payload, { qos: 0, retain: true });
  },
  retainConfirmed: async (topic, payload) => {
    await client.publishAsync(topic, payload, { qos: 1, retain: true });
  },
  get backlogBytes() {
    return client.stream.writableLength;
  },
});
