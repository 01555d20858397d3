import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { MqttConfig } from "#feed/contract/config.ts";
import type { SourceState } from "#feed/contract/status.ts";
import type { Incoming } from "#feed/ingest/context.ts";
import type { FeedClock } from "#feed/tables/clock.ts";
import type { Twin } from "#twins/model/twin.ts";
import { backoffMs } from "./backoff.ts";
import { type SourceError, toSourceError } from "./mqtt-errors.ts";
import { RetainedSweep } from "./retained.ts";

/** Advertised to a 5.0 broker. Above the payload limit, so that an oversized payload arrives, is refused and counted. */
const maximumPacketBytes = 32 * 1024 * 1024;
const keepaliveS = 15;
const connectTimeoutMs = 10_000;
/** A broker that hands out kept messages out of order with its acknowledgements is given this long after the last. */
const quietMs = 250;

const declarationFilters = ["HT/v1/PUB/Source/#", "HT/v1/PUB/BulkLayout/#"];
const metadataFilters = ["BMS/v1/PUB/Metadata/#", "HT/v1/PUB/Metadata/#"];
const valueFilters = ["BMS/v1/+/Value/#", "HT/v1/+/Value/#", "HT/v1/PUB/Bulk/#"];

export interface MqttSourceOptions {
  readonly config: MqttConfig;
  readonly twin: Twin;
  readonly clock: FeedClock;
  /** Newest first. The embedded broker speaks 3.1.1 only. */
  readonly protocols: readonly (4 | 5)[];
  /** False for the embedded broker: it drops nothing, so one filter brings all metadata. */
  readonly sweep: boolean;
  /** The object is reused for the next message: copy what is kept. */
  readonly onMessage: (message: Incoming) => void;
  readonly onMetadataComplete: () => void;
  readonly publishers: () => readonly string[];
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

/** Broker address as it may be shown: without user, password and query. */
export const shownAddress = (url: string): string => {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
  } catch {
    return "?";
  }
};

/**
 * Reads from one broker: connects, subscribes, and never publishes. Subscribes to Source messages first, then to
 * metadata, and to values only when all kept metadata has come, so that no value comes before what it means.
 * Reconnects by itself with back-off; values are QoS 0, so nothing queues up at the broker while we are away.
 */
export class MqttSource {
  readonly #options: MqttSourceOptions;
  #url: string;
  #client: MqttClient | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #state: SourceState = "connecting";
  #protocol = 0;
  #connectedProtocol: MqttSourceSnapshot["protocol"] = null;
  #sinceMs: number;
  #attempt = 0;
  #connections = 0;
  #error: SourceError | null = null;
  #sweep: RetainedSweep | null = null;
  #lastRetainedMs = 0;

  constructor(options: MqttSourceOptions) {
    this.#options = options;
    this.#url = options.config.url;
    this.#sinceMs = options.clock.nowMs();
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
    if (url === this.#url && this.#state !== "lost") return;
    this.#url = url;
    this.#attempt = 0;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#drop();
    void this.#connect();
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
    client?.end(true);
  }

  #enter(state: SourceState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#sinceMs = this.#options.clock.nowMs();
  }

  async #connect(): Promise<void> {
    const version = this.#options.protocols[this.#protocol % this.#options.protocols.length]!;
    let client: MqttClient;
    try {
      client = mqtt.connect(this.#url, await this.#clientOptions(version));
    } catch (error) {
      return this.#failed(toSourceError(error), false);
    }
    if (this.#state === "stopped") return void client.end(true);
    this.#client = client;
    const isCurrent = (): boolean => this.#client === client;
    let error: SourceError | null = null;
    let isOpen = false;
    client.on("error", (cause) => {
      error = toSourceError(cause);
    });
    client.on("disconnect", (packet) => {
      error = { code: "closed", detail: `broker said ${packet.reasonCode ?? "nothing"}` };
    });
    client.on("connect", () => {
      isOpen = true;
      if (isCurrent()) this.#opened(client, version);
    });
    client.on("close", () => {
      if (!isCurrent()) return;
      this.#client = null;
      client.end(true);
      const isRefusedVersion = !isOpen && (error === null || error.code === "protocol");
      this.#failed(error ?? { code: "closed", detail: "the broker closed the connection" }, isRefusedVersion);
    });
    this.#listen(client, isCurrent);
  }

  #listen(client: MqttClient, isCurrent: () => boolean): void {
    const { onMessage, clock } = this.#options;
    const incoming = { topic: "", payload: new Uint8Array(0) as Uint8Array, retained: false, receivedMs: 0 };
    client.on("message", (topic, payload, packet) => {
      if (!isCurrent()) return;
      incoming.topic = topic;
      incoming.payload = payload;
      incoming.retained = packet.retain;
      incoming.receivedMs = clock.nowMs();
      if (packet.retain) {
        this.#lastRetainedMs = incoming.receivedMs;
        this.#sweep?.observe(topic);
      }
      onMessage(incoming);
    });
  }

