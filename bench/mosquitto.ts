import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#build/free-port.ts";
import { ensureMosquitto } from "#build/tools.ts";

/** A real mosquitto with stock limits, on 127.0.0.1. */
export interface Mosquitto {
  readonly url: string;
  stop(): Promise<void>;
}

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

/** Starts a broker with nothing but a listener configured. @throws when it does not answer within five seconds. */
export const startMosquitto = async (): Promise<Mosquitto> => {
  const tool = await ensureMosquitto();
  const folder = await mkdtemp(join(tmpdir(), "horinger-bench-"));
  const port = await freePort();
  const config = join(folder, "mosquitto.conf");
  await writeFile(config, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  const child = spawn(tool.path, ["-c", config], { env: { ...process.env, ...tool.env }, stdio: "ignore" });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + 5000;
  while (!(await answers(port))) {
    if (Date.now() > deadline) {
      await stop();
      throw new Error("mosquitto does not answer");
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { url: `mqtt://127.0.0.1:${port}`, stop };
};
