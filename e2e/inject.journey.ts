import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { loadHoringer } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** Codes of a machine's status (twins/model/catalogue.ts). */
const on = 1;
const fault = 2;

let product: Product;
let browser: Browser;
let opened: OpenPage;
let unit: string;

beforeAll(async () => {
  unit = (await loadHoringer()).table("crah").idOf(0);
  product = await startProduct(["--scale", "1000", "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
  await until("the unit runs", async () => (await status()) === on);
  await opened.page.evaluate((id) => window.twin.view.select(id), unit);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const status = () => opened.page.evaluate((id) => window.twin.value(id, "status")?.value ?? null, unit);
const inspector = () => opened.page.locator(".inspector");
const statusLine = () => inspector().locator(".metric-line", { hasText: "Status" }).textContent();

test("a fault injected from the inspector changes the unit's state on the screen", async () => {
  const before = await statusLine();
  await inspector().getByLabel("Fault", { exact: true }).selectOption("Unit failed");
  await inspector().getByRole("button", { name: "Inject", exact: true }).click();
  await until("the unit has failed", async () => (await status()) === fault);
  await until("the inspector says so", async () => (await statusLine()) !== before);
  await opened.page.getByText("Faults injected: 1").waitFor();
  await inspector().getByText("Faults in the simulated plant (1)").waitFor();
});

test("what is in force stands on every asset's page, in both languages, until it is cleared", async () => {
  await opened.page.evaluate(() => window.twin.view.select(null));
  await inspector().getByText("Unit failed").waitFor();
  await opened.page.getByRole("button", { name: "中文", exact: true }).click();
  await inspector().getByText("空调故障停机").waitFor();
  await opened.page.getByRole("button", { name: "EN", exact: true }).click();
});

test("cleared, the unit runs again", async () => {
  await inspector().getByRole("button", { name: "Clear all" }).click();
  await until("the unit runs", async () => (await status()) === on);
  await opened.page.getByText("Faults injected: 1").waitFor({ state: "detached" });
});

test("a sensor that is lost turns its point bad on the screen, and nothing in the plant", async () => {
  const supply = () => opened.page.evaluate((id) => window.twin.value(id, "supplyTemperature"), unit);
  await until("there is a value", async () => typeof (await supply())?.value === "number");
  await opened.page.evaluate((id) => window.twin.view.select(id), unit);
  await inspector().getByLabel("Fault", { exact: true }).selectOption("Reading lost");
  await inspector().getByLabel("Reading", { exact: true }).selectOption("Supply air");
  await inspector().getByText("its last number stays").waitFor();
  await inspector().getByRole("button", { name: "Inject", exact: true }).click();
  await until("the point is bad", async () => (await supply())?.quality === "bad");
  await inspector().locator(".faults-in-force").getByText("Supply air").waitFor();
  expect(await status()).toBe(on);
  await inspector().getByRole("button", { name: "Clear all" }).click();
  await until("the value is back", async () => (await supply())?.quality === "good");
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
