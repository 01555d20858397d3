import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Two network namespaces joined by a virtual cable, the product's and the broker's. Nothing of the machine's own network
 * is touched; all of it is gone with `close`, or when the process ends.
 */
export interface TestNet {
  readonly product: string;
  readonly broker: string;
  /** Address of the broker's side, and a name that only the product's side knows. */
  readonly brokerAddress: string;
  readonly brokerName: string;
  /** Drops every packet that arrives at the broker's side, and lets them pass again. */
  partition(isDown: boolean): void;
  /** Limits the cable to 1 Mbit/s and drops one packet in twenty, in both directions. */
  slow(isSlow: boolean): void;
  /** Takes the broker's name out of the product's name service, and puts it back. */
  resolve(isKnown: boolean): void;
  close(): void;
}

const runs = (command: readonly string[]): string | null => {
  const [program, ...args] = command;
  const { status, stderr, error } = spawnSync(program!, args, { encoding: "utf8" });
  if (status === 0) return null;
  return `${command.join(" ")}: ${(error?.message ?? stderr ?? "").trim() || `status ${status}`}`;
};

const must = (...command: readonly string[]): void => {
  const problem = runs(command);
  if (problem !== null) throw new Error(problem);
};

/** What this machine lacks for a scenario, in words; null when it has all of it. */
export const lackOf = (need: "namespaces" | "firewall" | "shaping"): string | null => {
  const name = `htprobe${process.pid}`;
  if (process.getuid?.() !== 0) return "needs root for network namespaces";
  const problem = runs(["ip", "netns", "add", name]);
  if (problem !== null) return problem;
  const inside = ["ip", "netns", "exec", name];
  const probes = {
    namespaces: null,
    firewall: [...inside, "nft", "add", "table", "inet", "probe"],
    shaping: [
      ...inside,
      "tc",
      "qdisc",
      "add",
      "dev",
      "lo",
      "root",
      "tbf",
      "rate",
      "1mbit",
      "burst",
      "16kb",
      "latency",
      "1s",
    ],
  }[need];
  const lack = probes && runs(probes);
  runs(["ip", "netns", "del", name]);
  return lack;
};

/** @throws Error with the command that failed and what it said. */
export const createNet = (): TestNet => {
  const product = `htp${process.pid}`;
  const broker = `htb${process.pid}`;
  const ends = { [product]: "htp0", [broker]: "htb0" };
  const addresses = { [product]: "10.213.7.1/30", [broker]: "10.213.7.2/30" };
  const brokerName = "plant-broker.test";
  const files = join("/etc/netns", product);
  const close = (): void => {
    for (const name of [product, broker]) runs(["ip", "netns", "del", name]);
    rmSync(files, { recursive: true, force: true });
  };
  process.on("exit", close);
  const within = (name: string, ...command: readonly string[]): void =>
    must("ip", "netns", "exec", name, ...command);
  const resolve = (isKnown: boolean): void =>
    // Written in place: the namespace has this very file mounted over /etc/hosts.
    writeFileSync(
      join(files, "hosts"),
      `127.0.0.1 localhost\n${isKnown ? `10.213.7.2 ${brokerName}\n` : ""}`,
    );
  try {
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, "resolv.conf"), "nameserver 127.0.0.1\n");
    resolve(true);
    for (const name of [product, broker]) must("ip", "netns", "add", name);
    must(
      "ip",
      "link",
      "add",
      "htp0",
      "netns",
      product,
      "type",
      "veth",
      "peer",
      "name",
      "htb0",
      "netns",
      broker,
    );
    for (const name of [product, broker]) {
      within(name, "ip", "addr", "add", addresses[name]!, "dev", ends[name]!);
      within(name, "ip", "link", "set", ends[name]!, "up");
      within(name, "ip", "link", "set", "lo", "up");
    }
  } catch (error) {
    close();
    throw error;
  }
  const rules = (chain: readonly (readonly string[])[]): void => {
    for (const command of chain) within(broker, "nft", ...command);
  };
  const input = ["add", "chain", "inet", "outage", "input", "{ type filter hook input priority 0; }"];
  const output = ["add", "chain", "inet", "outage", "output", "{ type filter hook output priority 0; }"];
  const away = ["iifname", "htb0"];
  const clear = (): void => within(broker, "nft", "flush", "ruleset");
  return {
    product,
    broker,
    brokerAddress: "10.213.7.2",
    brokerName,
    resolve,
    close,
    partition: (isDown) => {
      clear();
      const drop = ["add", "rule", "inet", "outage", "input", ...away, "drop"];
      if (isDown) rules([["add", "table", "inet", "outage"], input, drop]);
    },
    slow: (isSlow) => {
      clear();
      const lossy = ["numgen", "random", "mod", "20", "==", "0", "drop"];
      const table = [
        ["add", "table", "inet", "outage"],
        input,
        output,
        ["add", "rule", "inet", "outage", "input", ...away, ...lossy],
        ["add", "rule", "inet", "outage", "output", "oifname", "htb0", ...lossy],
      ];
      if (isSlow) rules(table);
      for (const name of [product, broker])
        if (isSlow)
          within(
            name,
            ..."tc qdisc add dev".split(" "),
            ends[name]!,
            ..."root tbf rate 1mbit burst 16kb latency 1s".split(" "),
          );
        else within(name, ..."tc qdisc del dev".split(" "), ends[name]!, "root");
    },
  };
};
