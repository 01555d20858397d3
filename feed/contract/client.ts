import type { Problem } from "#twins/model/result.ts";
import {
  type BridgeFailure,
  type FrameStream,
  type HostBridge,
  type HostCapabilities,
  type Method,
  type Methods,
  type StreamSpec,
  streamHeaderBytes,
  type ToFeed,
  type Topic,
  type Topics,
  type ToRenderer,
  type Transport,
} from "./bridge.ts";

/** A request the feed refused or could not answer; `code` says why. */
export class BridgeError extends Error {
  override readonly name = "BridgeError";
  readonly code: BridgeFailure["code"];
  /** Why it was refused and what to do; null where no person could do anything. */
  readonly problem: Problem | null;

  constructor({ code, message, problem }: BridgeFailure) {
    super(message);
    this.code = code;
    this.problem = problem ?? null;
  }
}

export interface ConnectOptions {
  /** Opens a transport, at first and again whenever one was lost. Rejects when the host cannot be reached. */
  readonly open: () => Promise<Transport>;
  readonly capabilities: HostCapabilities;
  /** Wait before attempt n (0, 1, …), ms. Default: doubling from 250 ms to 5 s, with jitter. */
  readonly retryMs?: (attempt: number) => number;
}

/** A bridge that can be shut for good. */
export interface ConnectedBridge extends HostBridge {
  close(): void;
}

interface PendingRequest {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly message: ToFeed;
}

interface OpenStream {
  readonly spec: StreamSpec;
  readonly onFrame: (bytes: ArrayBuffer, offset: number) => void;
  /** Credits given and not yet used by a frame: given again after a reconnect. */
  credits: number;
}

const defaultRetryMs = (attempt: number): number =>
  Math.min(5000, 250 * 2 ** Math.min(attempt, 5)) * (0.5 + Math.random() / 2);

/**
 * The renderer's end of the bridge over any transport. A lost transport is opened again by itself; subscriptions and
 * streams are re-opened on it (a stream starts with key frames again). Requests under way when it was lost are
 * rejected with `closed`; requests made while it is down wait for the next one.
 */
export const connectBridge = (options: ConnectOptions): ConnectedBridge => {
  const { open, capabilities, retryMs = defaultRetryMs } = options;
  const requests = new Map<number, PendingRequest>();
  const subscriptions = new Map<number, { topic: Topic; listener: (value: unknown) => void }>();
  const streams = new Map<number, OpenStream>();
  const stateListeners = new Set<(state: "open" | "lost", reason: string) => void>();
  let transport: Transport | null = null;
  let state: { name: "open" | "lost"; reason: string } = { name: "lost", reason: "not yet connected" };
  let nextId = 1;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const send = (message: ToFeed): void => transport?.send(JSON.stringify(message));

  const enter = (name: "open" | "lost", reason: string): void => {
    state = { name, reason };
    for (const listener of stateListeners) listener(name, reason);
  };

  const receiveFrame = (bytes: ArrayBuffer): void => {
    if (bytes.byteLength < streamHeaderBytes) return;
    const stream = streams.get(new DataView(bytes).getUint32(0, true));
    if (!stream) return; // closed here while the frame was on its way
    stream.credits--;
    stream.onFrame(bytes, streamHeaderBytes);
  };

  const receiveText = (text: string): void => {
    const message = JSON.parse(text) as ToRenderer;
    if (message.t === "publish") {
      subscriptions.get(message.id)?.listener(message.value);
      return;
    }
    if (message.t === "ended") return void streams.delete(message.id);
    const request = requests.get(message.id);
    if (!request) return;
    requests.delete(message.id);
    if (message.t === "answer") request.resolve(message.value);
    else request.reject(new BridgeError(message.error));
  };

  const restore = (): void => {
    for (const { message } of requests.values()) send(message);
    for (const [id, { topic }] of subscriptions) send({ t: "subscribe", id, topic });
    for (const [id, stream] of streams) openAt(id, stream);
  };

  const openAt = (id: number, stream: OpenStream): void => {
    send({ t: "open", id, spec: stream.spec });
    if (stream.credits > 0) send({ t: "credit", id, frames: stream.credits });
  };

  const lost = (reason: string): void => {
    transport = null;
    for (const [id, request] of requests) {
      requests.delete(id);
      request.reject(new BridgeError({ code: "closed", message: reason }));
    }
    enter("lost", reason);
    if (!isClosed) timer = setTimeout(() => void connect(), retryMs(attempt++));
  };

  const connect = async (): Promise<void> => {
    let opened: Transport;
    try {
      opened = await open();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      enter("lost", reason);
      if (!isClosed) timer = setTimeout(() => void connect(), retryMs(attempt++));
      return;
    }
    if (isClosed) return opened.close();
    transport = opened;
    attempt = 0;
    opened.onMessage((message) => {
      if (typeof message === "string") receiveText(message);
      else receiveFrame(message);
    });
    opened.onClose((reason) => {
      if (transport === opened) lost(reason);
    });
    if (transport !== opened) return; // closed at once
    restore();
    enter("open", "");
  };

  void connect();

  return {
    capabilities,
    request: <M extends Method>(method: M, params: Methods[M]["params"], signal?: AbortSignal) =>
      new Promise<Methods[M]["answer"]>((resolve, reject) => {
        if (isClosed) return reject(new BridgeError({ code: "closed", message: "the bridge was closed" }));
        const cancelled = (): BridgeError => new BridgeError({ code: "cancelled", message: "cancelled" });
        if (signal?.aborted) return reject(cancelled());
        const id = nextId++;
        const message: ToFeed = { t: "request", id, method, params };
        const settle =
          <T>(done: (value: T) => void) =>
          (value: T): void => {
            signal?.removeEventListener("abort", abort);
            done(value);
          };
        const abort = (): void => {
          if (!requests.delete(id)) return;
          send({ t: "cancel", id });
          reject(cancelled());
        };
        requests.set(id, {
          resolve: settle(resolve as (value: unknown) => void),
          reject: settle(reject),
          message,
        });
        signal?.addEventListener("abort", abort, { once: true });
        send(message);
      }),
    subscribe: <T extends Topic>(topic: T, listener: (value: Topics[T]) => void) => {
      const id = nextId++;
      subscriptions.set(id, { topic, listener: listener as (value: unknown) => void });
      send({ t: "subscribe", id, topic });
      return () => {
        if (subscriptions.delete(id)) send({ t: "unsubscribe", id });
      };
    },
    openStream: (spec, onFrame): FrameStream => {
      const id = nextId++;
      const stream: OpenStream = { spec, onFrame, credits: 0 };
      streams.set(id, stream);
      openAt(id, stream);
      return {
        credit: (frames) => {
          if (!streams.has(id)) return;
          stream.credits += frames;
          send({ t: "credit", id, frames });
        },
        close: () => {
          if (streams.delete(id)) send({ t: "close", id });
        },
      };
    },
    onState: (listener) => {
      stateListeners.add(listener);
      listener(state.name, state.reason);
      return () => stateListeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      const open = transport;
      lost("closed here");
      open?.close();
    },
  };
};
