import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import {
  recordedMessages,
  recordedValues,
  shippedWires,
  wireFile,
} from "#feed/wire/json/recorded.fixture.ts";
import { loadTwin } from "#twins/model/load.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { startMap } from "./support/map.ts";
import { until } from "./support/until.ts";
import { startWireFeed } from "./support/wire-feed.ts";

/** Every shipped mapping against recorded messages of its kind: through mosquitto into a running feed's tables. */

const racks = 2000;
const twin = loadTwin(await readTwinDirectory(null), { racks });

let broker: Broker;
let plant: MqttClient;

beforeAll(async () => {
  broker = await startBroker();
  plant = await connectAsync(broker.url);
});

afterAll(async () => {
  await plant?.endAsync();
  await broker?.stop();
});

describe.concurrent.each(shippedWires)("%s", (wire) => {
  test("every value that its messages say is shown, good, fresh, and from where it came", async () => {
    const feed = startWireFeed({
      twin,
      racks,
      aliasFiles: [wireFile(wire, "aliases.csv")],
      broker: { url: broker.url, wire: "json", mappingFile: wireFile(wire, "mapping.jsonc") },
    });
    try {
      await until("the feed listens", async () => feed.status()?.source.state === "live");
      const points = Object.entries(recordedValues[wire]);
      const [first = ""] = points.map(([point]) => point);
      await until("the first value arrives", async () => {
        for (const { topic, payload } of recordedMessages(wire, Date.now()))
          await plant.publishAsync(topic, payload, { qos: 1 });
        return (await feed.point(first))?.value;
      });
      for (const [point, value] of points) {
        const shown = await until(`${point} arrives`, async () => {
          const detail = await feed.point(point);
          return detail?.value === null ? null : detail;
        });
        expect(shown.value, point).toBeCloseTo(value, value > 1e5 ? 1 : 4);
        expect(shown, point).toMatchObject({ wire: "json", freshness: "fresh", origin: "measured" });
        expect(shown.topic).toMatch(/#/);
      }
      await until("the wire is named", async () => feed.status()?.source.wires.join() === "json");
    } finally {
      await feed.close();
    }
  });
});

test("npm run map proposes from the same messages what the feed then reads, and guesses nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "horinger-map-"));
  const aliasFiles = shippedWires.map((wire) => wireFile(wire, "aliases.csv"));
  const aliases = aliasFiles.flatMap((file) => ["--aliases", file]);
  const publishAll = async (): Promise<void> => {
    for (const wire of shippedWires)
      for (const { topic, payload } of recordedMessages(wire, Date.now()))
        await plant.publishAsync(topic, payload, { qos: 1 });
  };
  const { ended } = await startMap([
    ...["--mqtt", broker.url, "--seconds", "2", "--scale", String(racks)],
    ...aliases,
  ]);
  await publishAll();
  const { status, proposed, said } = await ended;
  expect(said).toContain("3 templates with 7 values in effect");
  expect(status).toBe(0);
  const mappingFile = join(folder, "proposed.jsonc");
  await writeFile(mappingFile, proposed);
  const feed = startWireFeed({
    twin,
    racks,
    aliasFiles,
    broker: { url: broker.url, wire: "json", mappingFile },
  });
  try {
    await until("the feed listens", async () => feed.status()?.source.state === "live");
    const named = [
      ["a/hero/f1/r1/crah01 supplyTemperature", 22.4],
      ["a/hero/f1/r1/crah01 returnTemperature", 34.9],
      ["a/hero/f1/r1/crah01 fanSpeed", 62],
      ["a/hero/f1/r1/ups1 inputPower", 431.2],
      ["a/hero/f1/r1/ups1 loadRate", 51.6],
      ["a/hero/f1/r1/row01/k06 power", 14.23],
      ["a/b01/f1/r1/m-it powerFactor", 0.98],
    ] as const;
    for (const [i, [point, value]] of named.entries()) {
      const shown = await until(`${point} arrives`, async () => {
        if (i === 0) await publishAll();
        return (await feed.point(point))?.value;
      });
      expect(shown, point).toBeCloseTo(value, 4);
    }
    // Called so in no name: two meters in one message, a temperature that might be any, a GPU's share.
    for (const point of ["a/hero/f1/r1/row01/k07 power", "a/b01/f1/r1/row01/k01 inletTemperature"])
      expect((await feed.point(point))?.value, point).toBeNull();
    expect((await feed.point("a/hero/f1/r1/row02/k02 load"))?.value).toBeNull();
  } finally {
    await feed.close();
    await rm(folder, { recursive: true });
  }
});
