/** Why a broker cannot be reached, for FeedStatus.source.error; texts and tips are in the renderer's dictionaries. */
export interface SourceError {
  readonly code: "dns" | "refused" | "unreachable" | "tls" | "auth" | "protocol" | "closed" | "file";
  readonly detail: string;
}

const networkCodes: Readonly<Record<string, SourceError["code"]>> = {
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  ECONNREFUSED: "refused",
  ETIMEDOUT: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EPROTO: "tls",
  ENOENT: "file",
  EACCES: "file",
};

const tlsCode = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|SELF_SIGNED|UNABLE_TO|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

/** CONNACK codes: 3.1.1 §3.2.2.3 (1–5) and 5.0 §3.2.2.2 (128–159). */
const unsupportedProtocol = new Set([1, 132]);
const notAuthorised = new Set([4, 5, 134, 135, 140]);

/** Sorts an error of MQTT.js, of Node's sockets or of TLS into one of our codes. Details carry no credentials. */
export const toSourceError = (error: unknown): SourceError => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  if (inner) return toSourceError(inner);
  const detail = typeof message === "string" ? message : String(error);
  if (typeof code === "number") {
    if (unsupportedProtocol.has(code)) return { code: "protocol", detail };
    return { code: notAuthorised.has(code) ? "auth" : "closed", detail };
  }
  if (typeof code !== "string") return { code: "closed", detail };
  return { code: networkCodes[code] ?? (tlsCode.test(code) ? "tls" : "closed"), detail };
};
