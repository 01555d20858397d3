import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type ParseError, parse as parseJsonc, printParseErrorCode } from "jsonc-parser";
import type { MqttConfig, SessionConfig } from "#feed/contract/config.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import { isOptionName, type OptionName, optionTable, specOf } from "./option-table.ts";

/** What the launcher and the shells need beside the session itself. */
export interface ShellOptions {
  /** null: the desktop where it is installed, else the web shell. */
  readonly shell: "desktop" | "web" | null;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly open: boolean;
  readonly json: boolean;
  readonly tokenFile: string | null;
}

export interface Options {
  readonly action: "start" | "help" | "version" | "print-config";
  readonly session: SessionConfig;
  readonly shell: ShellOptions;
  /** The options as given, as a configuration file would hold them. */
  readonly given: Readonly<Given>;
}

type Given = Partial<Record<OptionName, string | true>>;

/** Where options come from. Tests pass their own. */
export interface OptionContext {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly folder: string;
  readonly version: string;
}

/** Thrown and caught inside this file alone: the caller gets a `Result`. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(message: string, tip: string) {
    super(message);
    this.problem = { code: "option", message, tip };
  }
}

const seeHelp = "npm start -- --help lists every option.";

/** Turns the command line, the configuration file and the environment into what a session needs. */
export const readOptions = (context: OptionContext): Result<Options> => {
  try {
    const typed = fromCommandLine(context.argv);
    const given = { ...fromFile(typed.config, context.folder), ...typed };
    for (const [name, value] of Object.entries(given)) checkChoice(name as OptionName, value);
    const action = (["help", "version", "print-config"] as const).find((name) => given[name]) ?? "start";
    return ok({ action, session: sessionOf(given, context), shell: shellOf(given, context), given });
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    throw error;
  }
};

/** The options in effect as text for `--config`; secrets are never among options. */
export const printConfig = ({ given }: Options): string => {
  const kept = Object.entries(given).filter(([name]) => !specOf(name as OptionName).commandLineOnly);
  return `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`;
};

const fromCommandLine = (argv: readonly string[]): Given => {
  const options = Object.fromEntries(
    Object.keys(optionTable).map((name) => [
      name,
      { type: specOf(name as OptionName).value === null ? "boolean" : "string" } as const,
    ]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const given: Given = {};
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "positional")
      throw new Refusal(`"${token.value}" is not an option: options start with --.`, seeHelp);
    const name = known(token.name, token.rawName);
    const takesValue = specOf(name).value !== null;
    if (takesValue && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      throw new Refusal(`--${name} needs a value: --${name} ${specOf(name).value}.`, seeHelp);
    if (!takesValue && token.value !== undefined)
      throw new Refusal(`--${name} takes no value, found "${token.value}".`, `Write --${name} alone.`);
    if (given[name] !== undefined) throw new Refusal(`--${name} is given twice.`, "Keep one of them.");
    given[name] = token.value ?? true;
  }
  return given;
};

const known = (name: string, written: string): OptionName => {
  if (!isOptionName(name)) {
    const near = nearest(name);
    throw new Refusal(`${written} is not an option.`, near ? `Did you mean --${near}? ${seeHelp}` : seeHelp);
  }
  const { later } = specOf(name);
  if (later) throw new Refusal(`--${name}: ${later} is not in this version.`, `Leave --${name} away.`);
  return name;
};

/** The option a slip of the keyboard most likely meant: it shares a beginning, or all letters but one. */
const nearest = (name: string): string | undefined =>
  Object.keys(optionTable).find(
    (candidate) =>
      (name.length >= 3 && (candidate.startsWith(name) || name.startsWith(candidate))) ||
      isOneEditAway(name, candidate),
  );

const isOneEditAway = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = long.slice(at + 1);
  return short.length === long.length ? short.slice(at + 1) === rest : short.slice(at) === rest;
};

const fromFile = (file: Given[OptionName], folder: string): Given => {
  if (typeof file !== "string") return {};
  const errors: ParseError[] = [];
  const content: unknown = parseJsonc(readText("config", file, folder), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || typeof content !== "object" || content === null || Array.isArray(content)) {
    const why = first ? `${printParseErrorCode(first.error)} at character ${first.offset}` : "no JSON object";
    throw new Refusal(`${file}: ${why}.`, "npm start -- --print-config prints a file to start from.");
  }
  const given: Given = {};
  for (const [key, value] of Object.entries(content)) {
    const name = known(key, `"${key}" in ${file}`);
    if (specOf(name).commandLineOnly) throw new Refusal(`"${key}" cannot stand in ${file}.`, seeHelp);
    const wanted = specOf(name).value === null ? "true or false" : "a text or a number";
    if (specOf(name).value === null ? typeof value !== "boolean" : !/^(string|number)$/.test(typeof value))
      throw new Refusal(`"${key}" in ${file} must be ${wanted}.`, seeHelp);
    if (value === false) continue;
    // A path in the file starts at the file, wherever the product is started from.
    const isPath = /^(FILE|DIR)$/.test(specOf(name).value ?? "");
    given[name] =
      value === true ? true : isPath ? resolve(folder, dirname(file), String(value)) : String(value);
  }
  return given;
};

