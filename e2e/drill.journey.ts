import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** The product plays one of its own scenarios, from three quarters of a minute before its first fault: where the processor draws, the page takes its time to open. */
const leakS = 300;
const startS = leakS - 90;
const unit = "a/hero/f1/r1/cdu01";

let product: Product;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  const args = ["--scenario", "liquid-leak", "--scenario-at", String(startS), "--plant-speed", "2"];
  product = await startProduct([...args, "--scale", "1000", "--mode", "demo", "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const value = (metric: string) =>
  opened.page.evaluate(([id, of]) => window.twin.value(id, of)?.value ?? null, [unit, metric] as const);
const scenario = () => opened.page.evaluate(() => window.twin.scenario());

test("a fast-forwarded scenario is told and followed from where it was begun", async () => {
  await opened.page
    .locator(".drill")
    .getByText("Liquid leak: from one distribution unit to a whole room")
    .waitFor();
  const now = await scenario();
  expect(now).toMatchObject({ id: "liquid-leak", origin: "simulated", isFollowing: true, led: 0, speed: 2 });
  expect(now!.elapsedS).toBeGreaterThanOrEqual(startS);
  expect(now!.elapsedS).toBeLessThan(leakS);
  await until("the unit runs", async () => Number(await value("flow")) > 300);
  expect(await value("leakDetect")).toBe(0);
});

test("its fault changes the plant, the narration and the camera", async () => {
  await until("the unit leaks", async () => (await value("leakDetect")) === 1);
  await until("its pumps have stopped", async () => Number(await value("flow")) < 100);
  await opened.page
    .locator(".drill")
    .getByText(/^Distribution unit 1 leaks/)
    .first()
    .waitFor();
  await until("the camera was led to the unit", async () => (await scenario())?.led === 1);
  await opened.page.evaluate(() => window.twin.settled());
  await opened.page.locator(".inspector").getByText("Faults in the simulated plant (1)").waitFor();
  // Up to a minute until the fault, and then a whole picture.
}, 150_000);

test("whoever clears its fault by hand repairs the unit", async () => {
  await opened.page.locator(".inspector").getByRole("button", { name: "Clear all" }).click();
  await until("the unit runs again", async () => Number(await value("flow")) > 200);
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
