import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { RecordConfig, ScenarioChoice, SessionConfig } from "#feed/contract/config.ts";
import { openLog } from "#feed/log/log.ts";
import { readScenarioFile } from "#feed/plant/scenario-file.ts";
import { readWeatherFile } from "#feed/plant/weather-file.ts";
import { builtInScenarios } from "#feed/twin-directory.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import {
  type Given,
  list,
  number,
  Refusal,
  readableFile,
  readableFolder,
  seeHelp,
  text,
  valuesOf,
  writableFolder,
} from "./given.ts";
import { brokersOf } from "./option-brokers.ts";
import { type OptionFile, readOptionFile } from "./option-file.ts";
import { isOptionName, type OptionName, optionTable, specOf } from "./option-table.ts";

/** What the launcher and the shells need beside the session itself. */
export interface ShellOptions {
  /** null: the desktop where it is installed, else the web shell. */
  readonly shell: "desktop" | "web" | null;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly open: boolean;
  readonly json: boolean;
  /** Keep the brokers' users and passwords in the system's keychain: the desktop can. */
  readonly remember: boolean;
  readonly tokenFile: string | null;
}

export interface Options {
  readonly action: "start" | "help" | "version" | "print-config";
  readonly session: SessionConfig;
  readonly shell: ShellOptions;
  /** The options as given, as a configuration file would hold them. */
  readonly given: OptionFile;
}

/** Where options come from. Tests pass their own. */
export interface OptionContext {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly folder: string;
  readonly version: string;
}

/** Turns the command line, the configuration file and the environment into what a session needs. */
export const readOptions = (context: OptionContext): Result<Options> => {
  try {
    const typed = fromCommandLine(context.argv);
    const options = combine(fileOf(typed, context.folder), typed);
    const { given } = options;
    for (const name of Object.keys(given)) checkChoice(name as OptionName, given);
    const action = (["help", "version", "print-config"] as const).find((name) => given[name]) ?? "start";
    return ok({
      action,
      session: sessionOf(options, context),
      shell: shellOf(given, context),
      given: options,
    });
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    throw error;
  }
};

/** The options in effect as text for `--config`; secrets are never among options. */
export const printConfig = ({ given: { given, brokers } }: Options): string => {
  const plain = (options: Given) =>
    Object.fromEntries(
      Object.entries(options)
        .filter(([name]) => !specOf(name as OptionName).commandLineOnly)
        .map(([name, value]) => [name, value === true || value.length > 1 ? value : value[0]]),
    );
  const all = { ...plain(given), ...(brokers ? { brokers: brokers.map(plain) } : {}) };
  return `${JSON.stringify(all, null, 2)}\n`;
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
    const { value: shape, many } = specOf(name);
    if (shape !== null && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      throw new Refusal(`--${name} needs a value: --${name} ${shape}.`, seeHelp);
    if (shape === null && token.value !== undefined)
      throw new Refusal(`--${name} takes no value, found "${token.value}".`, `Write --${name} alone.`);
    if (given[name] !== undefined && !many)
      throw new Refusal(`--${name} is given twice.`, "Keep one of them.");
    given[name] = token.value === undefined ? true : [...list(given, name), ...valuesOf(name, [token.value])];
  }
  return given;
};

