import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
});

const axeSource = async (): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const withProduct = async (
  args: readonly string[],
  use: (product: Product) => Promise<void>,
): Promise<void> => {
  const product = await startProduct(args);
  try {
    await use(product);
  } finally {
    await product.stop();
  }
};

/** What axe calls serious or critical, as `rule: element`. */
const seriousIn = (results: AxeResults): readonly string[] =>
  results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));

test.each([
  ["desk", "zh"],
  ["desk", "en"],
  ["wall", "zh"],
  ["demo", "en"],
])("axe finds nothing serious: %s in %s", async (mode, language) => {
  await withProduct(["--mode", mode, "--lang", language], async (product) => {
    const { page, errors } = await openProduct(browser, product.url, { width: 1600, height: 900 });
    await until("values are shown", () => page.evaluate(() => (window.twin.stats().rows > 0 ? true : null)));
    const [rack = null] = await occupiedRacks(1);
    await page.evaluate((id) => window.twin.view.select(id), rack);
    if (mode === "desk") await page.locator(".inspector").waitFor();
    // Only the document is looked at: it stands two frames after what was chosen, the picture need not be whole.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    // Evaluated by the debugger, so that the page's own policy against foreign scripts stays in force.
    await page.evaluate(await axeSource());
    const results = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(seriousIn(results)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