const checkChoice = (name: OptionName, value: string | true) => {
  const { choices } = specOf(name);
  if (choices && !choices.includes(String(value)))
    throw new Refusal(`--${name} ${value}: no such choice.`, `Use one of ${choices.join(", ")}.`);
};

const readText = (name: OptionName, file: string, folder: string): string => {
  try {
    return readFileSync(resolve(folder, file), "utf8");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Refusal(`--${name} ${file} cannot be read (${why}).`, "Check the path and its permissions.");
  }
};

const checkFolder = (name: OptionName, path: string, folder: string): void => {
  try {
    readdirSync(resolve(folder, path));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Refusal(
      `--${name} ${path} cannot be read as a folder (${why}).`,
      "Check the path and its permissions; docs/TWIN-DIRECTORY.md says what belongs into it.",
    );
  }
};

const text = (value: string | true | undefined): string | null => (typeof value === "string" ? value : null);

/** A number in [low, high], or null when the option is absent. */
const number = (
  given: Given,
  name: OptionName,
  range: readonly [low: number, high: number],
): number | null => {
  const written = text(given[name]);
  if (written === null) return null;
  const value = Number(written);
  const whole = Number.isInteger(range[0]);
  const [low, high] = range;
  if (written.trim() === "" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Refusal(
      `--${name} ${written}: out of range.`,
      `Use a ${whole ? "whole " : ""}number from ${low} to ${high}.`,
    );
  return value;
};

const sessionOf = (given: Given, context: OptionContext): SessionConfig => {
  if (given.fill && !given.mqtt)
    throw new Refusal(
      "--fill simulated needs --mqtt.",
      "Without --mqtt the whole plant is simulated already.",
    );
  const twin = text(given.twin);
  if (twin !== null) checkFolder("twin", twin, context.folder);
  return {
    version: context.version,
    mode: (text(given.mode) ?? "desk") as SessionConfig["mode"],
    language: (text(given.lang) ?? "zh") as SessionConfig["language"],
    brokers: brokersOf(given, context),
    fillSimulated: given.fill !== undefined,
    allowPublish: given["allow-publish"] === true,
    twinDirectory: twin === null ? null : resolve(context.folder, twin),
    announced: false,
    saveDirectory: null,
    aliasFiles: [],
    racks: number(given, "scale", [1, 400_000]),
    seed: number(given, "seed", [0, 0xffff_ffff]) ?? 1,
    timeMs: timeOf(text(given.time)),
    plantSpeed: number(given, "plant-speed", [0.1, 3600]) ?? 1,
  };
};

const timeOf = (written: string | null): number | null => {
  if (written === null) return null;
  const value = Date.parse(written);
  if (Number.isNaN(value) || !/T.*(Z|[+-]\d\d:?\d\d)$/i.test(written))
    throw new Refusal(
      `--time ${written}: not a time with a zone.`,
      "Write it as 2026-07-01T12:00:00+08:00, or with Z for UTC.",
    );
  return value;
};

const brokersOf = (given: Given, { env, folder }: OptionContext): readonly MqttConfig[] => {
  const url = text(given.mqtt);
  if (url === null) {
    const lonely = (["mqtt-ca", "mqtt-cert", "mqtt-key", "wire", "allow-publish"] as const).find(
      (n) => given[n],
    );
    if (lonely) throw new Refusal(`--${lonely} needs --mqtt.`, "Name the broker with --mqtt URL.");
    return [];
  }
  if ((given["mqtt-cert"] === undefined) !== (given["mqtt-key"] === undefined))
    throw new Refusal("--mqtt-cert and --mqtt-key go together.", "Give both, or neither.");
  const file = (name: "mqtt-ca" | "mqtt-cert" | "mqtt-key"): string | null => {
    const written = text(given[name]);
    if (written === null) return null;
    readText(name, written, folder);
    return resolve(folder, written);
  };
  const broker: MqttConfig = {
    url: brokerAddress(url),
    caFile: file("mqtt-ca"),
    certFile: file("mqtt-cert"),
    keyFile: file("mqtt-key"),
    username: env["HORINGER_MQTT_USER"] || null,
    password: env["HORINGER_MQTT_PASSWORD"] || null,
    alpn: [],
    wire: (text(given.wire) ?? "auto") as MqttConfig["wire"],
    mappingFile: null,
    filters: null,
  };
  return [broker];
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
  if (!/^(mqtts?|wss?):$/.test(url.protocol) || !url.hostname)
    throw new Refusal(`${shown}: not a broker's address.`, tip);
  return written;
};

const shellOf = (given: Given, { folder }: OptionContext): ShellOptions => {
  const tokenFile = text(given["token-file"]);
  return {
    shell: text(given.shell) as ShellOptions["shell"],
    port: number(given, "port", [0, 65_535]) ?? 0,
    open: given["no-open"] !== true,
    json: given.json === true,
    tokenFile: tokenFile === null ? null : resolve(folder, tokenFile),
  };
};
