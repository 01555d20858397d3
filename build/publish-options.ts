import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { plantId } from "#feed/plant/run.ts";
import { checkBroker, isNamespace } from "#feed/plant/safety.ts";
import type { PlantWire } from "#feed/plant/schedule.ts";
import type { OpenTrace } from "#feed/plant/trace/library.ts";
import { openTrace, traceKinds } from "#feed/plant/trace/library.ts";
import { readWeatherFile } from "#feed/plant/weather-file.ts";
import type { Problem, Result } from "#twins/model/result.ts";
import { err, ok } from "#twins/model/result.ts";
import type { EpwYear } from "#twins/physics/weather/epw.ts";

/** What `npm run publish` was asked to do. */
export interface PublishOptions {
  readonly action: "play" | "clear" | "help" | "list-traces";
  readonly broker: URL;
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  readonly twinDirectory: string | null;
  readonly racks: number | null;
  readonly seed: number;
  readonly timeMs: number | null;
  readonly speed: number;
  /** Weather of the plant; null: the seeded one. */
  readonly weather: EpwYear | null;
  readonly traces: readonly OpenTrace[];
  readonly loop: boolean;
  /** Publisher id; null for the plant's or the trace's own. */
  readonly namespace: string | null;
  readonly durationS: number | null;
  readonly json: boolean;
  readonly metadataOnly: boolean;
  readonly wire: PlantWire;
  readonly dsxRacks: number;
}

