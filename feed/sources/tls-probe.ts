import { isIP } from "node:net";
import { type ConnectionOptions, connect, type PeerCertificate } from "node:tls";
import type { CertificateFacts, SourceError, SourceErrorCode } from "#feed/contract/status.ts";
import { tlsErrorCode } from "./tls-errors.ts";

/** A broker that wants a certificate of ours says so within a round trip after the handshake. */
const alertWaitMs = 1000;
const probeLimitMs = 5000;

/** Failures that a second look can explain: the certificate's own words, or an alert that a reset swallowed. */
const unexplained = new Set<SourceErrorCode>([
  "tls",
  "tls-expired",
  "tls-early",
  "tls-host",
  "tls-unknown-ca",
  "tls-self-signed",
  "tls-revoked",
  "closed-early",
]);

interface Findings {
  readonly certificate: CertificateFacts | null;
  readonly alert: string | null;
}

/**
 * Says more about a failed encrypted connection. Node drops the certificate that it refuses, and a broker that closes
 * on us may lose its alert with the connection: so the handshake is done once more, and nothing is sent after it.
 * @returns the same error with the broker's certificate, or a more exact one
 */
export const explainTls = async (
  error: SourceError,
  url: string,
  options: ConnectionOptions,
): Promise<SourceError> => {
  if (!unexplained.has(error.code)) return error;
  const { certificate, alert } = await lookAt(url, options);
  const alerted = alert === null ? null : tlsErrorCode(alert);
  const isVague = error.code === "tls" || error.code === "closed-early";
  if (isVague && alerted !== null && alerted !== "tls")
    return { code: alerted, detail: alert ?? error.detail };
  // TLS 1.2 has no words for it: who gave no certificate and is turned away at the end of the handshake lacked one.
  const isTurnedAway = `${error.detail} ${alert}`
    .toLowerCase()
    .replaceAll("_", " ")
    .includes("alert handshake failure");
  if (isVague && isTurnedAway && !options.cert) return { ...error, code: "tls-client-missing" };
  // Who speaks TLS shows a certificate, or says why not.
  if (isVague && !certificate && (alert === null || alert === "ECONNRESET"))
    return { ...error, code: "tls-plain" };
  return certificate && !isVague ? { ...error, certificate } : error;
};

const lookAt = (url: string, options: ConnectionOptions): Promise<Findings> => {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    let certificate: CertificateFacts | null = null;
    const socket = connect({
      ...options,
      host,
      port: Number(port) || (protocol === "wss:" ? 443 : 8883),
      ...(isIP(host) ? {} : { servername: host }),
      // To read what was refused. Nothing but the handshake ever goes over this connection.
      rejectUnauthorized: false,
    });
    const limit = setTimeout(() => finish(null), probeLimitMs);
    const finish = (alert: string | null): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve({ certificate, alert });
    };
    socket.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? null));
    socket.on("close", () => finish(null));
    socket.on("secureConnect", () => {
      certificate = factsOf(socket.getPeerCertificate());
      setTimeout(() => finish(null), alertWaitMs).unref();
    });
    socket.resume();
  });
};

const factsOf = (peer: PeerCertificate): CertificateFacts | null => {
  if (!peer.valid_to) return null;
  const common = [peer.subject?.CN ?? []].flat();
  const alternative = [...(peer.subjectaltname ?? "").matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(
    ([, name]) => name!,
  );
  return {
    subject: nameOf(peer.subject),
    issuer: nameOf(peer.issuer),
    validFromMs: Date.parse(peer.valid_from),
    validToMs: Date.parse(peer.valid_to),
    names: alternative.length > 0 ? alternative : common,
  };
};

/** A distinguished name as it is read: its common name, or all of it where it has none. */
const nameOf = (name: PeerCertificate["subject"] | undefined): string => {
  const { CN, ...others } = name ?? {};
  if (CN) return [CN].flat().join(", ");
  return Object.entries(others)
    .map(([key, value]) => `${key}=${[value].flat().join("+")}`)
    .join(", ");
};
