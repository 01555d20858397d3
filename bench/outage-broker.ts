import type { ChildProcess } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureMosquitto } from "#build/tools.ts";
import { end, start } from "./outage-children.ts";

/** A mosquitto that can be killed, paused and started again on the same port. */
export interface OutageBroker {
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
  pause(isPaused: boolean): void;
  close(): Promise<void>;
}

export interface BrokerPlace {
  readonly address: string;
  readonly port: number;
  readonly namespace?: string | undefined;
  /** Retained messages survive even a kill: written with every change. */
  readonly isPersistent: boolean;
}

/** Time for a broker to open its port, ms: longer on a machine that is busy. */
const openMs = 300;

export const createBroker = async (place: BrokerPlace): Promise<OutageBroker> => {
  const tool = await ensureMosquitto();
  const folder = await mkdtemp(join(tmpdir(), "horinger-outage-"));
  await chmod(folder, 0o777); // started by root, mosquitto goes on as a user of its own
  const config = join(folder, "mosquitto.conf");
  const lines = [`listener ${place.port} ${place.address}`, "allow_anonymous true", "log_type error"];
  if (place.isPersistent)
    lines.push(
      "persistence true",
      `persistence_location ${folder}/`,
      "autosave_on_changes true",
      "autosave_interval 1",
    );
  await writeFile(config, `${lines.join("\n")}\n`);
  let child: ChildProcess | null = null;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child) await end(child, signal);
    child = null;
  };
  return {
    start: async () => {
      const { namespace } = place;
      child = start([tool.path, "-c", config], { namespace, env: { ...process.env, ...tool.env } });
      await sleep(openMs);
      if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
    },
    end: stop,
    pause: (isPaused) => void child?.kill(isPaused ? "SIGSTOP" : "SIGCONT"),
    close: async () => {
      child?.kill("SIGCONT");
      await stop("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
};
