import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MqttClient } from "mqtt";
import { connectAsync } from "mqtt";
import { clearRetained } from "#feed/plant/clear.ts";
import { mqttOutlet } from "#feed/plant/outlet.ts";
import type { PublisherCounts } from "#feed/plant/publisher.ts";
import { plantId, runPlant } from "#feed/plant/run.ts";
import { playTrace } from "#feed/plant/trace/play.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { PublishOptions } from "./publish-options.ts";
import { publishHelp, readPublishOptions, traceList } from "./publish-options.ts";

/** `npm run publish`: the simulated plant or a recording, into a broker, under one namespace that `--clear` removes. */

/** One publisher that plays. */
interface Playing {
  readonly publisherId: string;
  readonly what: string;
  readonly counts: Readonly<PublisherCounts>;
  readonly metadataCount: number;
  /** Resolves when it has nothing more to play; never for the plant. */
  readonly ended: Promise<void>;
  announce(): Promise<void>;
  stop(): void;
}

const say = (options: PublishOptions, line: string): void => {
  (options.json ? process.stderr : process.stdout).write(`${line}\n`);
};

const connect = (options: PublishOptions): Promise<MqttClient> => {
  const { env } = process;
  return connectAsync(
    options.broker.href,
    {
      // Our broker and every other speaks 3.1.1; publishing gains nothing from 5.
      protocolVersion: 4,
      // In containers every process has the same number; two of one name would throw each other out for ever.
      clientId: `horinger-publish-${randomBytes(6).toString("hex")}`,
      connectTimeout: 5000,
      ...(env["HORINGER_MQTT_USER"] ? { username: env["HORINGER_MQTT_USER"] } : {}),
      ...(env["HORINGER_MQTT_PASSWORD"] ? { password: env["HORINGER_MQTT_PASSWORD"] } : {}),
      ...options.tls,
    },
    false,
  );
};

const idsOf = (options: PublishOptions): readonly string[] =>
  options.namespace !== null
    ? [options.namespace]
    : options.traces.length > 0
      ? options.traces.map(({ kind }) => kind.publisherId)
      : [plantId];

const clear = async (client: MqttClient, options: PublishOptions): Promise<void> => {
  for (const id of idsOf(options)) {
    const removed = await clearRetained(client, id);
    say(options, `removed ${removed} retained messages of ${id}`);
    if (options.json) process.stdout.write(`${JSON.stringify({ cleared: id, removed })}\n`);
  }
};

const play = async (client: MqttClient, options: PublishOptions): Promise<readonly Playing[]> => {
  const files = await readTwinDirectory(options.twinDirectory);
  const twin = loadTwin(files, options.racks === null ? {} : { racks: options.racks });
  for (const { message, file, line } of twin.problems) say(options, `twin: ${file}:${line}: ${message}`);
  const outlet = mqttOutlet(client);
  const ids = idsOf(options);
  if (options.traces.length === 0) {
    const publisherId = ids[0]!;
    const run = await runPlant(outlet, twin, { ...options, publisherId });
    const ended = options.metadataOnly ? Promise.resolve() : new Promise<void>(() => {});
    return [
      { ...run, counts: run.counts, publisherId, what: `plant of ${twin.table("rack").count} racks`, ended },
    ];
  }
  return Promise.all(
    options.traces.map(async (trace, index) => {
      const publisherId = ids[index]!;
      const [placed, columns] = [trace.kind.points(twin).length, trace.series.columns.length];
      if (placed < columns)
        say(options, `${publisherId}: only ${placed} of ${columns} columns have a place on this campus`);
      const run = await playTrace(outlet, { twin, trace }, { ...options, publisherId });
      const { counts, metadataCount, ended, announce, stop } = run;
      return { publisherId, what: trace.kind.title.en, counts, metadataCount, ended, announce, stop };
    }),
  );
};

/** Ctrl-C, SIGTERM, the given duration, or the end of every recording: whatever comes first. */
const untilOver = async (playing: readonly Playing[], options: PublishOptions): Promise<string> => {
  const ways: Promise<string>[] = [
    Promise.all(playing.map(({ ended }) => ended)).then(() => "everything played"),
    ...(["SIGINT", "SIGTERM"] as const).map(
      (signal) => new Promise<string>((resolve) => process.once(signal, () => resolve(signal))),
    ),
  ];
  if (options.durationS !== null)
    ways.push(sleep(options.durationS * 1000, `${options.durationS} s are over`));
  return Promise.race(ways);
};

/** A broker that comes back may have forgotten what was retained: everything is announced again. */
const followBroker = (client: MqttClient, playing: readonly Playing[], options: PublishOptions): void => {
  client.on("offline", () => say(options, "the broker is gone; waiting for it to come back"));
  client.on("connect", () => {
    say(options, "the broker is back");
    for (const one of playing)
      one.announce().catch((error: unknown) => say(options, `${one.publisherId}: ${String(error)}`));
  });
};

const report = (
  playing: readonly Playing[],
  options: PublishOptions,
  end: { reason: string; seconds: number },
): void => {
  for (const { publisherId, counts } of playing) {
    const rate = (n: number): string => (n / Math.max(end.seconds, 0.001)).toFixed(0);
    say(
      options,
      `${publisherId}: ${counts.messages} messages, ${counts.points} values, ${counts.bytes} bytes in ${end.seconds.toFixed(1)} s (${rate(counts.messages)}/s, ${rate(counts.points)}/s, ${rate(counts.bytes)} B/s)`,
    );
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ ended: publisherId, reason: end.reason, seconds: end.seconds, ...counts })}\n`,
      );
  }
};

const run = async (options: PublishOptions): Promise<number> => {
  const address = `${options.broker.protocol}//${options.broker.host}`;
  const client = await connect(options).catch((error: unknown) => {
    const detail =
      error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
    process.stderr.write(
      `${address} does not answer: ${detail}\nIs a broker running there? mosquitto -p PORT starts one.\n`,
    );
    return null;
  });
  if (!client) return 1;
  client.on("error", (error) => process.stderr.write(`${address}: ${error.message}\n`));
  if (options.action === "clear") {
    await clear(client, options);
    await client.endAsync();
    return 0;
  }
  const playing = await play(client, options);
  const began = performance.now();
  for (const { publisherId, what, metadataCount } of playing) {
    say(
      options,
      `${publisherId}: ${what} → ${address}, ${metadataCount} metadata messages retained; Ctrl-C stops`,
    );
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ publishing: publisherId, what, broker: address, metadata: metadataCount })}\n`,
      );
  }
  followBroker(client, playing, options);
  const reason = await untilOver(playing, options);
  for (const one of playing) one.stop();
  report(playing, options, { reason, seconds: (performance.now() - began) / 1000 });
  await client.endAsync(!client.connected);
  say(options, `stopped: ${reason}. What is retained stays; --clear removes it.`);
  return 0;
};

const options = readPublishOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.error.message}\n${options.error.tip}\n`);
  process.exitCode = 2;
} else if (options.value.action === "help") process.stdout.write(publishHelp);
else if (options.value.action === "list-traces") process.stdout.write(traceList());
else process.exit(await run(options.value));
