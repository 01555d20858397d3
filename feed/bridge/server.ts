import { z } from "zod";
import {
  type BridgeFailure,
  type LiveMethods,
  type LogMethods,
  type Method,
  type Methods,
  type StreamSpec,
  streamHeaderBytes,
  type Topic,
  type Topics,
  type ToRenderer,
  type Transport,
} from "#feed/contract/bridge.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import { DisplayCursor, FrameCutter, type RowRange } from "#feed/tables/display.ts";
import { classIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { RefusedRequest } from "./refused.ts";
import {
  type ClientMessage,
  creditLimit,
  isMethod,
  paramSchemas,
  parseClientMessage,
  textLimit,
} from "./requests.ts";

/** Answers methods; parameters are validated before. */
type HandlersOf<M extends Method> = {
  readonly [K in M]: (
    params: Methods[K]["params"],
    signal: AbortSignal,
  ) => Methods[K]["answer"] | Promise<Methods[K]["answer"]>;
};
export type Handlers = HandlersOf<keyof LiveMethods>;
export type LogHandlers = HandlersOf<keyof LogMethods>;

export interface BridgeServerOptions {
  readonly tables: ClassTables;
  readonly handlers: Partial<Handlers & LogHandlers>;
  readonly nowMs: () => number;
  readonly dropCount: () => number;
  /** Frames cut for one stream in one tick; few by default: a first picture must not hold up ingest. */
  readonly framesPerTick?: number;
  readonly log: (line: string) => void;
}

const defaultRate = 20;
const streamLimit = 16;
const subscriptionLimit = 16;
/** Bytes a transport may hold before its streams pause. */
const bufferLimit = 4 * 1024 * 1024;
const defaultFramesPerTick = 8;

interface Stream {
  readonly id: number;
  readonly cursor: DisplayCursor;
  readonly intervalMs: number;
  /** Monotonic: a stream must not stand still while a clock that was set back catches up. */
  dueMs: number;
  credits: number;
}

/** One display tick. */
interface Moment {
  readonly tick: number;
  readonly timeMs: number;
  readonly monotonicMs: number;
}

interface Client {
  readonly transport: Transport;
  readonly streams: Map<number, Stream>;
  readonly subscriptions: Map<number, Topic>;
  readonly requests: Map<number, AbortController>;
}

/** Serves all clients of one feed: requests, topics and display streams. */
export class BridgeServer {
  readonly #options: BridgeServerOptions;
  readonly #clients = new Set<Client>();
  readonly #cutter = new FrameCutter();
  readonly #last = new Map<Topic, Topics[Topic]>();

  constructor(options: BridgeServerOptions) {
    this.#options = options;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes over a client's transport until it closes. */
  connect(transport: Transport): void {
    const client: Client = { transport, streams: new Map(), subscriptions: new Map(), requests: new Map() };
    this.#clients.add(client);
    transport.onClose(() => {
      this.#clients.delete(client);
      for (const request of client.requests.values()) request.abort();
    });
    transport.onMessage((message) => this.#receive(client, message));
  }

  /** Tells everybody who listens, now and whoever comes later. */
  publish<T extends Topic>(topic: T, value: Topics[T]): void {
    this.#last.set(topic, value);
    for (const client of this.#clients)
      for (const [id, listened] of client.subscriptions)
        if (listened === topic) send(client, { t: "publish", id, value });
  }

  /** Sends what is due: called at display rate. Stamps made from now on belong to the next tick. */
  tick(): void {
    const { tables, nowMs } = this.#options;
    const tick = tables.tick++;
    const moment: Moment = { tick, timeMs: nowMs(), monotonicMs: performance.now() };
    for (const client of this.#clients)
      for (const stream of client.streams.values()) this.#pump(client, stream, moment);
  }

  close(): void {
    for (const { transport } of this.#clients) transport.close();
  }

  #pump(client: Client, stream: Stream, { tick, timeMs, monotonicMs }: Moment): void {
    if (monotonicMs < stream.dueMs) return;
    const options = { timeMs, dropCount: this.#options.dropCount(), prefix: streamHeaderBytes };
    const { framesPerTick = defaultFramesPerTick } = this.#options;
    for (let frames = 0; frames < framesPerTick; frames++) {
      if (stream.credits <= 0 || client.transport.bufferedBytes > bufferLimit) return;
      const frame = stream.cursor.next(this.#cutter, tick, options);
      if (!frame) {
        stream.dueMs = monotonicMs + stream.intervalMs - 1;
        return;
      }
      stream.credits--;
      new DataView(frame).setUint32(0, stream.id, true);
      client.transport.send(frame);
    }
  }

  #receive(client: Client, raw: string | ArrayBuffer): void {
    if (typeof raw !== "string" || raw.length > textLimit) {
      this.#options.log("client closed: a message that is no text, or too long");
      client.transport.close();
      return;
    }
    const parsed = parseClientMessage(raw);
    if (parsed.ok) {
      this.#handle(client, parsed.message);
      return;
    }
    if (parsed.id !== null) fail(client, parsed.id, { code: "bad-request", message: parsed.problem });
    else client.transport.close();
  }

  #handle(client: Client, message: ClientMessage): void {
    switch (message.t) {
      case "request":
        void this.#request(client, message);
        return;
      case "cancel":
        client.requests.get(message.id)?.abort();
        return;
      case "subscribe":
        if (client.subscriptions.size >= subscriptionLimit) {
          fail(client, message.id, { code: "bad-request", message: "too many subscriptions" });
          return;
        }
        client.subscriptions.set(message.id, message.topic);
        if (this.#last.has(message.topic))
          send(client, { t: "publish", id: message.id, value: this.#last.get(message.topic) });
        return;
      case "unsubscribe":
        client.subscriptions.delete(message.id);
        return;
      case "open":
        this.#open(client, message.id, message.spec);
        return;
      case "credit": {
        const stream = client.streams.get(message.id);
        if (stream) stream.credits = Math.min(creditLimit, stream.credits + message.frames);
        return;
      }
      case "close":
        client.streams.delete(message.id);
        return;
    }
  }

  #open(client: Client, id: number, spec: StreamSpec): void {
    if (client.streams.size >= streamLimit || client.streams.has(id)) {
      fail(client, id, {
        code: "bad-request",
        message: "too many streams, or one of this id is open",
      });
      return;
    }
    const { tables } = this.#options;
    const classes = spec.classes ? spec.classes.map((name) => tables.of(name)) : tables.all;
    const ranges = new Map<number, RowRange>();
    for (const [name, range] of Object.entries(spec.rows ?? {}))
      if (range) ranges.set(classIndex(name as ClassName), range);
    client.streams.set(id, {
      id,
      cursor: new DisplayCursor(tables, classes, ranges),
      intervalMs: 1000 / (spec.rate ?? defaultRate),
      dueMs: 0,
      credits: 0,
    });
  }

  async #request(
    client: Client,
    { id, method, params }: { id: number; method: string; params?: unknown },
  ): Promise<void> {
    const { handlers } = this.#options;
    if (!isMethod(method) || !handlers[method])
      return fail(client, id, { code: "unknown-method", message: `no method "${method}"` });
    const parsed = paramSchemas[method].safeParse(params ?? {});
    if (!parsed.success)
      return fail(client, id, { code: "bad-request", message: z.prettifyError(parsed.error) });
    const abort = new AbortController();
    client.requests.set(id, abort);
    try {
      const handler = handlers[method] as (params: unknown, signal: AbortSignal) => unknown;
      const value = await handler(parsed.data, abort.signal);
      if (abort.signal.aborted) fail(client, id, { code: "cancelled", message: "cancelled" });
      else send(client, { t: "answer", id, value });
    } catch (error) {
      if (error instanceof RefusedRequest) {
        const { message, problem } = error;
        return fail(client, id, { code: "refused", message, problem });
      }
      this.#options.log(
        `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      fail(client, id, { code: "internal", message: `${method} failed; see the log` });
    } finally {
      client.requests.delete(id);
    }
  }
}

const send = (client: Client, message: ToRenderer): void => client.transport.send(JSON.stringify(message));

const fail = (client: Client, id: number, error: BridgeFailure): void =>
  send(client, { t: "failure", id, error });
