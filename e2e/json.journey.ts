import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  recordedMessages,
  recordedValues,
  type ShippedWire,
  shippedWires,
  wireFile,
} from "#feed/wire/json/recorded.fixture.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** One product that reads five plants at once, each with its own broker, mapping and alias file: into the scene. */

const brokers = new Map<ShippedWire, { readonly broker: Broker; readonly plant: MqttClient }>();
let folder: string;
let product: Product;
let browser: Browser;
let opened: OpenPage;

const publish = async (wire: ShippedWire, change = (payload: string) => payload): Promise<void> => {
  for (const { topic, payload } of recordedMessages(wire, Date.now()))
    await brokers.get(wire)!.plant.publishAsync(topic, change(payload), { qos: 1 });
};

/** What the page knows of `asset metric`. */
const shownValue = (point: string): Promise<number | null | undefined> => {
  const [asset = "", metric = ""] = point.split(" ");
  return opened.page.evaluate(([id, name]) => window.twin.value(id, name)?.value, [asset, metric] as const);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-json-"));
  await Promise.all(
    shippedWires.map(async (wire) => {
      const broker = await startBroker();
      brokers.set(wire, { broker, plant: await connectAsync(broker.url) });
    }),
  );
  const config = {
    lang: "en",
    scale: "2000",
    aliases: shippedWires.map((wire) => wireFile(wire, "aliases.csv")),
    brokers: shippedWires.map((wire) => ({
      mqtt: brokers.get(wire)!.broker.url,
      wire: `json:${wireFile(wire, "mapping.jsonc")}`,
    })),
  };
  const file = join(folder, "plants.json");
  await writeFile(file, JSON.stringify(config));
  product = await startProduct(["--config", file]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url, { width: 560, height: 400 });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  for (const { broker, plant } of brokers.values()) {
    await plant.endAsync(true);
    await broker.stop();
  }
  await rm(folder, { recursive: true });
});

test("every shipped template brings the values of its messages into the page", async () => {
  for (const wire of shippedWires)
    for (const [i, [point, value]] of Object.entries(recordedValues[wire]).entries()) {
      const isNear = (shown: number | null | undefined): boolean =>
        typeof shown === "number" && Math.abs(shown - value) <= 1e-4 * Math.max(1, Math.abs(value));
      await until(`${wire}: ${point} is ${value}`, async () => {
        if (i === 0) await publish(wire);
        return isNear(await shownValue(point));
      });
    }
});

/** A rack per wire, what the heat map shows of it, a change in a message, and what is shown then. */
const colours: readonly {
  wire: ShippedWire;
  rack: string;
  metric: string;
  change: readonly [from: string, to: string];
  value: number;
}[] = [
  {
    wire: "telegraf-redfish",
    rack: "a/hero/f1/r1/row01/k06",
    metric: "power",
    change: ["14230", "6120"],
    value: 6.12,
  },
  {
    wire: "telegraf-dcgm",
    rack: "a/hero/f1/r1/row02/k02",
    metric: "load",
    change: ['_UTIL":9', '_UTIL":1'],
    value: 17,
  },
  {
    wire: "telegraf-ascend",
    rack: "a/hero/f1/r1/row03/k02",
    metric: "load",
    change: ['npu_chip_info_utilization":8', 'npu_chip_info_utilization":1'],
    value: 28.5,
  },
  {
    wire: "facility-northbound",
    rack: "a/hero/f1/r1/row01/k02",
    metric: "inletTemperature",
    change: ['"24.3"', '"31.8"'],
    value: 31.8,
  },
  {
    wire: "zigbee2mqtt",
    rack: "a/b01/f1/r1/row01/k01",
    metric: "inletTemperature",
    change: ["23.7", "29.5"],
    value: 29.5,
  },
];

test.each(colours)("$wire: a change in a message changes the rack's colour in the scene", async (row) => {
  const { page } = opened;
  const { wire, rack, metric, change, value } = row;
  const before = await page.evaluate(
    async ([id, name]) => {
      const { view } = window.twin;
      view.heatmap(name);
      await view.flyTo(id);
      await window.twin.settled();
      return view.colorOf(id);
    },
    [rack, metric] as const,
  );
  await publish(wire, (payload) => payload.replaceAll(change[0], change[1]));
  await until(`${rack} has the colour of ${value}`, async () =>
    page.evaluate(
      async ([id, name, wanted]) => {
        const { view } = window.twin;
        const shown = window.twin.value(id, name)?.value ?? Number.NaN;
        if (Math.abs(shown - wanted) > 0.01) return false;
        await window.twin.settled();
        return (await view.colorOf(id))?.join() === view.legendColor(shown).join();
      },
      [rack, metric, value] as const,
    ),
  );
  const after = await page.evaluate((id) => window.twin.view.colorOf(id), rack);
  expect(after).not.toEqual(before);
});

test("the product speaks of five brokers, one wire, and no page error came", async () => {
  const sources = await opened.page.evaluate(() => window.twin.sources());
  expect(sources?.brokers.map(({ state, wires }) => [state, wires.join()])).toEqual(
    shippedWires.map(() => ["live", "json"]),
  );
  expect(opened.errors).toEqual([]);
});
