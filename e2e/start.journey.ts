import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

let browser: Browser;
let product: Product;

beforeAll(async () => {
  product = await startProduct(["--lang", "en"]);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test("started without a broker, the campus lives, and says that it is simulated", async () => {
  const { page, errors } = await openProduct(browser, product.url);
  const [rack = ""] = await occupiedRacks(1);
  const read = () => page.evaluate((id) => window.twin.value(id, "power"), rack);
  const isGood = (point: Awaited<ReturnType<typeof read>>) =>
    point?.quality === "good" && point.freshness === "fresh" && point.value !== null;
  const first = await until("a good value", async () => {
    const point = await read();
    return isGood(point) ? point : null;
  });
  const second = await until("another good value", async () => {
    const point = await read();
    return isGood(point) && point?.value !== first.value ? point : null;
  });
  expect(second.origin).toBe("simulated");
  expect(second.sampleTimeMs).toBeGreaterThan(first.sampleTimeMs!);
  await page.getByText("Contains simulated data").waitFor();
  const pue = await until("a site PUE from its meters", () =>
    page.evaluate(() => {
      return window.twin.value("site", "powerRatio")?.value ?? null;
    }),
  );
  expect(pue).toBeGreaterThan(1.02);
  expect(pue).toBeLessThan(1.6);
  expect(errors).toEqual([]);
  await page.close();
});

test("the health page tells a monitor that data flows", async () => {
  const health = await until("data flows", async () => {
    const answer = await fetch(new URL("/healthz", product.url));
    const body = (await answer.json()) as { readonly status: string; readonly points: number };
    return body.status === "ok" ? body : null;
  });
  expect(health.points).toBeGreaterThan(10_000);
});

test("SIGTERM leaves no process behind", async () => {
  expect(product.family().length).toBeGreaterThan(1);
  expect(await product.stop()).toEqual([]);
});