const known = (name: string, written: string): OptionName => {
  if (!isOptionName(name)) {
    const near = nearest(name);
    throw new Refusal(`${written} is not an option.`, near ? `Did you mean --${near}? ${seeHelp}` : seeHelp);
  }
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

const fileOf = (typed: Given, folder: string): OptionFile => {
  const file = text(typed, "config");
  return file === null ? { given: {}, brokers: null } : readOptionFile(file, folder, known);
};

/** The command line wins; a broker named there is there instead of the file's. */
const combine = ({ given, brokers }: OptionFile, typed: Given): OptionFile => {
  if (brokers && given.mqtt)
    throw new Refusal(
      `The configuration file has both "mqtt" and "brokers".`,
      `Write every broker into "brokers", or into "mqtt".`,
    );
  return { given: { ...given, ...typed }, brokers: typed.mqtt ? null : brokers };
};

const checkChoice = (name: OptionName, given: Given) => {
  const { choices } = specOf(name);
  const value = text(given, name);
  if (choices && value !== null && !choices.includes(value))
    throw new Refusal(`--${name} ${value}: no such choice.`, `Use one of ${choices.join(", ")}.`);
};

const sessionOf = ({ given, brokers: listed }: OptionFile, context: OptionContext): SessionConfig => {
  const { folder } = context;
  const brokers = brokersOf(given, listed, context);
  const saveDirectory = text(given, "save-twin");
  const announced = text(given, "twin") === "announced";
  checkBesideBrokers(given, brokers.length > 0);
  const twin = announced ? null : text(given, "twin");
  return {
    version: context.version,
    mode: (text(given, "mode") ?? "desk") as SessionConfig["mode"],
    language: (text(given, "lang") ?? "zh") as SessionConfig["language"],
    brokers,
    fillSimulated: given.fill !== undefined,
    allowPublish: given["allow-publish"] === true,
    twinDirectory: twin === null ? null : readableFolder("twin", twin, folder),
    announced,
    saveDirectory: saveDirectory === null ? null : writableFolder("save-twin", saveDirectory, folder),
    aliasFiles: list(given, "aliases").map((file) => readableFile("aliases", file, folder)),
    racks: number(given, "scale", [1, 400_000]),
    seed: number(given, "seed", [0, 0xffff_ffff]) ?? 1,
    timeMs: timeOf(text(given, "time")),
    plantSpeed: plantSpeedOf(given) ?? 1,
    weatherFile: weatherOf(given, folder),
    scenario: scenarioOf(given, folder),
    record: recordOf(given, folder),
    log: logOf(given, folder),
  };
};

/** What makes sense only with an outside plant, or only without an invented one. */
const checkBesideBrokers = (given: Given, hasBrokers: boolean): void => {
  const announced = text(given, "twin") === "announced";
  if (given.fill && !hasBrokers)
    throw new Refusal(
      "--fill simulated needs --mqtt.",
      "Without --mqtt the whole plant is simulated already.",
    );
  const lonely = !hasBrokers && (["allow-publish", "mqtt-remember"] as const).find((name) => given[name]);
  if (lonely) throw new Refusal(`--${lonely} needs --mqtt.`, "Name the broker with --mqtt URL.");
  if (announced && !hasBrokers)
    throw new Refusal("--twin announced needs --mqtt.", "Name the broker whose plant describes itself.");
  if (given.weather && hasBrokers && !given.fill)
    throw new Refusal(
      "--weather does not go with --mqtt.",
      "It is the weather of the simulated plant; with --fill simulated there is one beside the broker.",
    );
  const invented = announced && (["fill", "scale"] as const).find((name) => given[name]);
  if (invented)
    throw new Refusal(
      `--${invented} does not go with --twin announced.`,
      "An announced campus has what its plant describes, and nothing else.",
    );
};

/** A file that says a year of weather, read to the end: what is wrong with it is said before anything starts. */
const weatherOf = (given: Given, folder: string): string | null => {
  const name = text(given, "weather");
  if (name === null) return null;
  const file = readableFile("weather", name, folder);
  const year = readWeatherFile(file);
  if (!year.ok) throw new Refusal(`--weather ${year.error.message}.`, year.error.tip);
  return file;
};

/** What a recording has no use for: it brings its own campus, and nothing in it is simulated anew. */
const notWithLog = [
  "mqtt",
  "fill",
  "twin",
  "save-twin",
  "aliases",
  "scale",
  "plant-speed",
  "weather",
  "scenario",
  "scenario-at",
  "record",
] as const satisfies readonly OptionName[];

/** Recordings to show, looked into: that none of them can be opened is said before anything starts. */
const logOf = (given: Given, folder: string): readonly string[] | null => {
  if (!given.log) return null;
  const other = notWithLog.find((name) => given[name]);
  if (other)
    throw new Refusal(
      `--${other} does not go with --log.`,
      "A recording is shown as it was, with the campus it was recorded of.",
    );
  const paths = list(given, "log").map((path) => resolve(folder, path));
  const opened = openLog(paths);
  if (!opened.ok) throw new Refusal(`--log ${opened.error.message}.`, opened.error.tip);
  opened.value.close();
  return paths;
};

const dayMs = 86_400_000;
/** A file holds this much at most: small enough to copy, large enough that a month has not too many. */
const roll = { bytes: 2 ** 30, ms: 3_600_000 } as const;

const recordOf = (given: Given, folder: string): RecordConfig | null => {
  const directory = text(given, "record");
  const lonely = (["record-days", "record-gb"] as const).find((name) => given[name]);
  if (directory === null) {
    if (lonely) throw new Refusal(`--${lonely} needs --record.`, "Name the folder with --record DIR.");
    return null;
  }
  return {
    directory: writableFolder("record", directory, folder),
    roll,
    keep: {
      ageMs: (number(given, "record-days", [1, 3650]) ?? 30) * dayMs,
      bytes: (number(given, "record-gb", [1, 100_000]) ?? Number.POSITIVE_INFINITY) * 1e9,
    },
  };
};

const longestScenarioS = 31 * 86_400;

/** Seconds of plant time per second; 0 holds the moment, a part of 1 slows it down. */
const plantSpeedOf = (given: Given): number | null => number(given, "plant-speed", [0, 3600], false);

/** One of ours by its name, or a file. It is played by our own plant, which then keeps the scenario's time. */
const scenarioOf = (given: Given, folder: string): ScenarioChoice | null => {
  const name = text(given, "scenario");
  if (name === null) {
    if (given["scenario-at"])
      throw new Refusal("--scenario-at needs --scenario.", "Name the scenario with --scenario NAME.");
    return null;
  }
  const other = (["mqtt", "time"] as const).find((each) => given[each]);
  if (other)
    throw new Refusal(
      `--scenario does not go with --${other}.`,
      "A scenario is played by the product's own simulated plant, at the scenario's own time.",
    );
  const isName = /^[\w-]+$/.test(name);
  const ours = readdirSync(builtInScenarios).map((file) => file.replace(/\.json$/, ""));
  if (isName && !ours.includes(name))
    throw new Refusal(`--scenario ${name}: no such scenario.`, `Use one of ${ours.join(", ")}, or a file.`);
  return {
    file: isName ? join(builtInScenarios, `${name}.json`) : scenarioFile(name, folder),
    atS: number(given, "scenario-at", [0, longestScenarioS]) ?? 0,
    speed: plantSpeedOf(given),
  };
};

/** What is wrong with a file of somebody's own is said before anything starts. */
const scenarioFile = (name: string, folder: string): string => {
  const file = readableFile("scenario", name, folder);
  const scenario = readScenarioFile(file);
  if (!scenario.ok) throw new Refusal(`--scenario ${scenario.error.message}`, scenario.error.tip);
  return file;
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

const shellOf = (given: Given, { folder }: OptionContext): ShellOptions => {
  const tokenFile = text(given, "token-file");
  return {
    shell: text(given, "shell") as ShellOptions["shell"],
    port: number(given, "port", [0, 65_535]) ?? 0,
    open: given["no-open"] !== true,
    json: given.json === true,
    remember: given["mqtt-remember"] === true,
    tokenFile: tokenFile === null ? null : resolve(folder, tokenFile),
  };
};
