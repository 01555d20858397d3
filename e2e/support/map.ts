import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "..", "..");

/** `npm run map`, as its own process. */
export interface Mapping {
  /** What it wrote, when it has ended. */
  readonly ended: Promise<{
    readonly status: number | null;
    readonly proposed: string;
    readonly said: string;
  }>;
}

/** Starts to listen; resolves once it does. */
export const startMap = async (args: readonly string[]): Promise<Mapping> => {
  const child = spawn(join(root, "node_modules", ".bin", "node"), ["build/map.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let proposed = "";
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    proposed += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "close").then(() => ({ status: child.exitCode, proposed, said }));
  await until(
    "the mapper listens",
    async () => {
      if (child.exitCode !== null) throw new Error(`the mapper ended with ${child.exitCode}: ${said}`);
      return said.includes("listening to");
    },
    { lastSeen: () => said },
  );
  return { ended };
};
