import type { Result } from "#twins/model/result.ts";
import { err, ok } from "#twins/model/result.ts";

const protocols = new Set(["mqtt:", "mqtts:", "ws:", "wss:"]);

/** Hosts that are this machine by name or by number; a name that merely resolves to it is not among them. */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/**
 * Whether simulated or recorded values may be written to a broker: on this machine always, elsewhere only when the
 * operator named exactly that host.
 */
export const checkBroker = (url: string, yesWriteTo: string | undefined): Result<URL> => {
  if (!URL.canParse(url) || !protocols.has(new URL(url).protocol))
    return err({
      code: "broker-url",
      // Whatever stands before an @ may be a password.
      message: `${url.includes("@") ? "this" : url} is no broker address`,
      tip: "Use mqtt://host:port, mqtts://, ws:// or wss://.",
    });
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "")
    return err({
      code: "broker-credentials",
      message: "credentials do not belong in the address",
      tip: "Set HORINGER_MQTT_USER and HORINGER_MQTT_PASSWORD in the environment instead.",
    });
  if (isLoopback(parsed.hostname) || parsed.hostname === yesWriteTo) return ok(parsed);
  return err({
    code: "broker-not-loopback",
    message: `${parsed.hostname} is not this machine; values written there could pass as a plant's`,
    tip: `If that is what you want, repeat with --yes-write-to ${parsed.hostname}.`,
  });
};

/** A namespace is one topic level: no separator, no wildcard, nothing that a broker treats as its own. */
export const isNamespace = (id: string): boolean => /^[a-z0-9][a-z0-9-]{1,40}$/.test(id);
