import type { SourceError, SourceErrorCode } from "#feed/contract/status.ts";
import { tlsErrorCode } from "./tls-errors.ts";

/** Node's and the resolver's codes. */
const systemCodes: Readonly<Record<string, SourceErrorCode>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  ENOENT: "file",
  EACCES: "file",
  EISDIR: "file",
  EPERM: "file",
};

/** Reasons of CONNACK and DISCONNECT: 3.1.1 §3.2.2.3 (1–5), 5.0 §3.2.2.2 and §3.14.2.1 (from 128). */
const mqttReasons: ReadonlyMap<number, SourceErrorCode> = new Map([
  [1, "protocol"],
  [2, "client-id"],
  [3, "unavailable"],
  [4, "password"],
  [5, "auth"],
  [129, "protocol"], // malformed packet
  [130, "protocol"], // protocol error
  [132, "protocol"], // unsupported version
  [133, "client-id"],
  [134, "password"],
  [135, "auth"],
  [136, "unavailable"],
  [137, "full"], // server busy
  [138, "banned"],
  [139, "unavailable"], // shutting down
  [140, "auth"], // bad authentication method
  [141, "timeout"], // keep alive
  [142, "taken-over"],
  [149, "packet-too-large"],
  [150, "full"], // message rate too high
  [151, "full"], // quota exceeded
  [152, "kicked"], // administrative action
  [156, "moved"],
  [157, "moved"],
  [159, "full"], // connection rate exceeded
  [160, "kicked"], // maximum connect time
]);

/** What a broker's number means; `closed` where it says nothing that helps. */
export const reasonCode = (reason: number): SourceErrorCode => mqttReasons.get(reason) ?? "closed";

/** MQTT.js says these without a code. */
const spoken: readonly (readonly [words: RegExp, code: SourceErrorCode])[] = [
  [/connack timeout|keepalive timeout/i, "timeout"],
  [
    /unexpected server response|invalid (upgrade|sec-websocket)|server sent (an invalid|no) subprotocol/i,
    "websocket",
  ],
  [/cannot parse|invalid header|must be|malformed|header flag bits|variable byte integer/i, "protocol"],
];

/** Thrown where the code is known already. */
export class SourceFailure extends Error {
  override readonly name = "SourceFailure";
  readonly reason: SourceError;
  constructor(reason: SourceError) {
    super(reason.detail);
    this.reason = reason;
  }
}

/** OpenSSL's own words without its places in memory and source, Node's without its advice to programmers. */
const plainWords = (message: string): string =>
  /error:[0-9A-F]{8}:[^:]*:[^:]*:([^:\n]+)/.exec(message)?.[1] ??
  message.replace(/; if the root CA is installed locally.*/s, "");

/** Sorts an error of MQTT.js, of Node's sockets or of TLS into one of our codes. Details carry no credentials. */
export const toSourceError = (error: unknown): SourceError => {
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  if (inner) return toSourceError(inner);
  if (error instanceof SourceFailure) return error.reason;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const detail = plainWords(typeof message === "string" ? message : String(error));
  if (typeof code === "number") return { code: reasonCode(code), detail };
  const tls = typeof code === "string" ? tlsErrorCode(code) : null;
  if (tls) return { code: tls, detail };
  const system = typeof code === "string" ? systemCodes[code] : undefined;
  return { code: system ?? spoken.find(([words]) => words.test(detail))?.[1] ?? "closed", detail };
};
