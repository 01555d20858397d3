import { connectAsync } from "mqtt";
import type { SessionConfig } from "#feed/contract/config.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { EmbeddedBroker } from "./broker.ts";
import { startBroker } from "./broker.ts";
import { mqttOutlet, parentOutlet } from "./outlet.ts";
import type { PlantRun } from "./run.ts";
import { plantId, runPlant } from "./run.ts";

/**
 * Entry of the plant's own process, forked by `feed/service.ts`.
 * First message in: `{ config: SessionConfig }`. First message out: `{ ready: true, url }`, as soon as the embedded
 * broker listens; the plant announces itself right after. With an outside broker there is none of ours (`url` is null):
 * the plant's messages go to the parent instead, as `PlantMessage`.
 * Any failure is `{ ready: false, error }` and exit code 1. The process ends when its parent goes.
 */
export type PlantReply =
  | { readonly ready: true; readonly url: string | null }
  | { readonly ready: false; readonly error: string };

const reply = (message: PlantReply): void => {
  process.send?.(message);
};

const play = async (config: SessionConfig, broker: EmbeddedBroker | null): Promise<PlantRun> => {
  const files = readTwinDirectory(config.twinDirectory);
  const client = broker && (await connectAsync(broker.url, { protocolVersion: 4, clientId: plantId }));
  const twin = loadTwin(await files, config.racks === null ? {} : { racks: config.racks });
  return runPlant(client ? mqttOutlet(client) : parentOutlet(), twin, {
    publisherId: plantId,
    seed: config.seed,
    timeMs: config.timeMs,
    speed: config.plantSpeed,
    wire: "mixed",
    dsxRacks: 0,
    metadataOnly: false,
  });
};

const start = async (config: SessionConfig): Promise<void> => {
  const broker = config.mqtt === null ? await startBroker() : null;
  reply({ ready: true, url: broker?.url ?? null });
  const run = await play(config, broker);
  broker?.onSubscribe((filter) => {
    if (filter.includes("/Bulk/") || filter.includes("/Value/") || filter === "#") run.refresh();
  });
};

process.once("message", (message: { readonly config: SessionConfig }) => {
  start(message.config).catch((error: unknown) => {
    reply({ ready: false, error: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  });
});
// Nothing here is worth saving: when the parent goes, or asks us to, we go.
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
// Ctrl-C reaches the whole group; the parent decides when to stop us.
process.on("SIGINT", () => {});
