/**
 * Every option of `npm start`, once: the parser, the help text, the configuration file and the refusals read this table.
 */
export interface OptionSpec {
  /** What the value looks like in the help text; null for a switch. */
  readonly value: string | null;
  readonly help: string;
  /** Allowed words, where the value is a choice. */
  readonly choices?: readonly string[];
  /** Only on the command line, never in a configuration file. */
  readonly commandLineOnly?: true;
  /** May be given several times; a list in a configuration file. */
  readonly many?: true;
  /** A list of words with commas between them: each may also be an option of its own. */
  readonly commas?: true;
}

const choice = (choices: readonly string[], help: string): OptionSpec => ({
  value: choices.join("|"),
  choices,
  help,
});
const withValue = (value: string, help: string): OptionSpec => ({ value, help });
const several = (spec: OptionSpec): OptionSpec => ({ ...spec, many: true });
const listed = (spec: OptionSpec): OptionSpec => ({ ...spec, many: true, commas: true });
const flag = (help: string): OptionSpec => ({ value: null, help });

export const optionTable = {
  mode: choice(["wall", "desk", "demo"], "display wall, engineer's desk (default) or sales demo"),
  shell: choice(
    ["desktop", "web"],
    "default: desktop where Electron is installed, else a page in the browser",
  ),
  mqtt: several(
    withValue(
      "URL",
      "broker: mqtt://, mqtts://, ws:// or wss://; up to 8 times; without it all is simulated",
    ),
  ),
  "mqtt-ca": withValue("FILE", "certificate authority of the broker, PEM"),
  "mqtt-cert": withValue("FILE", "client certificate, PEM; needs --mqtt-key"),
  "mqtt-key": withValue("FILE", "client key, PEM; needs --mqtt-cert"),
  "mqtt-alpn": listed(withValue("NAME[,NAME]", "application protocols to offer in the TLS handshake")),
  "mqtt-client-id": withValue("ID", "client id, where the broker wants a certain one; random by default"),
  "mqtt-remember": flag("in a desktop window: keep user and password in the system's keychain"),
  wire: withValue(
    "auto|dsx|bulk|sparkplug|json:FILE",
    "what the broker speaks; recognised by itself by default",
  ),
  filters: listed(
    withValue("FILTER[,FILTER]", "the only topics to subscribe to; by default those of the wires"),
  ),
  aliases: several(withValue("FILE", "CSV of plant names for asset ids; may be repeated")),
  fill: choice(
    ["simulated"],
    "beside --mqtt: the simulated plant for what is missing, always marked as such",
  ),
  "allow-publish": flag("let the product publish to the broker; it never does without this"),
  twin: withValue(
    "DIR|announced",
    "another campus than Horinger; announced: the one that the broker's plant describes",
  ),
  "save-twin": withValue("DIR", "where the page may save the campus as a twin directory"),
  scale: withValue("N", "telemetered racks, 1 to 400000"),
  seed: withValue("N", "seed of the simulated plant, 0 to 4294967295"),
  time: withValue("ISO", "site time to start at, for example 2026-07-01T12:00:00+08:00"),
  "plant-speed": withValue(
    "N",
    "seconds of plant time per second, at most 3600; 0 holds the moment (counters go on)",
  ),
  weather: withValue(
    "FILE",
    "a year of hourly weather for the simulated plant (EPW); by default Hohhot's, seeded",
  ),
  scenario: withValue(
    "NAME|FILE",
    "let the simulated plant play a scenario: one of twins/horinger/scenarios, or a file",
  ),
  "scenario-at": withValue("SECONDS", "begin at this moment of its course"),
  record: withValue("DIR", "record all that comes in into files of an hour each (docs/LOG-FORMAT.md)"),
  "record-days": withValue("N", "delete recordings older than this, 1 to 3650; 30 by default"),
  "record-gb": withValue("N", "delete the oldest recordings past this size together, 1 to 100000"),
  log: several(
    withValue("FILE|DIR", "show a recording instead of anything live: a .mcap file, or a folder of them"),
  ),
  lang: choice(["zh", "en"], "language at the start; zh by default"),
  port: withValue("N", "port of the web shell on 127.0.0.1; chosen by the system by default"),
  "token-file": withValue(
    "FILE",
    "keep the web shell's access token here, so that a kiosk's address stays valid",
  ),
  "no-open": flag("do not open a browser"),
  json: flag('print {"ready":true,"url":…} as the last line when the page can be used'),
  config: {
    ...withValue("FILE", "these options from a JSON file; the command line wins"),
    commandLineOnly: true,
  },
  "print-config": { ...flag("print what would be used, as such a file, and stop"), commandLineOnly: true },
  help: { ...flag("this text"), commandLineOnly: true },
  version: { ...flag("print the version"), commandLineOnly: true },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionTable;

export const isOptionName = (name: string): name is OptionName => Object.hasOwn(optionTable, name);

export const specOf = (name: OptionName): OptionSpec => optionTable[name];

/** What can differ from broker to broker: in a configuration file, the keys of an entry of `brokers`. */
export const brokerOptions = [
  "mqtt",
  "mqtt-ca",
  "mqtt-cert",
  "mqtt-key",
  "mqtt-alpn",
  "mqtt-client-id",
  "wire",
  "filters",
] as const satisfies readonly OptionName[];

/** The text of `npm start -- --help`. */
export const helpText = (): string => {
  const entries = Object.entries<OptionSpec>(optionTable);
  const lines = entries.map(([name, spec]) => {
    const left = `  --${name}${spec.value === null ? "" : ` ${spec.value}`}`;
    return left.length > 26 ? `${left}\n${" ".repeat(28)}${spec.help}` : `${left.padEnd(28)}${spec.help}`;
  });
  return [
    "Horinger Twin: a live digital twin of the Horinger data-centre campus.",
    "",
    "npm start [-- OPTIONS]      shows the campus",
    "npm run desktop             installs Electron once and shows it in a window of its own",
    "",
    ...lines,
    "",
    "User and password of the broker come from HORINGER_MQTT_USER and HORINGER_MQTT_PASSWORD;",
    "of the second broker from HORINGER_MQTT_USER_2 and HORINGER_MQTT_PASSWORD_2, and so on.",
    "A configuration file can hold brokers that differ: docs/CONNECTION.md.",
    "",
  ].join("\n");
};
