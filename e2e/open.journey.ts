import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLog } from "#feed/log/log.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { takePicture } from "./support/pictures.ts";
import { type Product, startProduct } from "./support/product.ts";
import { createFolder, startRecording } from "./support/record.ts";
import { until } from "./support/until.ts";

/** Small, for the machine draws in software: each recording is a page of its own. */
const view = { width: 960, height: 560 };
/** Pages are opened anew, each with its scene. */
const slow = 180_000;
const { folder, remove } = createFolder();
/** Files that people have on their disk. */
const desk = join(folder, "desk");
let browser: Browser;
let product: Product;
let opened: OpenPage;
let rack = "";
let whole = "";
let cut = "";
let text = "";

beforeAll(async () => {
  [rack = ""] = await occupiedRacks(1);
  mkdirSync(desk);
  // Recorded while the page is opened: both take their time, and neither asks for the other.
  const recording = startRecording(folder, 30);
  browser = await launchBrowser();
  product = await startProduct(["--scale", "1000", "--lang", "en"]);
  opened = await openProduct(browser, product.url, view);
  await (await recording).stop();
  const name = readdirSync(folder).find((each) => each.endsWith(".mcap"))!;
  [whole, cut, text] = [join(folder, name), join(desk, "cut.mcap"), join(desk, "notes.txt")];
  copyFileSync(whole, cut);
  truncateSync(cut, Math.floor(statSync(whole).size * 0.8));
  writeFileSync(text, "not a recording");
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  remove();
});

const badge = (page: Page) => page.locator(".timeline-badge").textContent();
const input = (page: Page) => page.locator("input[type=file]");

/** A drag of files over the window, and their drop, as a browser reports them. */
const drag = (page: Page, files: readonly string[], events: readonly string[]) =>
  page.evaluate(
    ({ given, names }) => {
      const transfer = new DataTransfer();
      for (const { name, base64, type } of given) {
        const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
      }
      for (const name of names)
        document.body.dispatchEvent(
          new DragEvent(name, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
    },
    {
      given: files.map((path) => ({
        name: path.slice(path.lastIndexOf("/") + 1),
        base64: readFileSync(path).toString("base64"),
        type: path.endsWith(".txt") ? "text/plain" : "",
      })),
      names: events,
    },
  );

const stands = async (page: Page): Promise<void> => {
  await page.waitForURL(/\/\?log=/, { timeout: 60_000 });
  await until("the recording's page stands", () =>
    page.evaluate(() => window.twin !== undefined).catch(() => false),
  );
  await page.evaluate(() => window.twin.ready);
  await until("it is a replay", async () => (await badge(page)) === "REPLAY");
};

test(
  "a text that is dragged over the window is told apart, and refused in words when it is dropped",
  async () => {
    const { page } = opened;
    await drag(page, [text], ["dragenter", "dragover"]);
    await page.getByText("This is no recording").waitFor();
    await drag(page, [text], ["drop"]);
    const card = page.getByRole("dialog", { name: "Opening a recording" });
    await card.getByText("This file is no recording.").waitFor();
    await card.getByText("File: notes.txt").waitFor();
    await takePicture(page, "open-refused");
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("");
    expect(await page.evaluate(() => window.twin.player.replay)).toBeNull();
  },
  slow,
);

test(
  "what only looks like a recording is refused by the product, and the page stays as it is",
  async () => {
    const { page } = opened;
    await input(page).setInputFiles({
      name: "fake.mcap",
      mimeType: "",
      buffer: Buffer.from("not a recording either"),
    });
    await page.getByText("This file is no recording.").waitFor();
    await page.getByText("File: fake.mcap").waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
  },
  slow,
);

test(
  "a recording that is dropped is shown by itself, with its values, and live is one step back",
  async () => {
    const { page } = opened;
    await drag(page, [whole], ["dragenter", "dragover"]);
    await page.getByText("Drop to open the recording").waitFor();
    await takePicture(page, "open-drop");
    await drag(page, [whole], ["drop"]);
    await stands(page);
    await page.locator(".status-bar").getByText("Recording", { exact: true }).waitFor();
    const log = openLog([whole]);
    if (!log.ok) throw new Error(log.error.message);
    const { startMs, endMs } = log.value;
    log.value.close();
    const shown = await page.evaluate(() => window.twin.player.replay!.range);
    expect(shown).toEqual({ fromMs: startMs, toMs: endMs });
    await until("values are there", async () => {
      const power = await page.evaluate((id) => window.twin.value(id, "power"), rack);
      return power?.quality === "good" && power.receivedTimeMs! >= startMs && power.receivedTimeMs! <= endMs;
    });
    await takePicture(page, "open-shown");
    await page.getByRole("link", { name: "Back to live" }).click();
    await until("the page is live", () =>
      page.evaluate(() => location.search === "" && window.twin !== undefined).catch(() => false),
    );
    await page.evaluate(() => window.twin.ready);
    await until("it is live", async () => (await badge(page)) === "LIVE");
  },
  slow,
);

test(
  "a cut recording is chosen by the button, and opens with what is whole",
  async () => {
    const { page } = opened;
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Open recording" }).press("Enter"),
    ]);
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles([cut]);
    await stands(page);
    await page.locator(".status-bar").getByText("cut.mcap").waitFor();
    const { fromMs, toMs } = await page.evaluate(() => window.twin.player.replay!.range);
    expect(toMs - fromMs).toBeGreaterThan(5_000);
  },
  slow,
);

test(
  "a recording that is not open any more says so, and leads back",
  async () => {
    const { page } = opened;
    const address = new URL(page.url());
    address.search = "?log=longgone";
    await page.goto(address.href);
    await page.getByText("This recording is no longer open").waitFor();
    await page.getByRole("link", { name: "Go to what the product was started with" }).click();
    await until("it is live", async () => (await badge(page).catch(() => null)) === "LIVE");
    expect(opened.errors).toEqual([]);
  },
  slow,
);
