import { get } from "sparkplug-payload";

const codec = get("spBv1.0")!;

type WholeMetric = NonNullable<Parameters<typeof codec.encodePayload>[0]["metrics"]>[number];
export type Metric = Partial<WholeMetric>;

/** One message as it goes to the broker. */
export interface SentMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** A payload by another implementation of the standard than the one under test. */
export const encodePayload = (timestamp: number, metrics: readonly Metric[], seq?: number): Uint8Array =>
  codec.encodePayload({
    timestamp,
    metrics: [...metrics] as WholeMetric[],
    ...(seq === undefined ? {} : { seq }),
  });

/** Payload as the other implementation reads it. */
export const decodePayload = (payload: Uint8Array) => codec.decodePayload(payload);

/** A real edge node's side of the protocol: births, data and deaths with their sequence, on a clock of its own. */
export class EdgeStation {
  nowMs: number;
  bdSeq = 0;
  seq = 255;
  readonly #group: string;
  readonly #node: string;

  constructor(group: string, node: string, nowMs: number) {
    this.#group = group;
    this.#node = node;
    this.nowMs = nowMs;
  }

  topic(type: string, device?: string): string {
    return `spBv1.0/${this.#group}/${type}/${this.#node}${device === undefined ? "" : `/${device}`}`;
  }

  /** Loses a message on the way. */
  lose(count = 1): void {
    this.seq = (this.seq + count) & 255;
  }

  nodeBirth(metrics: readonly Metric[] = []): SentMessage {
    this.seq = 255;
    return this.#send("NBIRTH", [this.#bdSeqMetric(), ...metrics]);
  }

  nodeData(metrics: readonly Metric[]): SentMessage {
    return this.#send("NDATA", metrics);
  }

  deviceBirth(device: string, metrics: readonly Metric[]): SentMessage {
    return this.#send("DBIRTH", metrics, device);
  }

  deviceData(device: string, metrics: readonly Metric[]): SentMessage {
    return this.#send("DDATA", metrics, device);
  }

  deviceDeath(device: string): SentMessage {
    return this.#send("DDEATH", [], device);
  }

  /** The will: without a sequence number. */
  nodeDeath(): SentMessage {
    return { topic: this.topic("NDEATH"), payload: encodePayload(this.nowMs, [this.#bdSeqMetric()]) };
  }

  #bdSeqMetric(): Metric {
    return { name: "bdSeq", type: "Int64", value: this.bdSeq };
  }

  #send(type: string, metrics: readonly Metric[], device?: string): SentMessage {
    this.lose();
    return { topic: this.topic(type, device), payload: encodePayload(this.nowMs, metrics, this.seq) };
  }
}
