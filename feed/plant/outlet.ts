import type { MqttClient } from "mqtt";

/** Where a publisher's messages go: a broker, or the parent process when there is none of ours. */
export interface Outlet {
  /** QoS 0, not retained; may be lost, never waits. */
  send(topic: string, payload: string | Uint8Array): void;
  /** Retained; resolves when it has been taken. */
  retain(topic: string, payload: string): Promise<void>;
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
    await client.publishAsync(topic, payload, { qos: 1, retain: true });
  },
  get backlogBytes() {
    return client.stream.writableLength;
  },
});

/** What a plant without a broker sends to its parent, which needs `serialization: "advanced"` for the bytes. */
export interface PlantMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: boolean;
}

/** Messages over the IPC channel of a forked process. */
export const parentOutlet = (): Outlet => {
  let pending = 0;
  const post = (message: PlantMessage): void => {
    const bytes = message.payload.length;
    pending += bytes;
    process.send?.(message, undefined, {}, () => {
      pending -= bytes;
    });
  };
  return {
    send: (topic, payload) => post({ topic, payload, retain: false }),
    retain: async (topic, payload) => post({ topic, payload, retain: true }),
    get backlogBytes() {
      return pending;
    },
  };
};
