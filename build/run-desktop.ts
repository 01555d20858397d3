import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { desktopSessionVariable } from "#electron/common/session-env.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Options } from "./options.ts";

const root = join(import.meta.dirname, "..");

/**
 * Runs Electron until its last window closes. The session goes through the environment and not the command line, which
 * everybody on the machine can read.
 */
export const runDesktop = async (
  executable: string,
  { session, shell }: Options,
  lifetime: Lifetime,
): Promise<void> => {
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const env = { ...inherited, [desktopSessionVariable]: JSON.stringify({ session, json: shell.json }) };
  const child = spawn(executable, [root], { env, stdio: ["ignore", "inherit", "inherit"] });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  lifetime.own("Electron", async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const [status, signal] = await ended;
  if (signal && !lifetime.isStopping) process.stderr.write(`Electron was ended by ${signal}\n`);
  await lifetime.stop(status ?? 1);
};