  async #clientOptions(protocolVersion: 4 | 5): Promise<IClientOptions> {
    const { caFile, certFile, keyFile, username, password } = this.#options.config;
    const [ca, cert, key] = await Promise.all(
      [caFile, certFile, keyFile].map((file) => (file === null ? undefined : readFile(file))),
    );
    return {
      protocolVersion,
      clientId: `horinger-twin-${randomBytes(6).toString("hex")}`,
      clean: true,
      keepalive: keepaliveS,
      connectTimeout: connectTimeoutMs,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      ...(protocolVersion === 5 ? { properties: { maximumPacketSize: maximumPacketBytes } } : {}),
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
      ...(ca ? { ca } : {}),
      ...(cert ? { cert } : {}),
      ...(key ? { key } : {}),
    };
  }

  #opened(client: MqttClient, version: 4 | 5): void {
    this.#connectedProtocol = version === 5 ? "5.0" : "3.1.1";
    this.#connections++;
    this.#attempt = 0;
    this.#error = null;
    this.#enter("live");
    this.#subscribeAll(client, version).catch((error: unknown) => {
      if (this.#client !== client) return;
      this.#options.log(`subscribing failed: ${toSourceError(error).detail}`);
      this.#error = toSourceError(error);
      client.end(true);
    });
  }

  #failed(error: SourceError, tryOlder: boolean): void {
    if (this.#state === "stopped") return;
    this.#error = error;
    this.#connectedProtocol = null;
    this.#enter("lost");
    const { protocols, log } = this.#options;
    const hasOlder = this.#protocol % protocols.length < protocols.length - 1;
    if (tryOlder && hasOlder) {
      this.#protocol++;
      return void this.#connect();
    }
    if (tryOlder) this.#protocol = 0;
    const waitMs = backoffMs(this.#attempt++);
    log(`${shownAddress(this.#url)}: ${error.code} (${error.detail}); again in ${Math.round(waitMs)} ms`);
    this.#timer = setTimeout(() => void this.#connect(), waitMs);
  }

  async #subscribeAll(client: MqttClient, version: 4 | 5): Promise<void> {
    const { twin, publishers, sweep, onMetadataComplete } = this.#options;
    const fence = async (): Promise<void> => {
      const filter = `HT/v1/PUB/Fence/${client.options.clientId}`;
      await client.subscribeAsync(filter, { qos: 0 });
      await client.unsubscribeAsync(filter);
    };
    await client.subscribeAsync(declarationFilters, { qos: 0 });
    await fence();
    if (sweep) {
      this.#sweep = new RetainedSweep(
        {
          subscribe: async (filter) => void (await client.subscribeAsync(filter, { qos: 0 })),
          unsubscribe: async (filter) => void (await client.unsubscribeAsync(filter)),
          fence,
        },
        twin,
        publishers,
      );
      const report = await this.#sweep.run();
      this.#sweep = null;
      if (report.messages > 0)
        this.#options.log(`${report.messages} kept metadata messages by ${report.filters} filters`);
    }
    // 5.0 can leave out what the broker kept (retain handling 2): the sweep has had it.
    await client.subscribeAsync(metadataFilters, sweep && version === 5 ? { qos: 0, rh: 2 } : { qos: 0 });
    await client.subscribeAsync(valueFilters, { qos: 0 });
    await fence();
    if (version === 5 && this.#options.config.wire === "auto") await this.#widen(client);
    if (!sweep || version !== 5) await this.#quiet();
    if (this.#client === client) onMetadataComplete();
  }

  /**
   * Listens to the whole broker, so that what speaks no known wire is counted and listed instead of being invisible.
   * The narrow filters go in the same breath: mosquitto would send every message once per matching filter.
   */
  async #widen(client: MqttClient): Promise<void> {
    const narrow = [...declarationFilters, ...metadataFilters, ...valueFilters];
    const left = client.unsubscribeAsync(narrow);
    try {
      await client.subscribeAsync("#", { qos: 0, rh: 2 });
    } catch (error) {
      this.#options.log(`the broker refuses "#" (${toSourceError(error).detail}): reading known wires only`);
      await left;
      await client.subscribeAsync(narrow, { qos: 0, rh: 2 });
    }
    await left;
  }

  /** Resolves when no kept message has come for a while. */
  async #quiet(): Promise<void> {
    const { clock } = this.#options;
    this.#lastRetainedMs = clock.nowMs();
    while (clock.nowMs() - this.#lastRetainedMs < quietMs)
      await new Promise((resolve) => setTimeout(resolve, quietMs / 5));
  }
}
