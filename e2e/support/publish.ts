import { spawn } from "node:child_process";
import { join } from "node:path";
import { endProcess } from "./broker.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "..", "..");

/** `npm run publish`, as its own process. */
export interface Publishing {
  stop(): Promise<void>;
}

/** Starts to publish into a broker; resolves once metadata is out and values flow. */
export const startPublish = async (brokerUrl: string, args: readonly string[] = []): Promise<Publishing> => {
  const command = ["build/publish.ts", "--mqtt", brokerUrl, "--json", ...args];
  const child = spawn(join(root, "node_modules", ".bin", "node"), command, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await until("publishing begins", async () => {
    if (child.exitCode !== null) throw new Error(`publish ended with ${child.exitCode}: ${errors}`);
    return output.includes('"publishing"');
  });
  return { stop: () => endProcess(child, "SIGTERM") };
};
