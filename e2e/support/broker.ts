import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#build/free-port.ts";
import { ensureMosquitto } from "#build/tools.ts";
import { until } from "./until.ts";

/** A real mosquitto with stock limits on 127.0.0.1, without persistence. */
export interface Broker {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with nothing retained. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** What it wrote to its log so far. */
  log(): string;
}

export interface BrokerOptions {
  /** Further lines of its configuration, after its listener's. */
  readonly lines?: readonly string[];
  readonly scheme?: "mqtt" | "mqtts" | "ws" | "wss";
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTcp(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

/** Ends a process and waits until it is gone. */
export const endProcess = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill(signal);
  await closed;
};

export const startBroker = async ({
  lines = ["allow_anonymous true"],
  scheme = "mqtt",
}: BrokerOptions = {}): Promise<Broker> => {
  const tool = await ensureMosquitto();
  const folder = await mkdtemp(join(tmpdir(), "horinger-broker-"));
  const port = await freePort();
  const config = join(folder, "mosquitto.conf");
  await writeFile(config, [`listener ${port} 127.0.0.1`, ...lines, ""].join("\n"));
  let log = "";
  const launch = async (): Promise<ChildProcess> => {
    const child = spawn(tool.path, ["-c", config], {
      env: { ...process.env, ...tool.env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      log += chunk.toString();
    });
    await until(`mosquitto accepts connections (${said})`, async () => {
      if (child.exitCode !== null) throw new Error(`mosquitto ended: ${said}`);
      return accepts(port);
    });
    return child;
  };
  let child = await launch();
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    log: () => log,
    kill: () => endProcess(child, "SIGKILL"),
    restart: async () => {
      child = await launch();
    },
    stop: async () => {
      await endProcess(child, "SIGTERM");
      await rm(folder, { recursive: true });
    },
  };
};
