import { connectAsync } from "mqtt";
import type { SessionConfig } from "#feed/contract/config.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { err } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type NumberedAnswer, type NumberedAsk, plantStarting } from "./asks.ts";
import type { EmbeddedBroker } from "./broker.ts";
import { startBroker } from "./broker.ts";
import { createFaultDesk, type FaultDesk } from "./fault-desk.ts";
import { mqttOutlet } from "./outlet.ts";
import type { PlantRun } from "./run.ts";
import { plantId, runPlant } from "./run.ts";

/**
 * Entry of the plant's own process, forked by `feed/service.ts`.
 * First message in: `{ config: SessionConfig }`. First message out: `{ ready: true, url }`, as soon as the embedded
 * broker listens; the plant announces itself right after. Beside an outside broker (`--fill simulated`) it is the same:
 * the product never writes to a broker that is not its own, so simulated values come over this one.
 * Questions about faults (`asks.ts`) are answered from then on. Any failure is `{ ready: false, error }` and exit code 1. The process ends when its parent goes.
 */
export type PlantReply =
  | { readonly ready: true; readonly url: string }
  | { readonly ready: false; readonly error: string };

const reply = (message: PlantReply): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

const play = async (config: SessionConfig, twin: Twin, broker: EmbeddedBroker): Promise<PlantRun> => {
  const client = await connectAsync(broker.url, { protocolVersion: 4, clientId: plantId });
  return runPlant(mqttOutlet(client), twin, {
    publisherId: plantId,
    seed: config.seed,
    timeMs: config.timeMs,
    speed: config.plantSpeed,
    wire: "mixed",
    dsxRacks: 0,
    metadataOnly: false,
  });
};

/** Takes orders for faults from when the plant runs. */
let desk: FaultDesk | null = null;
const expireMs = 1000;

const start = async (config: SessionConfig): Promise<void> => {
  const broker = await startBroker();
  await reply({ ready: true, url: broker.url });
  const files = await readTwinDirectory(config.twinDirectory);
  const twin = loadTwin(files, config.racks === null ? {} : { racks: config.racks });
  const run = await play(config, twin, broker);
  broker.onSubscribe((filter) => {
    if (filter.includes("/Bulk/") || filter.includes("/Value/") || filter === "#") run.refresh();
  });
  desk = createFaultDesk(twin, run.plant);
  setInterval(() => desk?.expire(), expireMs);
};

process.on("message", ({ id, ask }: Partial<NumberedAsk>) => {
  if (id === undefined || ask === undefined) return; // the configuration
  const answer = desk?.answer(ask) ?? err(plantStarting);
  process.send?.({ id, answer } satisfies NumberedAnswer);
});

process.once("message", (message: { readonly config: SessionConfig }) => {
  start(message.config).catch(async (error: unknown) => {
    await reply({ ready: false, error: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  });
});
// Nothing here is worth saving: when the parent goes, or asks us to, we go.
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
// Ctrl-C reaches the whole group; the parent decides when to stop us.
process.on("SIGINT", () => {});
