import { afterAll, beforeAll, expect, test } from "vitest";
import type { MqttConfig } from "#feed/contract/config.ts";
import type { MqttSource } from "#feed/sources/mqtt.ts";
import { sourceErrorText } from "#renderer/i18n/source-errors.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { loadHoringer } from "./support/campus.ts";
import { failureOf, goesLive, openSource } from "./support/source.ts";
import { until } from "./support/until.ts";

/** What a real broker says when it does not want us, or no longer. */
let twin: Twin;
let broker: Broker;
const sources: MqttSource[] = [];

beforeAll(async () => {
  twin = await loadHoringer();
  broker = await startBroker({ lines: ["allow_anonymous true", "log_type all"] });
});

afterAll(async () => {
  for (const source of sources) await source.close();
  await broker?.stop();
});

const connect = (config: Partial<MqttConfig> = {}): MqttSource => {
  const source = openSource(twin, { url: broker.url, ...config });
  sources.push(source);
  return source;
};

test("thrown out by another client of our id: mosquitto gives no reason, so the words name this one", async () => {
  const first = connect({ clientId: "wall-1" });
  await goesLive(first);
  await goesLive(connect({ clientId: "wall-1" }));
  const error = await failureOf(first);
  expect(error.code).toBe("closed");
  expect(first.snapshot().state).toBe("lost");
  for (const language of ["en", "zh"] as const)
    expect(sourceErrorText(language, "closed").tip).toContain("--mqtt-client-id");
});

test("ids are random unless one is wanted: two of us live side by side", async () => {
  const both = [connect(), connect()];
  for (const source of both) await goesLive(source);
  expect(both.map((source) => source.snapshot().reconnects)).toEqual([0, 0]);
});

test("sessions end with their connections: the broker keeps nothing for us", async () => {
  await goesLive(connect());
  const ours = broker
    .log()
    .split("\n")
    .filter((line) => line.includes(" as horinger-twin-"));
  expect(ours.length).toBeGreaterThan(0);
  // c1: clean start.
  for (const line of ours) expect(line).toMatch(/\(p5, c1, k15\)/);
});

test("filters that leave nothing to read are said, and nothing is subscribed to", async () => {
  const source = connect({ clientId: "nothing", wire: "sparkplug", filters: ["site/#"] });
  expect((await failureOf(source)).code).toBe("filters");
  expect(broker.log()).not.toContain("Received SUBSCRIBE from nothing");
});

test("a broker that answers no more is noticed, though its port is open", async () => {
  const source = connect();
  await goesLive(source);
  expect(source.snapshot().error).toBeNull();
  await broker.kill();
  await until("it is lost", async () => source.snapshot().state === "lost");
  expect(["closed", "refused"]).toContain(source.snapshot().error?.code);
});
