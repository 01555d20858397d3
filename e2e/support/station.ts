import { connectAsync } from "mqtt";

/** What a test station says about itself (docs/WIRE.md, Source). */
export interface StationOptions {
  readonly id: string;
  /** Expected time between values, ms. */
  readonly periodMs: number;
  readonly origin?: "measured" | "simulated" | "trace";
}

interface ValueOptions {
  /** Source time, ms UTC; now when absent. */
  readonly timestamp?: number;
  /** 1 is good. */
  readonly quality?: number;
  /** Kept by the broker for those who come later. */
  readonly retain?: boolean;
}

/** Point types of racks, as docs/WIRE.md and the class catalogue name them. */
const rackPoints = {
  power: { namespace: "BMS", pointType: "RackPower", unit: "kW" },
  load: { namespace: "HT", pointType: "ComputeLoad", unit: "%" },
  inletTemperature: { namespace: "HT", pointType: "RackAirInletTemperature", unit: "Cel" },
} as const;
type RackMetric = keyof typeof rackPoints;

/** A plant's publisher, as small as one can be: what a journey needs to be the other end of the wire. */
export interface Station {
  /** Topic of a rack's value. */
  topicOf(rack: string, metric: RackMetric): string;
  /** Retained Source message, then a heartbeat every ten seconds until `fallSilent`. */
  declare(): Promise<void>;
  /** Sends a last heartbeat. */
  fallSilent(): Promise<void>;
  /** Retained metadata of one rack's metric. */
  describe(rack: string, metric: RackMetric): Promise<void>;
  value(rack: string, metric: RackMetric, value: unknown, options?: ValueOptions): Promise<void>;
  raw(topic: string, payload: string | Buffer, retain?: boolean): Promise<void>;
  close(): Promise<void>;
}

export const openStation = async (url: string, options: StationOptions): Promise<Station> => {
  const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 100 });
  const { id, periodMs, origin = "measured" } = options;
  const send = async (topic: string, payload: string | Buffer, retain = false): Promise<void> => {
    await client.publishAsync(topic, payload, { qos: 1, retain });
  };
  const topic = (kind: "Value" | "Metadata", rack: string, metric: RackMetric): string => {
    const { namespace, pointType } = rackPoints[metric];
    return `${namespace}/v1/PUB/${kind}/Rack/${pointType}/${id}/${rack}`;
  };
  const heartbeat = (): Promise<void> => {
    const now = Date.now();
    const message = JSON.stringify({ value: now, timestamp: now, quality: 1 });
    return send(`BMS/v1/PUB/Value/System/HeartbeatTimestampBms/${id}/heartbeat`, message);
  };
  let beating: NodeJS.Timeout | undefined;
  return {
    topicOf: (rack, metric) => topic("Value", rack, metric),
    fallSilent: () => {
      clearInterval(beating);
      return heartbeat();
    },
    declare: async () => {
      const name = { zh: "测试站", en: "Test station" };
      const source = JSON.stringify({ id, origin, name, periodMs, heartbeatMs: 10_000 });
      await send(`HT/v1/PUB/Source/${id}`, source, true);
      await heartbeat();
      clearInterval(beating);
      beating = setInterval(() => void heartbeat(), 10_000);
    },
    describe: (rack, metric) =>
      send(
        topic("Metadata", rack, metric),
        JSON.stringify({ rackLocationId: rack, engUnit: rackPoints[metric].unit }),
        true,
      ),
    value: (rack, metric, value, { timestamp = Date.now(), quality = 1, retain = false } = {}) =>
      send(topic("Value", rack, metric), JSON.stringify({ value, timestamp, quality }), retain),
    raw: send,
    close: () => {
      clearInterval(beating);
      return client.endAsync(true);
    },
  };
};
