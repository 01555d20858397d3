import { setTimeout as sleep } from "node:timers/promises";
import type { MqttClient } from "mqtt";
import type { Twin } from "#twins/model/twin.ts";
import { toSourceError } from "./mqtt-errors.ts";
import { RetainedSweep } from "./retained.ts";

/** A broker that hands out kept messages out of order with its acknowledgements is given this long after the last. */
const quietMs = 250;
/** Without an acknowledgement and without messages for this long, a fence is asked for again. */
const fenceQuietMs = 500;
const answerMs = 3000;
const nudgeMs = 2;

const declarationFilters = ["HT/v1/PUB/Source/#", "HT/v1/PUB/BulkLayout/#"];
const metadataFilters = ["BMS/v1/PUB/Metadata/#", "HT/v1/PUB/Metadata/#"];
const valueFilters = ["BMS/v1/+/Value/#", "HT/v1/+/Value/#", "HT/v1/PUB/Bulk/#", "spBv1.0/#"];

export interface SubscriberOptions {
  readonly client: MqttClient;
  readonly twin: Twin;
  readonly publishers: () => readonly string[];
  readonly log: (line: string) => void;
  /** False once the connection was lost or replaced. */
  readonly isCurrent: () => boolean;
}

export interface SubscriptionPlan {
  /** Fetch kept metadata in small filters, for brokers that drop. */
  readonly sweep: boolean;
  /** The connection speaks MQTT 5.0. */
  readonly isFive: boolean;
  /** Listen to topics of unknown wires too. */
  readonly isWide: boolean;
}

/** Subscribes one connection: what sources declare first, then metadata, then values. */
export class Subscriber {
  readonly #options: SubscriberOptions;
  #sweep: RetainedSweep | null = null;
  /** Monotonic. */
  #lastKeptMs = 0;

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** To be called with every retained message. */
  observeKept(topic: string): void {
    this.#lastKeptMs = performance.now();
    this.#sweep?.observe(topic);
  }

  /**
   * Subscribes to everything, in order; resolves when all kept metadata has come.
   * @throws when the connection is lost or the broker refuses.
   */
  async run({ sweep, isFive, isWide }: SubscriptionPlan): Promise<void> {
    await this.#subscribeAllowed(declarationFilters);
    await this.#fence();
    if (sweep) await this.#fetchKept();
    // 5.0 can leave out what the broker kept (retain handling 2): the sweep has had it.
    await this.#subscribeAllowed(metadataFilters, sweep && isFive);
    const refusal = await this.#subscribeAllowed(valueFilters);
    if (refusal) throw refusal;
    await this.#fence();
    if (isFive && isWide) await this.#widen();
    if (!sweep || !isFive) await this.#quiet(quietMs);
  }

  async #fetchKept(): Promise<void> {
    const { client, twin, publishers, log } = this.#options;
    const ignore = (): void => {};
    this.#sweep = new RetainedSweep(
      {
        subscribe: (filters) => void client.subscribeAsync([...filters], { qos: 0 }).catch(ignore),
        unsubscribe: (filters) => void client.unsubscribeAsync([...filters]).catch(ignore),
        fence: () => this.#fence(),
      },
      twin,
      publishers,
    );
    const { messages, filters } = await this.#sweep.run();
    this.#sweep = null;
    if (messages > 0) log(`${messages} kept metadata messages by ${filters} filters`);
  }

  /**
   * Resolves when everything that the broker queued before has arrived: packets keep their order, so an
   * acknowledgement comes behind them. Asked again when all is quiet and none came: mosquitto drops acknowledgements
   * too while its queue for us is full.
   */
  async #fence(): Promise<void> {
    const { client, isCurrent } = this.#options;
    const filter = `HT/v1/PUB/Fence/${client.options.clientId}`;
    const answers: Promise<boolean>[] = [];
    // A broker with Nagle's algorithm on holds small packets until the last ones are acknowledged, which our side
    // delays by 40 ms unless it has something to send.
    const nudge = setInterval(() => client.connected && client.sendPing(), nudgeMs);
    try {
      do {
        if (!isCurrent()) throw new Error("the connection was lost");
        // A broker that does not let us listen there has answered all the same.
        const answer = client.subscribeAsync(filter, { qos: 0 }).catch((error: unknown) => {
          if (refusalCodes(error).length === 0) throw error;
        });
        answers.push(answer.then(() => true));
        for (const answer of answers) answer.catch(() => {});
      } while (!(await Promise.race([...answers, this.#quiet(fenceQuietMs).then(() => false)])));
    } finally {
      clearInterval(nudge);
    }
  }

  /**
   * Subscribes to what an access list lets us have: a plant's broker may know nothing of our own topics.
   * @returns the broker's refusal when it allows none of the filters
   */
  async #subscribeAllowed(filters: readonly string[], onlyNew = false): Promise<Error | null> {
    try {
      await this.#subscribe(filters, onlyNew);
      return null;
    } catch (error) {
      const codes = refusalCodes(error);
      const refused = filters.filter((_, i) => (codes[i] ?? 0) >= firstRefusal);
      if (refused.length === 0) throw error;
      const message = `the broker refuses ${refused.join(", ")}`;
      this.#options.log(message);
      return refused.length < filters.length
        ? null
        : Object.assign(new Error(message), { code: notAuthorised });
    }
  }

  /** Subscribes, and again when no acknowledgement came: see `#fence`. */
  async #subscribe(filters: readonly string[], onlyNew = false): Promise<void> {
    const options = onlyNew ? ({ qos: 0, rh: 2 } as const) : ({ qos: 0 } as const);
    const answers: Promise<boolean>[] = [];
    do {
      if (!this.#options.isCurrent()) throw new Error("the connection was lost");
      answers.push(this.#options.client.subscribeAsync([...filters], options).then(() => true));
      for (const answer of answers) answer.catch(() => {});
    } while (!(await Promise.race([...answers, sleep(answerMs, false)])));
  }

  /**
   * Listens to the whole broker, so that what speaks no known wire is counted and listed instead of being invisible.
   * The narrow filters go in the same breath: mosquitto would send every message once per matching filter.
   */
  async #widen(): Promise<void> {
    const { client, log } = this.#options;
    const narrow = [...declarationFilters, ...metadataFilters, ...valueFilters];
    client.unsubscribeAsync(narrow).catch(() => {});
    try {
      await this.#subscribe(["#"], true);
    } catch (error) {
      log(`the broker refuses "#" (${toSourceError(error).detail}): reading known wires only`);
      await this.#subscribeAllowed(narrow, true);
    }
  }

  /** Resolves when no kept message has come for this long. */
  async #quiet(forMs: number): Promise<void> {
    const sinceMs = performance.now();
    for (;;) {
      const leftMs = Math.max(sinceMs, this.#lastKeptMs) + forMs - performance.now();
      if (leftMs <= 0) return;
      await sleep(leftMs);
    }
  }
}

/** SUBACK: from here on the broker says no (3.1.1 §3.9.3, 5.0 §3.9.3). */
const firstRefusal = 0x80;
const notAuthorised = 0x87;

/** Answers of the broker to each filter of a subscription that failed; empty when it failed without an answer. */
const refusalCodes = (error: unknown): readonly number[] => {
  const { packet } = (error ?? {}) as { packet?: { granted?: readonly number[] } };
  return packet?.granted ?? [];
};
