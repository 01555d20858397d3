import { setTimeout as sleep } from "node:timers/promises";
import type { MqttClient } from "mqtt";
import type { Twin } from "#twins/model/twin.ts";
import { SourceFailure, toSourceError } from "./mqtt-errors.ts";
import { RetainedSweep } from "./retained.ts";
import { within } from "./topic-filter.ts";
import type { WireFilters } from "./wire-filters.ts";

/** A broker that hands out kept messages out of order with its acknowledgements is given this long after the last. */
const quietMs = 250;
/** Without an acknowledgement and without messages for this long, a fence is asked for again. */
const fenceQuietMs = 500;
const answerMs = 3000;
const nudgeMs = 2;
/** Never subscribed to. */
const fenceFilter = "HT/v1/PUB/Fence";

export interface SubscriberOptions {
  readonly client: MqttClient;
  readonly twin: Twin;
  readonly filters: WireFilters;
  /** Nothing but parts of these is ever subscribed to; null: no limit was set. */
  readonly allowed: readonly string[] | null;
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
   * @returns value filters that the broker refuses
   * @throws SourceFailure when there is nothing to subscribe to or the broker allows no values; Error when the
   * connection is lost
   */
  async run({ sweep, isFive }: SubscriptionPlan): Promise<readonly string[]> {
    const { declarations, metadata, values } = this.#options.filters;
    if (values.length === 0)
      throw new SourceFailure({ code: "filters", detail: `${this.#options.allowed}: no topic of its wire` });
    await this.#subscribeAllowed(declarations);
    await this.#fence();
    if (sweep && metadata.length > 0) await this.#fetchKept();
    // 5.0 can leave out what the broker kept (retain handling 2): the sweep has had it.
    await this.#subscribeAllowed(metadata, sweep && isFive);
    const refused = await this.#subscribeAllowed(values);
    if (refused.length === values.length)
      throw new SourceFailure({ code: "acl", detail: refused.join(", ") });
    await this.#fence();
    const isWide = isFive && (await this.#widen());
    if (!sweep || !isFive) await this.#quiet(quietMs);
    return isWide ? [] : refused;
  }

  async #fetchKept(): Promise<void> {
    const { client, twin, publishers, log, allowed } = this.#options;
    const ignore = (): void => {};
    const each = (filters: readonly string[], ask: (cut: string[]) => Promise<unknown>): void => {
      const cut = within(filters, allowed);
      if (cut.length > 0) void ask([...cut]).catch(ignore);
    };
    this.#sweep = new RetainedSweep(
      {
        subscribe: (filters) => each(filters, (cut) => client.subscribeAsync(cut, { qos: 0 })),
        unsubscribe: (filters) => each(filters, (cut) => client.unsubscribeAsync(cut)),
        fence: () => this.#fence(),
      },
      twin,
      publishers,
    );
    const { messages, filters } = await this.#sweep.run();
    this.#sweep = null;
    // The same filters are subscribed to next: a broker that works on packets side by side may leave them after joining.
    await this.#fence();
    if (messages > 0) log(`${messages} kept metadata messages by ${filters} filters`);
  }

  /**
   * Resolves when everything that the broker queued before has arrived: packets keep their order, so an acknowledgement
   * comes behind them. That of leaving a topic that was never joined: it asks for nothing, and no access list minds.
   * Asked again when all is quiet and none came: mosquitto drops acknowledgements too while its queue for us is full.
   */
  async #fence(): Promise<void> {
    const { client, isCurrent } = this.#options;
    const answers: Promise<boolean>[] = [];
    // A broker with Nagle's algorithm on holds small packets until the last ones are acknowledged, which our side
    // delays by 40 ms unless it has something to send.
    const nudge = setInterval(() => client.connected && client.sendPing(), nudgeMs);
    try {
      do {
        if (!isCurrent()) throw new Error("the connection was lost");
        answers.push(client.unsubscribeAsync(fenceFilter).then(() => true));
        for (const answer of answers) answer.catch(() => {});
      } while (!(await Promise.race([...answers, this.#quiet(fenceQuietMs).then(() => false)])));
    } finally {
      clearInterval(nudge);
    }
  }

  /**
   * Subscribes to what an access list lets us have: a plant's broker may know nothing of our own topics.
   * @returns the filters that the broker refuses
   */
  async #subscribeAllowed(filters: readonly string[], onlyNew = false): Promise<readonly string[]> {
    if (filters.length === 0) return [];
    try {
      await this.#subscribe(filters, onlyNew);
      return [];
    } catch (error) {
      const codes = refusalCodes(error);
      const refused = filters.filter((_, i) => (codes[i] ?? 0) >= firstRefusal);
      if (refused.length === 0) throw error;
      this.#options.log(`the broker refuses ${refused.join(", ")}`);
      return refused;
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
   * Listens to the whole broker, or to all that is allowed, so that what speaks no known wire is counted and listed
   * instead of being invisible. The narrow filters go in the same breath: mosquitto would send every message once per
   * matching filter.
   * @returns whether the broker lets us
   */
  async #widen(): Promise<boolean> {
    const { client, log, filters } = this.#options;
    const { wide } = filters;
    if (wide === null) return false;
    const narrow = [...filters.declarations, ...filters.metadata, ...filters.values];
    client.unsubscribeAsync(narrow).catch(() => {});
    try {
      await this.#subscribe(wide, true);
      return true;
    } catch (error) {
      log(`the broker refuses ${wide.join(", ")} (${toSourceError(error).detail}): reading known wires only`);
      await this.#subscribeAllowed(narrow, true);
      return false;
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

/** Answers of the broker to each filter of a subscription that failed; empty when it failed without an answer. */
const refusalCodes = (error: unknown): readonly number[] => {
  const { packet } = (error ?? {}) as { packet?: { granted?: readonly number[] } };
  return packet?.granted ?? [];
};
