import type { MqttClient } from "mqtt";

/** Where a publisher's messages go, in order: a broker, or a test. */
export interface Outlet {
  /** QoS 0, not retained; lost while there is no connection. */
  send(topic: string, payload: string | Uint8Array): void;
  /** Retained; resolves when it has left. */
  retain(topic: string, payload: string): Promise<void>;
  /** Retained; resolves when the broker has acknowledged it, and with it everything sent before. */
  retainConfirmed(topic: string, payload: string): Promise<void>;
  /** Bytes handed over and not yet taken by the socket. */
  readonly backlogBytes: number;
}

interface Waiting {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retain: boolean;
  readonly done?: () => void;
}

const asBuffer = (payload: string | Uint8Array): string | Buffer =>
  typeof payload === "string" ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);

/**
 * Writes as fast as the socket drains. MQTT.js hangs a listener on the socket for every message that finds it full;
 * with a hundred thousand points a second those listeners would cost more than the messages.
 */
export const mqttOutlet = (client: MqttClient): Outlet => {
  let queue: Waiting[] = [];
  let head = 0;
  let queuedBytes = 0;
  let isWaiting = false;

  const pump = (): void => {
    while (head < queue.length && client.connected) {
      if (client.stream.writableNeedDrain) {
        if (!isWaiting) client.stream.once("drain", resume);
        isWaiting = true;
        return;
      }
      const { topic, payload, retain, done } = queue[head++]!;
      queuedBytes -= payload.length;
      client.publish(topic, asBuffer(payload), { qos: 0, retain });
      done?.();
    }
    if (head < queue.length) return;
    queue = [];
    head = 0;
  };
  const resume = (): void => {
    isWaiting = false;
    pump();
  };
  client.on("connect", resume);
  const push = (message: Waiting): void => {
    queue.push(message);
    queuedBytes += message.payload.length;
    if (!isWaiting) pump();
  };
  const retain = (topic: string, payload: string): Promise<void> =>
    new Promise((done) => push({ topic, payload, retain: true, done }));
  return {
    send: (topic, payload) => {
      if (client.connected) push({ topic, payload, retain: false });
    },
    retain,
    retainConfirmed: async (topic, payload) => {
      // An empty queue is what keeps the order.
      if (queue.length > 0) await new Promise<void>((done) => push({ topic, payload, retain: true, done }));
      await client.publishAsync(topic, payload, { qos: 1, retain: true });
    },
    get backlogBytes() {
      return queuedBytes + client.stream.writableLength;
    },
  };
};
