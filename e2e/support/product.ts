import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { endProcess } from "./broker.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "..", "..");

/** The product as `npm start` runs it: launcher, feed and web shell, in processes of their own. */
export interface Product {
  /** Carries the one-time token. */
  readonly url: string;
  readonly pid: number;
  /** What it said on stderr: for the message of a failing journey. */
  said(): string;
  /** What it wrote to stdout. */
  output(): string;
  /** Pids of the process and everything below it that live now. */
  family(): readonly number[];
  /** SIGTERM, then waits for its end. Returns pids that outlived it. */
  stop(): Promise<readonly number[]>;
}

/** Processes below `pid`, itself first. Linux: /proc. */
const familyOf = (pid: number): readonly number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // Field 4; field 2 is the command in parentheses and may hold spaces.
      const fields = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (candidate: number): boolean =>
    candidate === pid || (parents.has(candidate) && isBelow(parents.get(candidate)!));
  return [...parents.keys()].filter(isBelow).sort((a, b) => a - b);
};

const isAlive = (pid: number): boolean => {
  try {
    return !/^\S+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

interface ReadyLine {
  readonly ready: true;
  readonly url: string;
}

/** The last line on stdout that says ready. */
const readyIn = (output: string): ReadyLine | null => {
  for (const line of output.split("\n").reverse()) {
    if (!line.startsWith("{")) continue;
    try {
      const said = JSON.parse(line) as Partial<ReadyLine>;
      if (said.ready === true && typeof said.url === "string") return said as ReadyLine;
    } catch {
      // Half a line, or words that begin with a brace.
    }
  }
  return null;
};

/**
 * Starts the product on a free port, without a browser.
 * @param env variables on top of ours
 */
export const startProduct = async (
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Product> => {
  const command = ["build/start.ts", "--no-open", "--json", "--shell", "web", "--port", "0", ...args];
  const child = spawn(join(root, "node_modules", ".bin", "node"), command, {
    cwd: root,
    env: { ...process.env, ...env },
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
  const pid = child.pid;
  if (pid === undefined) throw new Error("node does not start");
  const { url } = await until(
    "the product says it is ready",
    async () => {
      if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}: ${errors}`);
      return readyIn(output);
    },
    { lastSeen: () => `stdout: ${output}\nstderr: ${errors}` },
  );
  return {
    url,
    pid,
    said: () => errors,
    output: () => output,
    family: () => familyOf(pid),
    stop: async () => {
      const family = familyOf(pid);
      await endProcess(child, "SIGTERM");
      await until("every process of the product is gone", async () => !family.some(isAlive), {
        withinMs: 10_000,
      }).catch(() => undefined);
      return family.filter(isAlive);
    },
  };
};
