import type { MqttConfig, SessionConfig } from "#feed/contract/config.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import { type OptionContext, readOptions } from "./options.ts";

/** What `npm run map` was asked to do. */
export interface MapOptions {
  readonly action: "map" | "help";
  readonly broker: MqttConfig;
  readonly session: SessionConfig;
  /** Where the mapping goes; null: standard output. */
  readonly out: string | null;
  readonly seconds: number;
}

export const mapHelp = `npm run map -- --mqtt URL: listens to a broker, and proposes a mapping file for --wire json:FILE.

  --mqtt URL       mqtt://, mqtts://, ws:// or wss://, with every option of a connection that npm start has
  --filters F,F    listen to these topics only; all by default
  --aliases FILE   names of the plant for asset ids: what a message is of is found by them, or by asset ids
  --twin DIR       another campus than Horinger
  --scale N        racks of the campus
  --seconds N      how long to listen, 1 to 600; 15 by default
  --out FILE       write the mapping here instead of to standard output

It only reads. What a name says is in effect at once; what it does not is written as a remark, and left to you.
`;

const defaultSeconds = 15;
const mostSeconds = 600;

const seeHelp = "npm run map -- --help lists every option.";
const refusal = (message: string): Result<never> => err({ code: "option", message, tip: seeHelp });

/** Takes `--name value` or `--name=value` out of the arguments. */
const take = (
  argv: readonly string[],
  name: string,
): { readonly value: string | null; readonly rest: readonly string[] } => {
  const at = argv.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  if (at < 0) return { value: null, rest: argv };
  const word = argv[at]!;
  const isInline = word.includes("=");
  const value = isInline ? word.slice(word.indexOf("=") + 1) : (argv[at + 1] ?? "");
  return { value, rest: argv.toSpliced(at, isInline ? 1 : 2) };
};

/** Reads the command line: its own options, and those of a connection and a campus as `npm start` has them. */
export const readMapOptions = (context: OptionContext): Result<MapOptions> => {
  const out = take(context.argv, "out");
  const seconds = take(out.rest, "seconds");
  const options = readOptions({ ...context, argv: seconds.rest });
  if (!options.ok) return options;
  const { session, action } = options.value;
  const [broker, second] = session.brokers;
  const wanted = seconds.value === null ? defaultSeconds : Number(seconds.value);
  if (!(wanted >= 1 && wanted <= mostSeconds))
    return refusal(`--seconds ${seconds.value}: use a number from 1 to ${mostSeconds}.`);
  if (out.value === "") return refusal("--out needs a file.");
  if (action === "help") return ok({ action, session, broker: broker!, out: null, seconds: wanted });
  if (!broker) return refusal("--mqtt URL is missing: there is no broker to listen to.");
  if (second) return refusal("One mapping is of one broker: give one --mqtt.");
  return ok({ action: "map", session, broker, out: out.value, seconds: wanted });
};
