import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Everything a run started, so that nothing outlives it. */
const started = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

/** Starts a program and remembers it; in a network namespace when one is named. */
export const start = (
  command: readonly string[],
  { namespace, env }: { readonly namespace?: string | undefined; readonly env?: NodeJS.ProcessEnv } = {},
): ChildProcess => {
  const [program, ...args] = namespace ? ["ip", "netns", "exec", namespace, ...command] : command;
  const child = spawn(program!, args, { stdio: ["ignore", "pipe", "inherit"], env: env ?? process.env });
  started.add(child);
  child.once("exit", () => started.delete(child));
  return child;
};

/** Ends a process, stopped ones too, and waits until it is gone. */
export const end = async (child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await exited;
  clearTimeout(timer);
};

/** Calls back with every line of JSON that a child prints. */
export const eachLine = <T>(child: ChildProcess, take: (line: T) => void): void => {
  createInterface({ input: child.stdout! }).on("line", (line) => take(JSON.parse(line) as T));
};
