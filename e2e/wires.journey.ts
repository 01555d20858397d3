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
