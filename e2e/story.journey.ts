import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** The dispatch story is begun and ended by a button, in a product that was started without one. */

let product: Product;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  product = await startProduct(["--scale", "1000", "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url, { width: 1366, height: 768 });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const panel = () => opened.page.locator(".dispatch");
const scenario = () => opened.page.evaluate(() => window.twin.scenario());
/** Leaves a picture where they are asked for: `PICTURES=DIR`. */
const leave = async (name: string): Promise<void> => {
  const folder = process.env["PICTURES"];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await opened.page.screenshot({ path: `${folder}/${name}.png`, timeout: 120_000 });
};

test("a click in Beijing begins the story: the plant plays it, marked as a drill, until the order has come", async () => {
  expect(await scenario()).toBeNull();
  await opened.page.keyboard.press("d");
  await leave("story-before");
  await panel().getByRole("button", { name: "A user in Beijing clicks" }).click();
  await until("the plant plays it", async () => (await scenario())?.id === "beijing-job");
  expect(await scenario()).toMatchObject({ origin: "simulated", speed: 40 });
  await opened.page.locator(".drill").getByText("A job from Beijing", { exact: false }).first().waitFor();
  await until("racks are reserved", () =>
    opened.page.evaluate(() => {
      const step = document.querySelector('.story-step[aria-current="step"]');
      return step ? true : null;
    }),
  );
  await leave("story-ordered");
}, 120_000);

test("its end leads back to the usual plant, with values and without a drill", async () => {
  await panel().getByRole("button", { name: "End the story" }).click();
  await until("nothing is played", async () => (await scenario()) === null);
  await panel().getByRole("button", { name: "A user in Beijing clicks" }).waitFor();
  await until("values come again", () =>
    opened.page.evaluate(() => {
      const points = window.twin.sources()?.points;
      return points && points.fresh > 0 && points.stale === 0 ? true : null;
    }),
  );
  // The site's clock is that of the usual plant again, not of a morning in April.
  await until("the story's day is over", async () =>
    (await opened.page.getByText("2026-04-30").count()) === 0 ? true : null,
  );
  await leave("story-ended");
}, 60_000);

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
