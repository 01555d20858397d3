import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectAsync, type MqttClient } from "mqtt";
import { withAliasFiles } from "#feed/alias-files.ts";
import type { MqttConfig } from "#feed/contract/config.ts";
import { shownAddress } from "#feed/sources/address.ts";
import { clientOptions, tlsOptions } from "#feed/sources/connect-options.ts";
import { toSourceError } from "#feed/sources/mqtt-errors.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { Observer } from "#feed/wire/json/observe.ts";
import { proposeMapping } from "#feed/wire/json/write-mapping.ts";
import { loadTwin } from "#twins/model/load.ts";
import { type MapOptions, mapHelp, readMapOptions } from "./map-options.ts";

/** `npm run map`: listens to a broker, and proposes a mapping file. It only reads, for a given time. */

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** MQTT 5.0, else 3.1.1. */
const connect = async (broker: MqttConfig): Promise<MqttClient> => {
  const tls = await tlsOptions(broker);
  const at = (version: 4 | 5): Promise<MqttClient> =>
    connectAsync(broker.url, clientOptions(broker, version, tls), false);
  return at(5).catch((error: unknown) => {
    if (toSourceError(error).code !== "protocol" && toSourceError(error).code !== "closed") throw error;
    return at(4);
  });
};

const listen = async ({ broker, seconds }: MapOptions): Promise<Observer> => {
  const observer = new Observer();
  const client = await connect(broker);
  try {
    client.on("message", (topic, payload) => observer.observe(topic, payload));
    const filters = broker.filters ?? ["#"];
    await client.subscribeAsync([...filters], { qos: 0 });
    say(`listening to ${filters.join(", ")} of ${shownAddress(broker.url)} for ${seconds} s`);
    const lost = new Promise<string>((settle) =>
      client.once("close", () => settle("the connection was lost")),
    );
    const stopped = new Promise<string>((settle) => process.once("SIGINT", () => settle("stopped")));
    const why = await Promise.race([sleep(seconds * 1000, null, { ref: false }), lost, stopped]);
    if (why !== null) say(`${why}: proposing from what came until then`);
  } finally {
    client.removeAllListeners("close");
    await client.endAsync(true).catch(() => {});
  }
  return observer;
};

const run = async (options: MapOptions, folder: string): Promise<number> => {
  const { session } = options;
  const files = await readTwinDirectory(session.twinDirectory);
  const loaded = loadTwin(files, session.racks === null ? {} : { racks: session.racks });
  const twin = await withAliasFiles(loaded, session.aliasFiles);
  for (const { file, line, message } of twin.problems.slice(0, 10)) say(`twin: ${file}:${line}: ${message}`);
  const observer = await listen(options).catch((error: unknown) => {
    const { code, detail } = toSourceError(error);
    say(`${shownAddress(options.broker.url)}: ${code} (${detail})`);
    say("docs/CONNECTION.md says what to do about it.");
    return null;
  });
  if (!observer) return 1;
  const { text, templates, values, remarks } = proposeMapping(twin, observer);
  const { messages, known, notJson, dropped } = observer;
  say(
    `${messages} messages; ${known} of wires that need no mapping, ${notJson} no JSON, ${dropped} without room`,
  );
  say(
    `${templates} templates with ${values} values in effect, ${remarks} values as remarks for you to decide`,
  );
  if (options.out === null) process.stdout.write(text);
  else {
    const path = resolve(folder, options.out);
    await writeFile(path, text);
    say(`written to ${path}: npm start -- --mqtt URL --wire json:${options.out}`);
  }
  return 0;
};

const folder = process.env["INIT_CWD"] ?? process.cwd();
const options = readMapOptions({ argv: process.argv.slice(2), env: process.env, folder, version: "" });
if (!options.ok) {
  process.stderr.write(`${options.error.message}\n${options.error.tip}\n`);
  process.exitCode = 2;
} else if (options.value.action === "help") process.stdout.write(mapHelp);
else process.exit(await run(options.value, folder));
