import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct, screenshotPixel } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

/** The catalogue's own period of rack metrics; every expectation on age below is relative to it. */
const periodMs = 10_000;

let broker: Broker;
let station: Station;
let product: Product;
let browser: Browser;
let opened: OpenPage;
let rack: string;

beforeAll(async () => {
  [rack = ""] = await occupiedRacks(1);
  broker = await startBroker();
  station = await openStation(broker.url, { id: "journey", periodMs });
  await station.declare();
  await station.describe(rack, "power");
  await station.value(rack, "power", 3, { retain: true });
  product = await startProduct(["--mqtt", broker.url, "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
  await station.value(rack, "power", 4);
  await until("the first value arrives", async () => {
    const value = await opened.page.evaluate((id) => window.twin.value(id, "power")?.value, rack);
    return value === 4;
  });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await station?.close();
  await broker?.stop();
});

/** When each of the three showed the value, ms on the wall clock. Each looks on its own, so that none waits for another. */
const watchArrival = async ([id, value, text]: readonly [string, number, string]) => {
  const { twin } = window;
  const wanted = twin.view.legendColor(value);
  const nowMs = () => performance.timeOrigin + performance.now();
  const whenTrue = async (ask: () => boolean | Promise<boolean>): Promise<number> => {
    while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 10));
    return nowMs();
  };
  const isLegend = (colour: readonly number[] | null) =>
    colour?.every((channel, i) => Math.abs(channel - wanted[i]!) <= 2) ?? false;
  const [point, inspector, colour] = await Promise.all([
    whenTrue(() => twin.value(id, "power")?.value === value),
    whenTrue(() => document.querySelector(".inspector")?.textContent.includes(text) ?? false),
    whenTrue(async () => isLegend(await twin.view.colorOf(id))),
  ]);
  return { point, inspector, colour };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[1]!;

test("one DSX value changes window.twin, the inspector and the rack's colour within a second", async () => {
  const { page } = opened;
  await page.evaluate(async (id) => {
    window.twin.view.heatmap("power");
    window.twin.view.select(id);
    await window.twin.view.flyTo(id);
    await window.twin.settled();
  }, rack);
  const delays = { point: [] as number[], inspector: [] as number[], colour: [] as number[] };
  for (const value of [17.25, 5.75, 11.25]) {
    const arrival = page.evaluate(watchArrival, [rack, value, String(value)] as const);
    const sentMs = Date.now();
    await station.value(rack, "power", value);
    const seen = await arrival;
    for (const what of ["point", "inspector", "colour"] as const)
      delays[what].push(Math.round(seen[what] - sentMs));
  }
  console.log(`ms from publish to what shows it: ${JSON.stringify(delays)}`);
  for (const what of ["point", "inspector", "colour"] as const)
    expect(median(delays[what]), what).toBeLessThanOrEqual(1000);
});

test("the colour read back is the legend's, and what a screenshot shows", async () => {
  const { page } = opened;
  await station.value(rack, "power", 17.25);
  const read = await page.evaluate(async (id) => {
    await window.twin.settled();
    const { view } = window.twin;
    return { colour: await view.colorOf(id), legend: view.legendColor(17.25), at: view.screenOf(id) };
  }, rack);
  expect(read.colour).toEqual(read.legend);
  const pixel = await screenshotPixel(page, read.at!.x, read.at!.y);
  for (const [i, channel] of pixel.entries())
    expect(Math.abs(channel - read.legend[i]!)).toBeLessThanOrEqual(2);
});

/** Resolves with the wall-clock time at which the point has this freshness. */
const watchFreshness = ([id, wanted]: readonly [string, string]) =>
  new Promise<number>((resolve) => {
    const look = (): void => {
      if (window.twin.value(id, "power")?.freshness === wanted)
        resolve(performance.timeOrigin + performance.now());
      else setTimeout(look, 10);
    };
    look();
  });

test("a dead broker ages the scene to stale within 1.5 periods; the last value stays, dimmed", async () => {
  const { page } = opened;
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  const sampleMs = Date.now();
  await station.value(rack, "power", 9, { timestamp: sampleMs });
  await page.evaluate(watchFreshness, [rack, "fresh"] as const);
  const fresh = await page.evaluate(async (id) => {
    await window.twin.settled();
    return window.twin.view.colorOf(id);
  }, rack);
  await broker.kill();
  const lateMs = await page.evaluate(watchFreshness, [rack, "late"] as const);
  const staleMs = await page.evaluate(watchFreshness, [rack, "stale"] as const);
  console.log(
    `late after ${Math.round(lateMs - sampleMs)} ms, stale after ${Math.round(staleMs - sampleMs)} ms`,
  );
  expect(lateMs - sampleMs).toBeGreaterThanOrEqual(periodMs);
  expect(staleMs - sampleMs).toBeLessThanOrEqual(1.5 * periodMs);
  const shown = await page.evaluate(async (id) => {
    await window.twin.settled();
    return { value: window.twin.value(id, "power")?.value, colour: await window.twin.view.colorOf(id) };
  }, rack);
  expect(shown.value).toBe(9);
  expect(shown.colour).not.toEqual(fresh);
  await page.getByRole("alert").getByText("The broker is out of reach").waitFor();
});

test("a broker that comes back heals the scene without a reload", async () => {
  const { page } = opened;
  await broker.restart();
  // Nothing was kept: a plant's gateway announces itself again.
  await station.declare();
  await station.describe(rack, "power");
  await until("the value is fresh again", async () => {
    await station.value(rack, "power", 11);
    const now = await page.evaluate((id) => window.twin.value(id, "power"), rack);
    return now?.value === 11 && now.freshness === "fresh";
  });
  expect(await page.evaluate(() => "neverReloaded" in window)).toBe(true);
  expect(await page.evaluate(() => window.twin.sources()?.source.state)).toBe("live");
});

test("a publisher without heartbeats is late after 30 seconds", async () => {
  const { page } = opened;
  await station.heartbeat();
  const state = () =>
    page.evaluate(() => window.twin.sources()?.publishers.find(({ id }) => id === "journey"));
  const live = await until("the heartbeat is seen", async () => {
    const publisher = await state();
    return publisher?.state === "live" && publisher.lastHeartbeatMs !== null ? publisher : null;
  });
  const lateMs = await until("the publisher is late", async () =>
    (await state())?.state === "late" ? Date.now() : null,
  );
  console.log(`late ${((lateMs - live.lastHeartbeatMs!) / 1000).toFixed(1)} s after its last heartbeat`);
  expect(lateMs - live.lastHeartbeatMs!).toBeGreaterThanOrEqual(30_000);
  expect(lateMs - live.lastHeartbeatMs!).toBeLessThan(33_000);
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
