import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLog } from "#feed/log/log.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { TwinFiles } from "#twins/model/twin.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { takePicture } from "./support/pictures.ts";
import { type Product, startProduct } from "./support/product.ts";
import { createFolder, startRecording } from "./support/record.ts";
import { until } from "./support/until.ts";

/** Wide enough for timeline and curves, and no larger: the machine draws in software. */
const view = { width: 1366, height: 900 };
const recordS = 40;

const { folder, remove } = createFolder();
let browser: Browser;
let product: Product;
let opened: OpenPage;
let racks: readonly string[] = [];

beforeAll(async () => {
  racks = await occupiedRacks(2);
  browser = await launchBrowser();
  await (await startRecording(folder, recordS)).stop();
  product = await startProduct(["--lang", "en", "--log", folder]);
  opened = await openProduct(browser, product.url, view);
}, 300_000);

afterAll(async () => {
  await product?.stop();
  await browser?.close();
  remove();
});

const slider = (page: Page) => page.getByRole("slider", { name: "Trend chart" });
/** What the slider says: the moment read, and each curve's value there. */
const said = async (page: Page) => (await slider(page).getAttribute("aria-valuetext")) ?? "";
const readMs = async (page: Page) => Number(await slider(page).getAttribute("aria-valuenow"));
const cursorMs = (page: Page) => page.evaluate(() => window.twin.player.replay!.cursorMs);
const select = (page: Page, id: string) => page.evaluate((asset) => window.twin.view.select(asset), id);

test("a value's curve button draws it, by keyboard; what it reads is what the log has", async () => {
  const { page } = opened;
  await select(page, racks[0]!);
  const button = page.getByRole("button", { name: "Draw Power as a trend" });
  await button.focus();
  await page.keyboard.press("Enter");
  await until("the newest value is read", async () => /Power [\d.]+ kW/.test(await said(page)));
  await slider(page).focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 12; i++) await page.keyboard.press("Control+ArrowRight");
  const log = openLog([folder]);
  if (!log.ok) throw new Error(log.error.message);
  const { files, racks: count } = JSON.parse(log.value.files[0]!.twin()!) as {
    files: TwinFiles;
    racks: number;
  };
  const { row } = loadTwin(files, { racks: count }).find(racks[0]!)!;
  await until("what is read is what the log has", async () => {
    const timeMs = await readMs(page);
    const ask = { className: "rack", row, metric: "power", fromMs: timeMs, toMs: timeMs + 1 };
    const { value } = log.value.range(ask);
    return (await said(page)).includes(`Power ${value[0]?.toFixed(2)} kW`);
  });
  log.value.close();
});

test("Enter goes to the moment read; another asset's value comes from the list, and goes again", async () => {
  const { page } = opened;
  const timeMs = await readMs(page);
  await page.keyboard.press("Enter");
  await until("the replay is there", async () => Math.abs((await cursorMs(page)) - timeMs) < 1000);
  await select(page, racks[1]!);
  const list = page.getByRole("combobox", { name: /^Add a value of/ });
  await list.selectOption("inletTemperature");
  const curves = page.getByRole("list", { name: "Curves and their values" }).getByRole("listitem");
  await until("two curves are there", async () => (await curves.count()) === 2);
  await until("it has a value", async () => /Air inlet [\d.]+ ?°C/.test(await said(page)));
  await takePicture(page, "trends");
  await curves.nth(1).getByRole("button", { name: /^Take/ }).press("Enter");
  await until("one is left", async () => (await curves.count()) === 1);
}, 240_000);

test("an asset that is dragged from the tree onto the panel is drawn", async () => {
  const { page } = opened;
  const line = page.getByRole("treeitem", { selected: true });
  await line.dragTo(page.getByRole("region", { name: "Trends" }));
  const curves = page.getByRole("list", { name: "Curves and their values" }).getByRole("listitem");
  await until("it is drawn", async () => (await curves.count()) === 2);
});

test("the wheel zooms curves and timeline alike, and the end of a drag is the end of a pan", async () => {
  const { page } = opened;
  const box = (await slider(page).boundingBox())!;
  const spanOf = async () => {
    const [from, to] = await slider(page).evaluate((element) => [
      Number(element.getAttribute("aria-valuemin")),
      Number(element.getAttribute("aria-valuemax")),
    ]);
    return { from: from!, span: to! - from! };
  };
  const before = await spanOf();
  await page.mouse.move(box.x + box.width / 2, box.y + 30);
  await page.mouse.wheel(0, -300);
  await until("it is nearer", async () => (await spanOf()).span < before.span * 0.9);
  const near = await spanOf();
  const cursor = await cursorMs(page);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 80, box.y + 30, { steps: 4 });
  await page.mouse.up();
  await until("it shows what was before", async () => (await spanOf()).from < near.from);
  expect(await cursorMs(page)).toBe(cursor);
  expect(opened.errors).toEqual([]);
});
