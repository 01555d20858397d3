import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, openProduct } from "./support/browser.ts";
import {
  openDsxPlant,
  openSparkplugPlant,
  plantPoints,
  plantRacks,
  type RunningPlant,
} from "./support/plant.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** The goal: this long from the page's address to a campus that is laid out and alive. */
const aliveWithinMs = 10_000;

/** Pictures to be looked at are written to this folder, at 1920×1080, where it is given. */
const pictures = process.env["ANNOUNCED_PICTURES"];
const size = { width: 1920, height: 1080 };

let broker: Broker;
let product: Product;
let browser: Browser;
let plant: RunningPlant;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  broker = await startBroker();
});
afterEach(async () => {
  await plant?.stop();
  await product?.stop();
  await broker?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  const folder = resolve(process.env["INIT_CWD"] ?? process.cwd(), pictures);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

/** Every rack stands and is fresh, and one of them is drawn in its legend's colour. */
const isAlive = async (page: Page): Promise<boolean> => {
  const shown = await page.evaluate(async () => {
    const { twin } = window;
    const status = twin.sources();
    const rack = twin.find("K10", 50).find(({ className }) => className === "rack")?.id;
    const value = rack === undefined ? undefined : twin.value(rack, "load");
    return { fresh: status?.points.fresh ?? 0, rack, freshness: value?.freshness };
  });
  return shown.fresh >= plantPoints && shown.freshness === "fresh";
};

const rackColour = (page: Page) =>
  page.evaluate(async () => {
    const { twin } = window;
    const rack = twin.find("K10", 50).find(({ className }) => className === "rack")!.id;
    twin.view.heatmap("power");
    twin.view.select(rack);
    await twin.view.flyTo(rack);
    // The plant goes on: the colour is that of a value from just before or just after it was read.
    const before = twin.value(rack, "power")!.value!;
    await twin.settled();
    const colour = (await twin.view.colorOf(rack))?.join();
    const after = twin.value(rack, "power")!.value!;
    return { colour, legends: [before, after].map((value) => twin.view.legendColor(value).join()) };
  });

const look = async (page: Page, name: string): Promise<void> => {
  const places = await page.evaluate(() => {
    const { twin } = window;
    const rack = twin.find("K10", 50).find(({ className }) => className === "rack")!.id;
    const levels = rack.split("/");
    return {
      campus: null,
      building: levels.slice(0, -3).join("/"),
      room: levels.slice(0, -2).join("/"),
      rack,
    };
  });
  for (const [place, id] of Object.entries(places)) {
    await page.evaluate(async (asset) => {
      window.twin.view.heatmap("load");
      window.twin.view.select(asset);
      await window.twin.view.flyTo(asset ?? "site");
      await window.twin.settled();
    }, id);
    await picture(page, `${name}-${place}`);
  }
};

const open = async (): Promise<Page> => {
  const { page } = await openProduct(browser, product.url, size);
  return page;
};

test("a campus announced only by DSX metadata is laid out and alive in time", async () => {
  const announced = await openDsxPlant(broker.url);
  plant = announced.run();
  product = await startProduct(["--mqtt", broker.url, "--twin", "announced", "--lang", "en"]);
  const startMs = performance.now();
  const page = await open();
  await until("all points are fresh", () => isAlive(page));
  const aliveMs = performance.now() - startMs;
  console.log(`DSX: ${plantPoints} points, ${plantRacks} racks alive ${Math.round(aliveMs)} ms after ready`);
  expect(aliveMs).toBeLessThan(aliveWithinMs);
  const { colour, legends } = await rackColour(page);
  expect(legends).toContain(colour);
  await look(page, "dsx");
  await page.close();
});

test("a campus announced only by births says that it waits, and is then laid out and alive in time", async () => {
  const announced = await openSparkplugPlant(broker.url);
  product = await startProduct(["--mqtt", broker.url, "--twin", "announced", "--lang", "en"]);
  const page = await browser.newPage({ viewport: size });
  await page.goto(product.url);
  await page.getByText("Waiting for announcements: 0 points so far").waitFor();
  await picture(page, "waiting");
  const startMs = performance.now();
  plant = announced.run();
  await until("all points are fresh", () => isAlive(page));
  await page.evaluate(() => window.twin.ready);
  const aliveMs = performance.now() - startMs;
  console.log(
    `births: ${plantPoints} points, ${plantRacks} racks alive ${Math.round(aliveMs)} ms after the first`,
  );
  expect(aliveMs).toBeLessThan(aliveWithinMs);
  const { colour, legends } = await rackColour(page);
  expect(legends).toContain(colour);
  await look(page, "births");
  await page.close();
});
