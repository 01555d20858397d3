import type { MqttConfig, WireName } from "#feed/contract/config.ts";
import { filterFault } from "#feed/sources/topic-filter.ts";
import { type Given, list, Refusal, readableFile, text } from "./given.ts";
import { brokerOptions } from "./option-table.ts";

const mostBrokers = 8;
/** ALPN names are counted by one byte (RFC 7301 §3.1); a client id by two (MQTT §1.5.4), of which no broker takes all. */
const longestAlpn = 255;
const longestClientId = 256;

/** Where relative paths start, and where secrets come from. */
export interface BrokerSurroundings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The brokers of a session: all `--mqtt` with the options beside them, or those that a configuration file lists.
 * @throws Refusal
 */
export const brokersOf = (
  given: Given,
  listed: readonly Given[] | null,
  surroundings: BrokerSurroundings,
): readonly MqttConfig[] => {
  const each = listed ?? list(given, "mqtt").map((url) => ({ ...given, mqtt: [url] }));
  const beside = brokerOptions.filter((name) => name !== "mqtt").find((name) => given[name]);
  if (beside && each.length === 0)
    throw new Refusal(`--${beside} needs --mqtt.`, "Name the broker with --mqtt URL.");
  if (beside && listed)
    throw new Refusal(
      `--${beside} beside "brokers" in the configuration file: it does not say for which.`,
      `Write "${beside}" into the broker's own entry.`,
    );
  if (each.length > mostBrokers)
    throw new Refusal(`${each.length} brokers are too many.`, `Name ${mostBrokers} at most.`);
  const brokers = each.map((one, i) => brokerOf(one, i + 1, surroundings));
  const twice = brokers.find(({ url }, i) => brokers.findIndex((other) => other.url === url) !== i);
  if (twice)
    throw new Refusal(`--mqtt ${twice.url} is given twice.`, "Its values would all come twice: keep one.");
  for (const one of listed ?? [given]) checkEncrypted(one);
  return brokers;
};

/** Who gives certificates believes that the connection is encrypted. */
const checkEncrypted = (given: Given): void => {
  const wantsTls = (["mqtt-ca", "mqtt-cert", "mqtt-key", "mqtt-alpn"] as const).find((name) => given[name]);
  if (wantsTls && !list(given, "mqtt").some((url) => /^(mqtts|wss):/i.test(url)))
    throw new Refusal(
      `--${wantsTls} is for an encrypted connection.`,
      "Write the broker's address with mqtts: or wss:.",
    );
};

/** @param position from 1: which variables of the environment are this broker's. One's password is never another's. */
const brokerOf = (given: Given, position: number, { folder, env }: BrokerSurroundings): MqttConfig => {
  if ((given["mqtt-cert"] === undefined) !== (given["mqtt-key"] === undefined))
    throw new Refusal("--mqtt-cert and --mqtt-key go together.", "Give both, or neither.");
  const file = (name: "mqtt-ca" | "mqtt-cert" | "mqtt-key"): string | null => {
    const written = text(given, name);
    return written === null ? null : readableFile(name, written, folder);
  };
  const own = position === 1 ? "" : `_${position}`;
  return {
    url: brokerAddress(text(given, "mqtt") ?? ""),
    caFile: file("mqtt-ca"),
    certFile: file("mqtt-cert"),
    keyFile: file("mqtt-key"),
    username: env[`HORINGER_MQTT_USER${own}`] || null,
    password: env[`HORINGER_MQTT_PASSWORD${own}`] || null,
    clientId: clientIdOf(given),
    alpn: alpnOf(given),
    ...wireOf(text(given, "wire") ?? "auto", folder),
    filters: filtersOf(given),
  };
};

const brokerAddress = (written: string): string => {
  const tip = "Write it as mqtt://host:1883, or mqtts:, ws:, wss:.";
  // Whatever stands before an @ may be a password, well formed or not: then the address is not repeated.
  const shown = written.includes("@") ? "--mqtt" : `--mqtt ${written}`;
  if (!URL.canParse(written)) throw new Refusal(`${shown}: not an address.`, tip);
  const url = new URL(written);
  // The command line can be read by everybody on the machine and ends in shell histories: so the address is not repeated.
  if (url.username || url.password)
    throw new Refusal(
      "--mqtt: user and password do not belong in the address.",
      "Set HORINGER_MQTT_USER and HORINGER_MQTT_PASSWORD in the environment instead.",
    );
  if (url.search || url.hash)
    throw new Refusal(
      "--mqtt: a query may hold a token, which belongs on no command line.",
      "End the address after its path.",
    );
  if (!/^(mqtts?|wss?):$/.test(url.protocol) || !url.hostname)
    throw new Refusal(`${shown}: not a broker's address.`, tip);
  return written;
};

const plainWires = ["auto", "dsx", "bulk", "sparkplug"] as const satisfies readonly ("auto" | WireName)[];

const wireOf = (written: string, folder: string): Pick<MqttConfig, "wire" | "mappingFile"> => {
  const wire = plainWires.find((name) => name === written);
  if (wire) return { wire, mappingFile: null };
  const file = /^json:(.+)$/.exec(written)?.[1];
  if (file === undefined)
    throw new Refusal(
      `--wire ${written}: no such choice.`,
      `Use one of ${plainWires.join(", ")}, or json:FILE with a mapping file.`,
    );
  return { wire: "json", mappingFile: readableFile("wire", file, folder) };
};

const clientIdOf = (given: Given): string | null => {
  const id = text(given, "mqtt-client-id");
  if (id !== null && (id.length === 0 || id.length > longestClientId))
    throw new Refusal(
      "--mqtt-client-id: empty or too long.",
      `Use 1 to ${longestClientId} characters, or leave it away for a random one.`,
    );
  return id;
};

const alpnOf = (given: Given): readonly string[] => {
  const names = list(given, "mqtt-alpn");
  const wrong = names.find((name) => name === "" || Buffer.byteLength(name) > longestAlpn);
  if (wrong !== undefined)
    throw new Refusal(`--mqtt-alpn "${wrong}": no protocol's name.`, "Write it as --mqtt-alpn mqtt.");
  return names;
};

const filtersOf = (given: Given): readonly string[] | null => {
  if (given.filters === undefined) return null;
  const filters = list(given, "filters");
  for (const filter of filters) {
    const fault = filterFault(filter);
    if (fault)
      throw new Refusal(
        `--filters "${filter}": ${fault}.`,
        "Write topic filters as site/+/power or BMS/v1/#, with commas between them.",
      );
  }
  return filters;
};
