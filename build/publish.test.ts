import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MqttClient } from "mqtt";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readGpt3 } from "#feed/plant/trace/gpt3.ts";
import { freePort } from "./free-port.ts";
import { readPublishOptions } from "./publish-options.ts";
import { ensureMosquitto } from "./tools.ts";

const script = fileURLToPath(new URL("publish.ts", import.meta.url));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const publish = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });

let folder: string;
let mosquitto: ChildProcess;
let url: string;

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectTcp(port, "127.0.0.1", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });

beforeAll(async () => {
  const tool = await ensureMosquitto();
  folder = await mkdtemp(join(tmpdir(), "horinger-publish-"));
  const port = await freePort();
  await writeFile(join(folder, "mosquitto.conf"), `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  mosquitto = spawn(tool.path, ["-c", join(folder, "mosquitto.conf")], {
    env: { ...process.env, ...tool.env },
    stdio: "ignore",
  });
  while (!(await accepts(port))) {
    if (mosquitto.exitCode !== null) throw new Error(`mosquitto ended with ${mosquitto.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  url = `mqtt://127.0.0.1:${port}`;
});

afterAll(async () => {
  const ended = once(mosquitto, "exit");
  mosquitto.kill();
  await ended;
  await rm(folder, { recursive: true, force: true });
});

/** A listener on everything; `retained` is what the broker keeps, the rest comes live. */
const listen = async (): Promise<{
  client: MqttClient;
  retained: Map<string, string>;
  live: [string, Buffer][];
}> => {
  const client = await connectAsync(url, { protocolVersion: 4 });
  const retained = new Map<string, string>();
  const live: [string, Buffer][] = [];
  client.on("message", (topic, payload, packet) => {
    if (packet.retain) retained.set(topic, payload.toString());
    else live.push([topic, payload]);
  });
  await client.subscribeAsync(["BMS/#", "HT/#", "other/#", "end"]);
  // Retained messages come before anything sent after the subscription.
  await client.publishAsync("end", "", { qos: 1 });
  while (!live.some(([topic]) => topic === "end")) await new Promise((resolve) => setTimeout(resolve, 10));
  return { client, retained, live };
};

const retainedNow = async (): Promise<ReadonlyMap<string, string>> => {
  const { client, retained } = await listen();
  await client.endAsync();
  return retained;
};

describe("what it refuses", () => {
  test("a broker elsewhere, unless that very host is named", async () => {
    const refused = await publish("--mqtt", "mqtt://plant.example:1883");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--yes-write-to plant.example");
    const clearing = await publish(
      "--mqtt",
      "mqtt://plant.example:1883",
      "--clear",
      "--yes-write-to",
      "example",
    );
    expect(clearing.code).toBe(2);
    const allowed = readPublishOptions(["--mqtt", "mqtt://plant.example", "--yes-write-to", "plant.example"]);
    expect(allowed.ok && allowed.value.broker.hostname).toBe("plant.example");
  });

  test.each([
    [[], "--mqtt URL is missing"],
    [["--mqtt", "mqtt://127.0.0.1", "--racks", "400001"], "--racks 400001"],
    [["--mqtt", "mqtt://127.0.0.1", "--speed", "fast"], "--speed fast"],
    [["--mqtt", "mqtt://127.0.0.1", "--time", "2026-07-01"], "--time 2026-07-01"],
    [["--mqtt", "mqtt://127.0.0.1", "--wire", "morse"], "--wire morse"],
    [["--mqtt", "mqtt://127.0.0.1", "--namespace", "a/b"], "--namespace a/b"],
    [["--mqtt", "mqtt://127.0.0.1", "--namespace", "#"], "--namespace #"],
    [["--mqtt", "mqtt://127.0.0.1", "--trace", "nothing"], "there is no trace nothing"],
    [["--mqtt", "mqtt://127.0.0.1", "--weather", "none.epw"], "none.epw cannot be read (ENOENT)"],
    [["--mqtt", "mqtt://127.0.0.1", "--weather", script], "publish.ts, line 1: no LOCATION"],
    [["--mqtt", "mqtt://127.0.0.1", "--weather", "w.epw", "--trace", "gpt3"], "a trace was named"],
    [["--mqtt", "mqtt://127.0.0.1", "stray"], '"stray" is not an option'],
    [["--nonsense"], "--nonsense"],
  ])("%j", (argv, words) => {
    const result = readPublishOptions(argv);
    expect(result.ok ? "accepted" : result.error.message).toContain(words);
  });

  test("a broker that is not there, without a stack trace", async () => {
    const { code, stderr } = await publish("--mqtt", `mqtt://127.0.0.1:${await freePort()}`);
    expect(code).toBe(1);
    expect(stderr).toContain("does not answer");
    expect(stderr).not.toContain("at ");
  });
});

test("it says what it did, and --clear removes what it left and nothing else", async () => {
  const foreign = await connectAsync(url, { protocolVersion: 4 });
  const others = [
    "HT/v1/PUB/Source/ht-plant-2",
    "BMS/v1/PUB/Metadata/Rack/RackPower/BMS/a",
    "BMS/v1/PUB/Metadata/Rack/RackPower/ht-plant-2/a",
    "HT/v1/PUB/Bulk/ht-plant-2/rack/0",
    "other/ht-plant",
  ];
  for (const topic of others) await foreign.publishAsync(topic, "{}", { qos: 1, retain: true });
  await foreign.endAsync();

  const played = await publish(
    "--mqtt",
    url,
    "--racks",
    "800",
    "--metadata-only",
    "--dsx-racks",
    "20",
    "--json",
  );
  expect(played.code).toBe(0);
  const [first] = played.stdout.trim().split("\n");
  const announced = JSON.parse(first!) as { publishing: string; metadata: number };
  expect(announced.publishing).toBe("ht-plant");
  const before = await retainedNow();
  const own = [...before.keys()].filter((topic) => !others.includes(topic));
  // Metadata and one Source message.
  expect(own.length).toBe(announced.metadata + 1);
  expect([...before.values()].every((payload) => payload.startsWith("{"))).toBe(true);

  const cleared = await publish("--mqtt", url, "--clear", "--json");
  expect(JSON.parse(cleared.stdout)).toEqual({ cleared: "ht-plant", removed: own.length });
  expect([...(await retainedNow()).keys()].sort()).toEqual([...others].sort());
});

test("Ctrl-C stops the plant, which was playing", async () => {
  const { client, live } = await listen();
  const child = spawn(process.execPath, [
    script,
    "--mqtt",
    url,
    "--racks",
    "800",
    "--namespace",
    "my-plant",
    "--json",
  ]);
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const ended = once(child, "exit");
  const bulk = () => live.filter(([topic]) => topic.startsWith("HT/v1/PUB/Bulk/my-plant/rack/")).length;
  while (bulk() < 3) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGINT");
  expect((await ended)[0]).toBe(0);
  const last = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, unknown>;
  expect(last).toMatchObject({ ended: "my-plant", reason: "SIGINT" });
  await client.endAsync();
  await publish("--mqtt", url, "--clear", "--namespace", "my-plant");
});

test("a recording: the racks' sum on the wire is the file's sum at the same instant", async () => {
  const { client, live } = await listen();
  const played = await publish("--mqtt", url, "--trace", "gpt3", "--speed", "20", "--duration", "3");
  expect(played.code).toBe(0);
  const file = new URL("../assets/traces/gpt3-64x8xh100-node-power.csv.gz", import.meta.url);
  const trace = readGpt3(fileURLToPath(file));
  const sums = new Map<number, { kw: number; racks: number }>();
  for (const [topic, payload] of live) {
    if (!topic.startsWith("BMS/v1/PUB/Value/Rack/RackPower/trace-gpt3/a/hero/")) continue;
    const { value, timestamp } = JSON.parse(payload.toString()) as { value: number; timestamp: number };
    const sum = sums.get(timestamp) ?? { kw: 0, racks: 0 };
    sums.set(timestamp, { kw: sum.kw + value, racks: sum.racks + 1 });
  }
  const firstMs = Math.min(...sums.keys());
  expect(sums.size).toBeGreaterThan(10);
  for (const [timestamp, sum] of sums) {
    // Published times are rounded to a millisecond, which is 20 of the recording's.
    const recorded = trace.sumAt(trace.startMs + (timestamp - firstMs) * 20 + 20)!;
    expect(sum.kw).toBeCloseTo(recorded.kw, 6);
    expect(sum.racks).toBe(recorded.nodes);
  }
  const source = (await retainedNow()).get("HT/v1/PUB/Source/trace-gpt3");
  expect(JSON.parse(source!)).toMatchObject({
    origin: "trace",
    attribution: expect.stringContaining("Apache-2.0"),
  });
  await client.endAsync();
  await publish("--mqtt", url, "--trace", "gpt3", "--clear");
});
