import { randomBytes, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type ConnectionOptions, createSecureContext } from "node:tls";
import type { IClientOptions } from "mqtt";
import type { MqttConfig } from "#feed/contract/config.ts";
import { isEncrypted } from "./address.ts";
import { SourceFailure, toSourceError } from "./mqtt-errors.ts";

/** Advertised to a 5.0 broker. Above the payload limit, so that an oversized payload arrives, is refused and counted. */
const maximumPacketBytes = 32 * 1024 * 1024;
const keepaliveS = 15;
const connectTimeoutMs = 10_000;

/**
 * What goes into a TLS handshake with a broker; nothing where its address is a plain one. Files are read at every
 * connection, so that a renewed certificate needs no restart.
 * @throws SourceFailure when a file cannot be read, is not PEM, or key and certificate are no pair
 */
export const tlsOptions = async ({ url, ...config }: MqttConfig): Promise<ConnectionOptions> => {
  if (!isEncrypted(url)) return {};
  const { caFile, certFile, keyFile, alpn } = config;
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(readIfGiven));
  if (ca) mustParse(caFile!, () => new X509Certificate(ca));
  if (cert) mustParse(certFile!, () => createSecureContext({ cert }));
  if (cert && key) mustParse(keyFile!, () => createSecureContext({ cert, key }));
  return {
    ...(ca ? { ca } : {}),
    ...(cert && key ? { cert, key } : {}),
    ...(alpn.length > 0 ? { ALPNProtocols: [...alpn] } : {}),
  };
};

const readIfGiven = async (file: string | null): Promise<Buffer | undefined> => {
  if (file === null) return undefined;
  return readFile(file).catch((error: unknown) => {
    throw new SourceFailure({ ...toSourceError(error), code: "file" });
  });
};

/** OpenSSL says what is wrong, but not in which file. */
const mustParse = (file: string, parse: () => unknown): void => {
  try {
    parse();
  } catch (error) {
    const { code, detail } = toSourceError(error);
    throw new SourceFailure({
      code: code === "tls-key-mismatch" ? code : "file-content",
      detail: `${file}: ${detail}`,
    });
  }
};

/**
 * Options of MQTT.js for one attempt. A clean session: values are QoS 0, so a kept one would keep nothing but a place at
 * the broker. The client id is random unless one is wanted, so that no other client is ever thrown out by us.
 */
export const clientOptions = (
  config: MqttConfig,
  protocolVersion: 4 | 5,
  tls: ConnectionOptions,
): IClientOptions => {
  const { username, password, clientId } = config;
  return {
    ...(tls as Pick<IClientOptions, "ca" | "cert" | "key" | "ALPNProtocols">),
    // MQTT.js hands a WebSocket the certificates, but not the ALPN names.
    wsOptions: { ...tls },
    protocolVersion,
    clientId: clientId ?? `horinger-twin-${randomBytes(6).toString("hex")}`,
    clean: true,
    keepalive: keepaliveS,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(protocolVersion === 5
      ? { properties: { sessionExpiryInterval: 0, maximumPacketSize: maximumPacketBytes } }
      : {}),
    // A password alone, which MQTT 5.0 allows, goes with a user without a name: 3.1.1 and MQTT.js want one.
    ...(username === null && password === null ? {} : { username: username ?? "" }),
    ...(password === null ? {} : { password }),
  };
};
