import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Log, openLog } from "#feed/log/log.ts";
import { cellValue } from "#feed/log/state.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { TwinFiles } from "#twins/model/twin.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { takePicture, writePicture } from "./support/pictures.ts";
import { type Product, startProduct } from "./support/product.ts";
import { createFolder, startRecording } from "./support/record.ts";
import { until } from "./support/until.ts";

/** Wide enough for all of the timeline, and no larger: the machine draws in software. */
const view = { width: 1366, height: 768 };
const recordS = 40;

const { folder, remove } = createFolder();
let browser: Browser;
let rack = "";

beforeAll(async () => {
  [rack = ""] = await occupiedRacks(1);
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  remove();
});

const playerOf = (page: Page) =>
  page.evaluate(() => ({ ...window.twin.player.replay!, state: window.twin.player.state }));
const powerOf = (page: Page) => page.evaluate((id) => window.twin.value(id, "power"), rack);
/** The campus that a log was recorded of. */
const twinIn = ({ files: [first] }: Log) => {
  const { files, racks } = JSON.parse(first!.twin()!) as { files: TwinFiles; racks: number };
  return loadTwin(files, { racks });
};
const badge = (page: Page) => page.locator(".timeline-badge").textContent();
const isAt = (page: Page, what: string, is: (cursorMs: number) => boolean) =>
  until(what, async () => is((await playerOf(page)).cursorMs));

describe("a live session is wound back while it is recorded", () => {
  let product: Product;
  let opened: OpenPage;

  beforeAll(async () => {
    product = await startRecording(folder, recordS);
    opened = await openProduct(browser, product.url, view);
  }, 180_000);

  afterAll(async () => {
    await product?.stop();
  });

  test("a drag on the axis leaves the present, says so, and shows what was known then", async () => {
    const { page } = opened;
    expect(await badge(page)).toBe("LIVE");
    await until("the rack has a value", async () => (await powerOf(page))?.freshness === "fresh");
    const axis = page.getByRole("slider", { name: "Moment of the recording" });
    const box = (await axis.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 8, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.45, box.y + 8, { steps: 4 });
    await page.mouse.up();
    await until("the replay stands", async () => (await badge(page)) === "REPLAY");
    expect((await playerOf(page)).isPlaying).toBe(false);
    const log = openLog([folder]);
    if (!log.ok) throw new Error(log.error.message);
    const { row } = twinIn(log.value).find(rack)!;
    const recordedAt = (timeMs: number) => {
      const racks = log.value.stateAt(timeMs)!.classes.find(({ layout }) => layout.name === "rack")!;
      const cell = racks.layout.columns.findIndex(({ id }) => id === "power") * racks.layout.rows + row;
      return { receivedTimeMs: racks.receivedTimeMs[cell], value: cellValue(racks, cell) };
    };
    // The drag's last seek may be on its way still: cursor and value are read together until they are of one moment.
    const read = () =>
      page.evaluate((id) => {
        const { player, value } = window.twin;
        return { cursorMs: player.replay!.cursorMs, shown: value(id, "power")! };
      }, rack);
    let seen = await read();
    await until("the value is of the cursor's moment", async () => {
      seen = await read();
      return seen.shown.receivedTimeMs === recordedAt(seen.cursorMs).receivedTimeMs;
    });
    const { shown, cursorMs } = seen;
    const recorded = recordedAt(cursorMs);
    expect(shown.receivedTimeMs).toBeLessThanOrEqual(cursorMs);
    expect(shown.receivedTimeMs).toBe(recorded.receivedTimeMs);
    expect(shown.value).toBeCloseTo(recorded.value, 4);
    log.value.close();
    await takePicture(page, "replay-rewound");
  });

  test("Esc comes back to the present, which went on meanwhile", async () => {
    const { page } = opened;
    const then = (await powerOf(page))!.receivedTimeMs!;
    await page.keyboard.press("Escape");
    await until("it is live", async () => (await badge(page)) === "LIVE");
    await until("the value is of now", async () => {
      const now = await powerOf(page);
      return now?.freshness === "fresh" && now.receivedTimeMs! > then;
    });
    expect(await page.evaluate(() => window.twin.player.replay)).toBeNull();
  });

  test("Space stands at the present, and goes on from there, behind it", async () => {
    const { page } = opened;
    await page.keyboard.press("Space");
    await until("it stands", async () =>
      page.evaluate(() => window.twin.player.replay && !window.twin.player.replay.isPlaying),
    );
    const stood = (await playerOf(page)).cursorMs;
    await page.keyboard.press("Space");
    await isAt(page, "the replay goes on", (cursorMs) => cursorMs > stood + 500);
    expect(await badge(page)).toBe("REPLAY");
    await page.keyboard.press("Escape");
    expect(opened.errors).toEqual([]);
  });
});

