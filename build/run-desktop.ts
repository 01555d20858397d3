import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ladderText, relaunched } from "#electron/common/crash-ladder.ts";
import { type DesktopSession, desktopSessionVariable, relaunchStatus } from "#electron/common/session-env.ts";
import type { Lifetime } from "./lifetime.ts";
import type { Options } from "./options.ts";

const root = join(import.meta.dirname, "..");

/**
 * Runs Electron until its last window closes, and again when it asks for that. The session goes through the environment
 * and not the command line, which everybody on the machine can read.
 */
export const runDesktop = async (
  executable: string,
  { session, shell }: Options,
  lifetime: Lifetime,
): Promise<void> => {
  let child: ChildProcess | null = null;
  let ended: Promise<number> = Promise.resolve(0);
  lifetime.own("Electron", async () => {
    child?.kill("SIGTERM");
    await ended;
  });
  const run = (ladder: string | null): Promise<number> => {
    const launched: DesktopSession = { session, json: shell.json, remember: shell.remember, ladder };
    const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
    const env = { ...inherited, [desktopSessionVariable]: JSON.stringify(launched) };
    child = spawn(executable, [root], { env, stdio: ["ignore", "inherit", "inherit"] });
    return once(child, "exit").then(([status]: (number | null)[]) => status ?? 1);
  };
  let status: number;
  let ladder: string | null = null;
  do {
    ended = run(ladder);
    status = await ended;
    ladder = ladderText(relaunched(Date.now()));
  } while (status === relaunchStatus && !lifetime.isStopping);
  await lifetime.stop(status);
};
