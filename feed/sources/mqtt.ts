import { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import mqtt, { type MqttClient } from "mqtt";
import type { MqttConfig } from "#feed/contract/config.ts";
import type { SourceError, SourceErrorCode, SourceState } from "#feed/contract/status.ts";
import type { Incoming } from "#feed/ingest/context.ts";
import type { FeedClock } from "#feed/tables/clock.ts";
import type { Twin } from "#twins/model/twin.ts";
import { isEncrypted, isExposed, shownAddress } from "./address.ts";
import { backoffMs } from "./backoff.ts";
import { clientOptions, tlsOptions } from "./connect-options.ts";
import { reasonCode, toSourceError } from "./mqtt-errors.ts";
import type { SparkplugHost } from "./publish.ts";
import { Subscriber } from "./subscriber.ts";
import { explainTls } from "./tls-probe.ts";
import { wireFilters } from "./wire-filters.ts";

export interface MqttSourceOptions {
  readonly config: MqttConfig;
  readonly twin: Twin;
  readonly clock: FeedClock;
  /** Newest first. The embedded broker speaks 3.1.1 only. */
  readonly protocols: readonly (4 | 5)[];
  /** False for the embedded broker: it drops nothing, so one filter brings all metadata. */
  readonly sweep: boolean;
  /** Filters of the mapping, for the wire "json". */
  readonly mapped?: readonly string[];
  /** The object is reused for the next message: copy what is kept. */
  readonly onMessage: (message: Incoming) => void;
  readonly onMetadataComplete: () => void;
  readonly onConnection: (isOpen: boolean) => void;
  readonly publishers: () => readonly string[];
  /** The only part that publishes; absent unless the session was told that it may. */
  readonly host?: SparkplugHost | undefined;
  readonly log: (line: string) => void;
}

export interface MqttSourceSnapshot {
  readonly state: SourceState;
  /** Broker address without credentials. */
  readonly address: string;
  readonly protocol: "5.0" | "3.1.1" | null;
  readonly sinceMs: number;
  readonly reconnects: number;
  readonly error: SourceError | null;
}

const sentAway = new Set<SourceErrorCode>(["taken-over", "kicked", "banned", "full", "moved"]);
/** From here on the back-off is at its longest. */
const patientAttempt = 5;
/** A connection that lasted this long was well. */
const steadyMs = 60_000;

/** One connection, from its first packet to its end. */
interface Attempt {
  readonly client: MqttClient;
  readonly version: 4 | 5;
  readonly url: string;
  readonly tls: ConnectionOptions;
  readonly run: number;
  /** When it opened, monotonic; null before. */
  openedMs: number | null;
  error: SourceError | null;
}

/**
 * Reads from one broker: connects, subscribes, and publishes nothing of its own accord. Subscribes to Source messages first, then to
 * metadata, and to values only when all kept metadata has come, so that no value comes before what it means.
 * Reconnects by itself with back-off; values are QoS 0, so nothing queues up at the broker while we are away.
 */
export class MqttSource {
  readonly #options: MqttSourceOptions;
  #url: string;
  #client: MqttClient | null = null;
  /** Counts attempts: what an earlier one still reports concerns nobody. */
  #run = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #state: SourceState = "connecting";
  #protocol = 0;
  #connectedProtocol: MqttSourceSnapshot["protocol"] = null;
  #sinceMs: number;
  #attempt = 0;
  #connections = 0;
  #error: SourceError | null = null;
  #subscriber: Subscriber | null = null;

  constructor(options: MqttSourceOptions) {
    this.#options = options;
    this.#url = options.config.url;
    this.#sinceMs = options.clock.nowMs();
    if (isExposed(options.config))
      options.log(`${shownAddress(this.#url)}: user and password travel unencrypted; use mqtts: or wss:`);
    void this.#connect();
  }

  snapshot(): MqttSourceSnapshot {
    return {
      state: this.#state,
      address: shownAddress(this.#url),
      protocol: this.#connectedProtocol,
      sinceMs: this.#sinceMs,
      reconnects: Math.max(0, this.#connections - 1),
      error: this.#error,
    };
  }

  /** Moves to another address: the embedded broker came back on another port. */
  moveTo(url: string): void {
    if (url === this.#url && this.#state === "live") return;
    this.#url = url;
    this.#attempt = 0;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#drop();
    void this.#connect();
  }

  /** Our clock was set by this much, ms: set back, the time of the last change moves along. */
  clockWasSet(setByMs: number): void {
    this.#sinceMs += Math.min(0, setByMs);
  }

  async close(): Promise<void> {
    this.#enter("stopped");
    if (this.#timer) clearTimeout(this.#timer);
    const client = this.#client;
    this.#drop();
    await client?.endAsync(true).catch(() => {});
  }

  #drop(): void {
    const client = this.#client;
    this.#client = null;
    this.#run++;
    client?.end(true);
  }

  #enter(state: SourceState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#sinceMs = this.#options.clock.nowMs();
  }

  async #connect(): Promise<void> {
    const url = this.#url;
    const run = ++this.#run;
    const version = this.#options.protocols[this.#protocol]!;
    try {
      const tls = await tlsOptions({ ...this.#options.config, url });
      // Closed, or sent elsewhere, while the files were read.
      if (run !== this.#run) return;
      const { config, host, clock } = this.#options;
      const options = clientOptions(config, version, tls);
      const client = mqtt.connect(url, host ? { ...options, will: host.will(clock.nowMs()) } : options);
      this.#client = client;
      this.#listen({ client, version, url, tls, run, openedMs: null, error: null });
    } catch (error) {
      if (run === this.#run) this.#failed(toSourceError(error), false);
    }
  }

  #listen(attempt: Attempt): void {
    const { client, run } = attempt;
    const { onMessage, clock } = this.#options;
    // The first word counts: a reset often follows on the broker's own reason.
    const note = (cause: unknown): void => {
      if (attempt.error === null || attempt.error.code === "closed") attempt.error = toSourceError(cause);
    };
    client.on("error", (cause) => {
      note(cause);
      // A packet that cannot be read: MQTT.js says so, reads on and is deaf, and its pings are still answered.
      if (attempt.openedMs !== null) client.end(true);
    });
    // MQTT.js keeps errors without a code to itself: those of a WebSocket.
    client.stream.on("error", note);
    client.on("disconnect", ({ reasonCode: reason = 0 }) => {
      attempt.error = { code: reasonCode(reason), detail: `DISCONNECT ${reason}` };
    });
    client.on("connect", () => {
      attempt.openedMs = performance.now();
      // Small packets, each waiting for an answer: Nagle would add 40 ms to each.
      if (client.stream instanceof Socket) client.stream.setNoDelay(true);
      if (run === this.#run) this.#opened(attempt);
    });
    client.on("close", () => {
      client.end(true);
      if (run === this.#run) void this.#closed(attempt);
    });
    const incoming = { topic: "", payload: new Uint8Array(0) as Uint8Array, retained: false, receivedMs: 0 };
    client.on("message", (topic, payload, packet) => {
      if (run !== this.#run) return;
      incoming.topic = topic;
      incoming.payload = payload;
      incoming.retained = packet.retain;
      incoming.receivedMs = clock.nowMs();
      if (packet.retain) this.#subscriber?.observeKept(topic);
      onMessage(incoming);
    });
  }

  async #closed({ openedMs, error, url, tls, run }: Attempt): Promise<void> {
    this.#client = null;
    if (openedMs !== null && performance.now() - openedMs > steadyMs) this.#attempt = 0;
    if (openedMs !== null)
      return this.#failed(error ?? { code: "closed", detail: "the broker closed it" }, false);
    const early: SourceError =
      error && error.code !== "closed"
        ? error
        : { code: "closed-early", detail: error?.detail ?? "the broker closed it" };
    const reason = isEncrypted(url) ? await explainTls(early, url, tls) : early;
    if (run === this.#run) this.#failed(reason, reason.code === "closed-early" || reason.code === "protocol");
  }

  #opened(attempt: Attempt): void {
    const { client, version, run } = attempt;
    this.#connectedProtocol = version === 5 ? "5.0" : "3.1.1";
    this.#connections++;
    this.#error = null;
    this.#enter("live");
    this.#options.onConnection(true);
    const { twin, publishers, log, sweep, config, mapped } = this.#options;
    this.#subscriber = new Subscriber({
      client,
      twin,
      filters: wireFilters(config, mapped),
      allowed: config.filters,
      publishers,
      log,
      isCurrent: () => run === this.#run && client.connected,
    });
    this.#subscriber
      .run({ sweep, isFive: version === 5 })
      .then((refused) => {
        // Brokers that throw out one client for another of its id seldom say so: two that press fight for ever.
        if (config.clientId === null) this.#attempt = 0;
        // It lives, but part of what was to be read stays invisible: said as long as that is so.
        if (refused.length > 0) this.#error = { code: "acl", detail: refused.join(", ") };
        this.#options.host?.opened(client);
        this.#options.onMetadataComplete();
      })
      .catch((error: unknown) => {
        if (run !== this.#run || !client.connected) return;
        // Why we close it ourselves: the broker lets us subscribe to nothing.
        attempt.error = toSourceError(error);
        client.end(true);
      });
  }

  #failed(error: SourceError, tryOlder: boolean): void {
    if (this.#state === "stopped") return;
    if (this.#connectedProtocol !== null) this.#options.onConnection(false);
    this.#connectedProtocol = null;
    // What was never there cannot be lost.
    this.#enter(this.#connections > 0 ? "lost" : "connecting");
    const { protocols, log } = this.#options;
    if (tryOlder && this.#protocol < protocols.length - 1) {
      this.#protocol++;
      return void this.#connect();
    }
    this.#error = error;
    // The newest again next time: a broker that was updated, or refused it by mistake, is not held to the old one.
    this.#protocol = 0;
    // Who was sent away does not press: the other client of our id may be the plant's own.
    if (sentAway.has(error.code)) this.#attempt = Math.max(this.#attempt, patientAttempt);
    const waitMs = backoffMs(this.#attempt++);
    log(`${shownAddress(this.#url)}: ${error.code} (${error.detail}); again in ${Math.round(waitMs)} ms`);
    this.#timer = setTimeout(() => void this.#connect(), waitMs);
  }
}