describe("the recording by itself, by keyboard alone", () => {
  let product: Product;
  let opened: OpenPage;

  beforeAll(async () => {
    product = await startProduct(["--lang", "en", "--log", folder]);
    opened = await openProduct(browser, product.url, view);
  }, 120_000);

  afterAll(async () => {
    await product?.stop();
  });

  test("opens as a recording, which nobody can mistake for the present", async () => {
    const { page } = opened;
    expect(await badge(page)).toBe("REPLAY");
    await page.locator(".status-bar").getByText("Recording", { exact: true }).waitFor();
    expect(await page.getByText("The source was stopped").count()).toBe(0);
    await until("values are there", async () => (await powerOf(page))?.quality === "good");
  });

  test("Home, End and arrows step; J, K and L shuttle", async () => {
    const { page } = opened;
    await page.keyboard.press("End");
    const { range } = await playerOf(page);
    await isAt(page, "the end", (cursorMs) => cursorMs === range.toMs);
    await page.keyboard.press("Home");
    await isAt(page, "the beginning", (cursorMs) => cursorMs === range.fromMs);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("ArrowRight");
    await isAt(page, "eleven seconds on", (cursorMs) => cursorMs === range.fromMs + 11_000);
    await page.keyboard.press("ArrowLeft");
    await isAt(page, "one back", (cursorMs) => cursorMs === range.fromMs + 10_000);
    await page.keyboard.press("l");
    await isAt(page, "it plays", (cursorMs) => cursorMs > range.fromMs + 11_000);
    await page.keyboard.press("l");
    await until("faster", async () => (await playerOf(page)).speed > 1);
    await page.keyboard.press("k");
    await until("it stands", async () => !(await playerOf(page)).isPlaying);
    const stood = (await playerOf(page)).cursorMs;
    await page.keyboard.press("j");
    await isAt(page, "it runs backwards", (cursorMs) => cursorMs < stood - 500);
    await page.keyboard.press("k");
    await until("it stands", async () => !(await playerOf(page)).isPlaying);
  });

  test("a time is typed, and what is no time is told", async () => {
    const { page } = opened;
    const { range } = await playerOf(page);
    await page.keyboard.press("Home");
    await isAt(page, "the beginning", (cursorMs) => cursorMs === range.fromMs);
    await page.keyboard.press("t");
    await page.keyboard.type("+20s");
    await page.keyboard.press("Enter");
    await isAt(page, "twenty seconds on", (cursorMs) => Math.abs(cursorMs - range.fromMs - 20_000) < 1000);
    await page.keyboard.press("t");
    await page.keyboard.type("tomorrow");
    await page.keyboard.press("Enter");
    await page.getByText("Not a time.").waitFor();
    await page.keyboard.press("Escape");
  });

  test("I and O make a loop that is never left; a bookmark and a note stay with the recording", async () => {
    const { page } = opened;
    const { range } = await playerOf(page);
    await page.evaluate((seekMs) => window.twin.player.seek(seekMs), range.fromMs + 15_000);
    await isAt(page, "the loop's beginning", (cursorMs) => cursorMs === range.fromMs + 15_000);
    await page.keyboard.press("i");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await isAt(page, "the loop's end", (cursorMs) => cursorMs === range.fromMs + 17_000);
    await page.keyboard.press("o");
    await until("it loops", async () => (await playerOf(page)).loop?.toMs === range.fromMs + 17_000);
    await page.keyboard.press("Space");
    await until("it plays", async () => (await playerOf(page)).isPlaying);
    let before = 0;
    await until("it began anew", async () => {
      const { cursorMs } = await playerOf(page);
      expect(cursorMs).toBeLessThanOrEqual(range.fromMs + 17_000);
      const isBack = cursorMs < before;
      before = cursorMs;
      return isBack;
    });
    await page.keyboard.press("Space");
    await page.keyboard.press("m");
    await page.getByRole("textbox", { name: "Text" }).fill("fans speed up");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Bookmarks and notes (1)" }).waitFor();
    await page.keyboard.press("m");
    await page.getByRole("button", { name: "From I to O" }).press("Enter");
    await page.getByRole("textbox", { name: "Text" }).fill("two seconds to look at");
    await page.getByRole("textbox", { name: "Text" }).press("Enter");
    await page.getByRole("button", { name: "Bookmarks and notes (2)" }).waitFor();
    await page.keyboard.press("r");
    await until("the loop is off", async () => (await playerOf(page)).loop === null);
    await takePicture(page, "replay-marks");
  });

  test("a value becomes a curve under the same cursor, and goes on being one", async () => {
    const { page } = opened;
    const { range } = await playerOf(page);
    await page.evaluate((id) => window.twin.view.select(id), rack);
    await page.getByRole("button", { name: "Draw Power as a trend" }).press("Enter");
    await page.getByRole("button", { name: "Draw Air inlet as a trend" }).press("Enter");
    const trends = page.getByRole("region", { name: "Trends" });
    const lines = trends.getByRole("list", { name: "Curves and their values" }).getByRole("listitem");
    await until("both curves are there", async () => (await lines.count()) === 2);
    await page.evaluate((seekMs) => window.twin.player.seek(seekMs), range.toMs - 5_000);
    await isAt(page, "another moment", (cursorMs) => cursorMs === range.toMs - 5_000);
    await until("the curve says what the inspector says", async () => {
      const { value } = (await powerOf(page))!;
      return (await lines.first().textContent())!.includes(value!.toFixed(2));
    });
    await takePicture(page, "replay-trends");
    await page.keyboard.press("Escape");
  });

  test("values go out as CSV, gaps and all, and the picture with its legend, by mouse alone", async () => {
    const { page } = opened;
    await page.evaluate((id) => window.twin.view.select(id), rack);
    await page.getByRole("button", { name: "Export values or the picture" }).click();
    await page.getByRole("radio", { name: /All of the recording/ }).check();
    await page.getByRole("radio", { name: /8 points/ }).check();
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download", { timeout: 120_000 }),
        page.getByRole("button", { name: button, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const csv = await saved("CSV for Excel");
    expect(csv.name).toMatch(/^horinger-.*\.csv$/);
    await takePicture(page, "replay-export");
    const rows = csv.bytes.toString("utf8").split("\r\n").filter(Boolean);
    expect(rows[0]!.charCodeAt(0)).toBe(0xfeff);
    const log = openLog([folder]);
    if (!log.ok) throw new Error(log.error.message);
    const { row } = twinIn(log.value).find(rack)!;
    const { startMs: fromMs, endMs: toMs } = log.value;
    const logged = log.value.range({ className: "rack", row, metric: "power", fromMs, toMs });
    log.value.close();
    const column = rows[0]!
      .split(",")
      .findIndex((head) => head.startsWith(`${rack} `) && head.endsWith("[kW]"));
    const out = new Set(rows.slice(1).map((line) => line.split(",")[column]));
    expect(logged.value.length).toBeGreaterThan(2);
    for (const value of logged.value) expect(out).toContain(String(Number(value.toFixed(2))));
    const png = await saved("Picture (PNG)");
    expect(png.name).toMatch(/^horinger-\d{8}T\d{6}Z\.png$/);
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    writePicture("replay-picture", png.bytes);
    await page.getByText(`${png.name} was saved`).waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate(() => window.twin.view.select(null));
  });

  test("the next event is found, and the page reported no error", async () => {
    const { page } = opened;
    const { range } = await playerOf(page);
    await page.keyboard.press("End");
    await isAt(page, "the end", (cursorMs) => cursorMs === range.toMs);
    await page.keyboard.press(",");
    await isAt(page, "an event before", (cursorMs) => cursorMs < range.toMs);
    expect(opened.errors).toEqual([]);
  });
});
