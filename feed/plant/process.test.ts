import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { afterEach, expect, test } from "vitest";
import type { SessionConfig } from "#feed/contract/config.ts";
import { testSession } from "#feed/session.fixture.ts";
import { epwText } from "#twins/physics/weather/epw.fixture.ts";
import { parseEpw } from "#twins/physics/weather/epw.ts";
import type { PlantReply } from "./process.ts";

const entry = fileURLToPath(new URL("process.ts", import.meta.url));

const config = testSession({ racks: 2_000 });

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
});

const startPlant = async (
  changes: Partial<SessionConfig> = {},
): Promise<{ plant: ChildProcess; reply: PlantReply }> => {
  const plant = fork(entry, [], { execArgv: [], stdio: "ignore" });
  child = plant;
  plant.send({ config: { ...config, ...changes } });
  const [reply] = (await once(plant, "message")) as [PlantReply];
  return { plant, reply };
};

const urlOf = (reply: PlantReply): URL => {
  if (!reply.ready) throw new Error(reply.error);
  return new URL(reply.url);
};

test("who asks for sources, then for values, learns first who speaks and then gets the whole campus", async () => {
  const { reply } = await startPlant();
  const client = await connectAsync(urlOf(reply).href, { protocolVersion: 4 });
  const topics: string[] = [];
  const seen = async (topic: string): Promise<void> => {
    while (!topics.includes(topic))
      await new Promise<void>((resolve) => client.once("message", () => resolve()));
  };
  client.on("message", (topic) => topics.push(topic));
  await client.subscribeAsync("HT/v1/PUB/Source/#");
  await seen("HT/v1/PUB/Source/ht-plant");
  await client.subscribeAsync("HT/v1/PUB/Bulk/#");
  await seen("HT/v1/PUB/Bulk/ht-plant/pvTable/0");
  await seen("HT/v1/PUB/Bulk/ht-plant/rack/1");
  await client.endAsync();
});

test("the broker listens on the loopback interface and on no other", async () => {
  const { reply } = await startPlant();
  const url = urlOf(reply);
  expect(url.hostname).toBe("127.0.0.1");
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid);
  for (const { address } of others) {
    const socket = connect(Number(url.port), address);
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  }
});

test("it ends with its parent's channel", async () => {
  const { plant } = await startPlant();
  const ended = once(plant, "exit");
  plant.disconnect();
  expect((await ended)[0]).toBe(0);
});

test("a year of weather is that of the plant: its station shows the file's air", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plant-weather-"));
  const weatherFile = join(folder, "made.epw");
  writeFileSync(weatherFile, epwText());
  const timeMs = Date.UTC(2026, 6, 23, 6);
  const { reply } = await startPlant({ weatherFile, timeMs, racks: 100 });
  const client = await connectAsync(urlOf(reply).href, { protocolVersion: 4 });
  const shown = new Promise<number>((resolve) => {
    client.on("message", (topic, payload) => {
      const { value } = JSON.parse(payload.toString()) as { value: number };
      if (/AirTemperature/.test(topic)) resolve(value);
    });
  });
  await client.subscribeAsync("BMS/v1/PUB/Value/Sensor/#");
  const year = parseEpw(epwText());
  // 14:00 in the fixture's July, within what a station's sensor is out by.
  const filed = year.ok ? year.value.dryBulb[(181 + 22) * 24 + 13]! : Number.NaN;
  expect(Math.abs((await shown) - filed)).toBeLessThan(1);
  await client.endAsync();
  rmSync(folder, { recursive: true });
});

test("weather that cannot be read is an error with a reason, before a broker listens", async () => {
  const { plant, reply } = await startPlant({ weatherFile: entry });
  expect(reply.ready ? "ready" : reply.error).toMatch(/process\.ts, line 1: no LOCATION.*Use an EPW file/);
  if (plant.exitCode === null) await once(plant, "exit");
  expect(plant.exitCode).toBe(1);
});

test("a twin directory that cannot be read is an error with a reason, and the end of the process", async () => {
  const plant = fork(entry, [], { execArgv: [], stdio: "ignore" });
  child = plant;
  const replies: PlantReply[] = [];
  plant.on("message", (reply) => replies.push(reply as PlantReply));
  plant.send({ config: { ...config, twinDirectory: "/nowhere/at/all" } });
  expect((await once(plant, "exit"))[0]).toBe(1);
  const failure = replies.at(-1)!;
  expect(failure.ready ? "ready" : failure.error).toContain("ENOENT");
});
