import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultCode } from "#feed/contract/status.ts";
import { faultText } from "#renderer/i18n/faults.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

let broker: Broker;
let station: Station;
let product: Product;
let browser: Browser;
let opened: OpenPage;
let rack: string;
let lateRack: string;

beforeAll(async () => {
  [rack = "", lateRack = ""] = await occupiedRacks(2);
  broker = await startBroker();
  station = await openStation(broker.url, { id: "journey", periodMs: 5000 });
  await station.declare();
  await station.describe(rack, "power");
  await station.value(rack, "power", 6, { retain: true });
  product = await startProduct(["--mqtt", broker.url, "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
  await station.value(rack, "power", 7);
  await until("the first value arrives", async () => (await shown())?.value === 7);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await station?.close();
  await broker?.stop();
});

const shown = (id = rack) => opened.page.evaluate((asset) => window.twin.value(asset, "power"), id);

const countOf = (code: FaultCode): Promise<number> =>
  opened.page.evaluate((wanted) => window.twin.sources()?.faults.byCode[wanted] ?? 0, code);

let goods = 0;
/** A value unlike the one before; quarters are exact in the 32-bit table. */
const nextGood = (): number => 5 + (goods++ % 32) / 4;

const message = (fields: object): string => JSON.stringify({ timestamp: Date.now(), quality: 1, ...fields });
const topic = (): string => station.topicOf(rack, "power");
const year = 365 * 24 * 3_600_000;

/** What plants really send, each with the code it is counted under. */
const faults: readonly (readonly [name: string, code: FaultCode, send: () => Promise<void>])[] = [
  ["malformed JSON", "payload-malformed", () => station.raw(topic(), '{"value": 7')],
  ["a list instead of an object", "payload-malformed", () => station.raw(topic(), "[1, 2]")],
  ["a string for a number", "value-type", () => station.raw(topic(), message({ value: "7" }))],
  ["NaN", "value-not-finite", () => station.raw(topic(), '{"value":NaN,"timestamp":1,"quality":1}')],
  ["null", "value-null", () => station.raw(topic(), message({ value: null }))],
  ["an impossible number", "value-range", () => station.value(rack, "power", 1e9)],
  ["bad quality", "quality-bad", () => station.value(rack, "power", 7, { quality: 0 })],
  ["an unknown topic", "topic-unknown", () => station.raw("HT/v1/PUB/Poem/a", "roses")],
  ["1970", "time-past", () => station.value(rack, "power", 7, { timestamp: 0 })],
  ["next year", "time-future", () => station.value(rack, "power", 7, { timestamp: Date.now() + year })],
  ["no time at all", "time-missing", () => station.raw(topic(), '{"value":7,"quality":1}')],
  [
    "the same again",
    "duplicate",
    async () => {
      const timestamp = Date.now();
      await station.value(rack, "power", 7, { timestamp });
      await station.value(rack, "power", 7, { timestamp });
    },
  ],
  [
    "out of order",
    "out-of-order",
    async () => {
      await station.value(rack, "power", 7);
      await station.value(rack, "power", 6, { timestamp: Date.now() - 2000 });
    },
  ],
  [
    "a value before its metadata",
    "metadata-missing",
    async () => {
      await station.raw("BMS/v1/PUB/Value/Rack/RackPower/journey/plant-name-17", message({ value: 5 }));
    },
  ],
  ["10 MB", "payload-too-large", () => station.raw(topic(), `{"value":7,"pad":"${"x".repeat(10_000_000)}"}`)],
];

test.each(faults)("%s is counted as %s, and the value on screen stays", async (_name, code, send) => {
  const before = await countOf(code);
  await send();
  await until(`${code} is counted`, async () => (await countOf(code)) > before);
  // A good value is taken again after each: nothing stuck, nothing crashed.
  const good = nextGood();
  await until("a good value is taken again", async () => {
    await station.value(rack, "power", good);
    return (await shown())?.value === good;
  });
});

test("a value whose metadata comes later is applied then", async () => {
  const { namespace, path } = { namespace: "BMS", path: "Rack/RackPower/journey/plant-name-18" };
  await station.raw(`${namespace}/v1/PUB/Value/${path}`, message({ value: 8.5 }));
  expect((await shown(lateRack))?.freshness).toBe("never");
  const metadata = JSON.stringify({ rackLocationId: lateRack, engUnit: "kW" });
  await station.raw(`${namespace}/v1/PUB/Metadata/${path}`, metadata, true);
  await until("the held value is applied", async () => (await shown(lateRack))?.value === 8.5);
});

test("a bad reading leaves the last value to age, never to pose as current", async () => {
  await station.value(rack, "power", 12);
  await until("the value is there", async () => (await shown())?.value === 12);
  await station.raw(topic(), "{torn");
  const stale = await until("it ages", async () => {
    const point = await shown();
    return point?.freshness === "stale" ? point : null;
  });
  expect(stale.value).toBe(12);
});

const words = {
  en: { button: "EN", faults: "Faults", byPoint: "By point", byKind: "By kind", metric: "Power" },
  zh: { button: "中文", faults: "数据故障", byPoint: "按测点", byKind: "按类别", metric: "功率" },
} as const;

const openQuality = async (language: "en" | "zh") => {
  const { page } = opened;
  const { button, faults: faultsButton } = words[language];
  await page.getByRole("button", { name: button, exact: true }).click();
  const drawer = page.locator(".drawer");
  if (!(await drawer.isVisible())) await page.locator(".status-bar").getByText(faultsButton).click();
  return drawer;
};

test.each(["en", "zh"] as const)(
  "the data-quality panel lists the rack's power with its faults, and leads to it: %s",
  async (language) => {
    const drawer = await openQuality(language);
    const { byPoint, metric } = words[language];
    await drawer.getByRole("button", { name: byPoint }).click();
    const head = opened.page.getByRole("rowheader").filter({ hasText: rack });
    const line = drawer.getByRole("row").filter({ has: head });
    await line.getByText(metric, { exact: true }).waitFor();
    const told = (await line.textContent()) ?? "";
    for (const code of ["value-null", "value-range", "duplicate", "out-of-order"] as const)
      expect(told).toContain(faultText(language, code).name);
    await line.getByRole("button").click();
    const inspector = opened.page.locator(".inspector");
    await inspector.locator(".quality-line").getByText(faultText(language, "value-null").name).waitFor();
  },
);

test.each(["en", "zh"] as const)(
  "the data-quality panel shows each kind with an example and a tip: %s",
  async (language) => {
    const { page } = opened;
    const drawer = await openQuality(language);
    await drawer.getByRole("button", { name: words[language].byKind }).click();
    for (const code of new Set(faults.map(([, each]) => each))) {
      const { name, tip } = faultText(language, code);
      const head = page.getByRole("rowheader").filter({ hasText: new RegExp(`^${name}`) });
      const line = drawer.getByRole("row").filter({ has: head });
      await line.getByText(tip, { exact: false }).waitFor();
      expect((await line.locator(".example").textContent())?.length).toBeGreaterThan(5);
    }
    expect(await drawer.textContent()).toContain("roses");
  },
);

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
