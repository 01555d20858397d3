import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** The job from Beijing, with half of its data here. */
const halfWayS = 2460;

let product: Product;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  const args = ["--scenario", "beijing-job", "--scenario-at", String(halfWayS), "--plant-speed", "1"];
  product = await startProduct([...args, "--scale", "1000", "--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url, { width: 1366, height: 768 });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const scene = () => opened.page.evaluate(() => window.twin.view.scene);
const stand = (camera: string) =>
  opened.page.evaluate(async (id) => {
    await window.twin.view.stand(id);
    await window.twin.settled();
  }, camera);

test("D opens the dispatch, and the job stands where its data are", async () => {
  await opened.page.keyboard.press("d");
  const panel = opened.page.locator(".dispatch");
  await panel.getByText("Multi-cloud dispatch").first().waitFor();
  await until(
    "data are on the line",
    async () =>
      (await panel.locator('.story-step[aria-current="step"]').textContent())?.includes("Data moves") ??
      false,
  );
  expect(await panel.locator('.story-step[data-state="past"]').count()).toBe(2);
  await panel.getByText("no emission factor configured").waitFor();
  await panel.getByText("no tariff configured", { exact: false }).waitFor();
  await panel.getByText("3693万P的首批算力交易订单").waitFor();
  await panel.getByText("As quoted, unit unclear, excluded from sums.").waitFor();
});

test("one flight leads from the region to the room and back", async () => {
  await stand("region");
  expect(await scene()).toBe("region");
  await opened.page.locator(".region-key").getByText("Diagram, not a map").waitFor();
  await opened.page.locator(".region-key").getByText("审图号", { exact: false }).waitFor();
  await opened.page.locator(".dispatch").getByRole("button", { name: "See the room" }).click();
  await until("the room is seen", async () => (await scene()) === "room");
  await opened.page.locator(".dispatch").getByRole("button", { name: "See the link" }).click();
  await until("the region is seen", async () => (await scene()) === "region");
  expect(await opened.page.evaluate(() => window.twin.view.screenOf("net/beijing"))).not.toBeNull();
});

test("a point of the diagram is found under the pointer", async () => {
  await stand("region");
  const picked = await opened.page.evaluate(() => {
    const at = window.twin.view.screenOf("net/wuhu")!;
    return window.twin.view.pick(at.x, at.y);
  });
  expect(picked).toBe("net/wuhu");
});

test("the minimap flies to a zone by keyboard", async () => {
  await opened.page.keyboard.press("d");
  const plan = opened.page.locator(".minimap");
  await plan.focus();
  await opened.page.keyboard.press("ArrowRight");
  await opened.page.keyboard.press("Enter");
  await until("the campus is seen again", async () => (await scene()) !== "region");
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