export const publishHelp = `npm run publish -- --mqtt URL: plays the simulated plant, or a recording, into a broker.

  --mqtt URL           mqtt://, mqtts://, ws:// or wss://; user and password from HORINGER_MQTT_USER, HORINGER_MQTT_PASSWORD
  --mqtt-ca FILE       certificate authority; --mqtt-cert FILE and --mqtt-key FILE: our own certificate
  --yes-write-to HOST  needed, word for word, for any broker that is not on this machine
  --trace NAME|FILE    a recording instead of the plant; may be repeated (--list-traces)
  --loop               begin the recording again at its end
  --racks N            racks of the plant, 1 to 400000
  --twin DIR           another campus than Horinger
  --seed N             seed of the plant; 1
  --time ISO           date and time the simulated world starts at, with zone; now
  --speed X            seconds of plant or recording per second; 1
  --weather FILE       a year of hourly weather for the plant (EPW) instead of the seeded one
  --wire W             mixed (bulk frames, single points for the few), dsx (all single points) or bulk; mixed
  --dsx-racks N        this many racks as single points, whatever the wire
  --metadata-only      retained Source and metadata, no values
  --namespace ID       publisher id, the first segment of every topic written; ${plantId} or the trace's own
  --clear              remove what this namespace left retained in the broker, and nothing else
  --duration S         stop after S seconds
  --json               one line of JSON when it plays, and one when it ends
  --list-traces        the recordings that come with the product
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const spec = {
  mqtt: text,
  "mqtt-ca": text,
  "mqtt-cert": text,
  "mqtt-key": text,
  "yes-write-to": text,
  trace: { type: "string", multiple: true },
  loop: flag,
  racks: text,
  twin: text,
  seed: text,
  time: text,
  speed: text,
  weather: text,
  wire: text,
  "dsx-racks": text,
  "metadata-only": flag,
  namespace: text,
  clear: flag,
  duration: text,
  json: flag,
  "list-traces": flag,
  help: flag,
} as const;

const seeHelp = "npm run publish -- --help lists every option.";
const problem = (message: string, tip: string = seeHelp): Result<never> =>
  err({ code: "option", message, tip });

/** Thrown inside this file alone, so that a chain of options reads as a chain. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Refusal(result.error);
  return result.value;
};

const numberIn = (
  name: string,
  written: string | undefined,
  [low, high, whole]: readonly [low: number, high: number, whole: boolean],
): number | null => {
  if (written === undefined) return null;
  const value = Number(written);
  if (written.trim() !== "" && value >= low && value <= high && (!whole || Number.isInteger(value)))
    return value;
  return must(problem(`--${name} ${written}: use a ${whole ? "whole " : ""}number from ${low} to ${high}.`));
};

const timeFrom = (written: string | undefined): number | null => {
  if (written === undefined) return null;
  const value = Date.parse(written);
  if (!Number.isNaN(value) && /T.*(Z|[+-]\d\d:?\d\d)$/i.test(written)) return value;
  return must(problem(`--time ${written}: write it as 2026-07-01T12:00:00+08:00, or with Z for UTC.`));
};

const wires: readonly PlantWire[] = ["mixed", "dsx", "bulk"];
const wireFrom = (written: string | undefined): PlantWire =>
  wires.find((wire) => wire === (written ?? "mixed")) ??
  must(problem(`--wire ${written}: use one of ${wires.join(", ")}.`));

const fileAt = (name: string, path: string | undefined): Buffer | undefined => {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    return must(problem(`--${name} ${path}: ${error instanceof Error ? error.message : String(error)}`));
  }
};

const folderAt = (name: string, path: string | undefined): string | null => {
  if (path === undefined) return null;
  try {
    readdirSync(path);
    return path;
  } catch (error) {
    return must(problem(`--${name} ${path}: ${error instanceof Error ? error.message : String(error)}`));
  }
};

const weatherFrom = (file: string | undefined, traces: readonly string[]): EpwYear | null => {
  if (file === undefined) return null;
  if (traces.length > 0) must(problem("--weather is for the plant, but a trace was named."));
  const year = readWeatherFile(file);
  return year.ok ? year.value : must(problem(`--weather ${year.error.message}.`, year.error.tip));
};

const nowhere = new URL("mqtt://127.0.0.1");

type Given = ReturnType<typeof parseArgs<{ options: typeof spec; allowPositionals: true }>>["values"];

const optionsFrom = (given: Given, extraTraces: readonly string[]): PublishOptions => {
  const action = given.help ? "help" : given["list-traces"] ? "list-traces" : given.clear ? "clear" : "play";
  const needsBroker = action === "play" || action === "clear";
  if (needsBroker && given.mqtt === undefined)
    must(problem("--mqtt URL is missing: there is no broker to write to."));
  const names = [...(given.trace ?? []), ...extraTraces];
  const { namespace } = given;
  if (namespace !== undefined && !isNamespace(namespace))
    must(problem(`--namespace ${namespace}: use 2 to 41 of a–z, 0–9 and -, no slash and no wildcard.`));
  if (namespace !== undefined && names.length > 1)
    must(problem("--namespace is for one publisher, but several traces were named."));
  const tls = {
    ca: fileAt("mqtt-ca", given["mqtt-ca"]),
    cert: fileAt("mqtt-cert", given["mqtt-cert"]),
    key: fileAt("mqtt-key", given["mqtt-key"]),
  };
  return {
    action,
    broker: needsBroker ? must(checkBroker(given.mqtt ?? "", given["yes-write-to"])) : nowhere,
    tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value)),
    twinDirectory: folderAt("twin", given.twin),
    racks: numberIn("racks", given.racks, [1, 400_000, true]),
    seed: numberIn("seed", given.seed, [0, 0xffff_ffff, true]) ?? 1,
    timeMs: timeFrom(given.time),
    speed: numberIn("speed", given.speed, [0.1, 3600, false]) ?? 1,
    weather: weatherFrom(given.weather, names),
    traces: names.map((name) => must(openTrace(name))),
    loop: given.loop ?? false,
    namespace: namespace ?? null,
    durationS: numberIn("duration", given.duration, [0, 1e7, false]),
    json: given.json ?? false,
    metadataOnly: given["metadata-only"] ?? false,
    wire: wireFrom(given.wire),
    dsxRacks: numberIn("dsx-racks", given["dsx-racks"], [0, 400_000, true]) ?? 0,
  };
};

/** Reads the command line. Words after a trace's name are further traces. */
export const readPublishOptions = (argv: readonly string[]): Result<PublishOptions> => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: spec, allowPositionals: true });
    if (positionals.length > 0 && values.trace === undefined)
      return problem(`"${positionals[0]}" is not an option: options start with --.`);
    return ok(optionsFrom(values, positionals));
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    if (error instanceof TypeError && "code" in error) return problem(error.message);
    throw error;
  }
};

export const traceList = (): string =>
  traceKinds
    .map((kind) => `${kind.name}\n  ${kind.title.en}. ${kind.attribution}.\n  ${kind.mapping}.\n`)
    .join("");
