import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, openProduct } from "./support/browser.ts";
import {
  openDsxPlant,
  openSparkplugPlant,
  plantPoints,
  plantRacks,
  type RunningPlant,
  unclearPoints,
} from "./support/plant.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** The goal: this long from the page's address to a campus that is laid out and alive. */
const aliveWithinMs = 10_000;

/** Pictures to be looked at are written to this folder, at 1920×1080, where it is given. */
const pictures = process.env["ANNOUNCED_PICTURES"];
const pictureSize = { width: 1920, height: 1080 };
/** Small, for the machine draws in software. */
const size = { width: 1024, height: 640 };

/** A failing step says itself what it waited for. */
const patienceMs = 240_000;

let broker: Broker;
let product: Product;
let browser: Browser;
let plant: RunningPlant;
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  broker = await startBroker();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-announced-"));
});
afterEach(async () => {
  // One that goes on drawing would take the next one's time.
  for (const context of browser.contexts()) await context.close();
  await rm(folder, { recursive: true });
  await plant?.stop();
  await product?.stop();
  await broker?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  await page.setViewportSize(pictureSize);
  const folder = resolve(process.env["INIT_CWD"] ?? process.cwd(), pictures);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

/** Every rack stands and is fresh, and one of them is drawn in its legend's colour. */
const isAlive = async (page: Page, points: number): Promise<boolean> => {
  const shown = await page.evaluate(async () => {
    const { twin } = window;
    const status = twin.sources();
    const rack = twin.find("K10", 50).find(({ className }) => className === "rack")?.id;
    const value = rack === undefined ? undefined : twin.value(rack, "load");
    return { fresh: status?.points.fresh ?? 0, rack, freshness: value?.freshness };
  });
  return shown.fresh >= points && shown.freshness === "fresh";
};

/** A rack is drawn in its legend's colour, seen with the rest of its hall. */
const isColoured = (page: Page) =>
  page.evaluate(async () => {
    const { twin } = window;
    const rack = twin.find("K10", 50).find(({ className }) => className === "rack")!.id;
    // The plant goes on while the picture is drawn: its colour is that of a value from some time since it was begun.
    const seen = new Set<number>();
    const look = (): void => {
      const now = twin.value(rack, "power")?.value;
      if (now !== undefined && now !== null) seen.add(now);
    };
    look();
    const timer = setInterval(look, 100);
    await twin.settled();
    const colour = (await twin.view.colorOf(rack))?.join();
    clearInterval(timer);
    look();
    return [...seen].some((value) => twin.view.legendColor(value).join() === colour);
  });

const seesColour = async (page: Page): Promise<void> => {
  await page.evaluate(async () => {
    const { twin } = window;
    const hall = twin.find("DH1", 9).find(({ className }) => className === "room")!.id;
    twin.view.heatmap("power");
    await twin.view.flyTo(hall);
    await twin.settled();
  });
  await until("a rack has its legend's colour", () => isColoured(page), { withinMs: 60_000 });
};

const look = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  await page.setViewportSize(pictureSize);
  const rack = await page.evaluate(
    () => window.twin.find("K10", 50).find(({ className }) => className === "rack")!.id,
  );
  const above = (levels: number): string => rack.split("/").slice(0, -levels).join("/");
  const places = { campus: "site", building: above(4), room: above(2), rack };
  for (const [place, id] of Object.entries(places)) {
    await page.evaluate(async (asset) => {
      const { view } = window.twin;
      view.heatmap("load");
      view.select(asset);
      await view.flyTo(asset);
      if (asset === "site") view.select(null);
      await window.twin.settled();
    }, id);
    await picture(page, `${name}-${place}`);
  }
};

test(
  "a campus announced only by DSX metadata is laid out and alive in time, renamed and saved",
  async () => {
    const announced = await openDsxPlant(broker.url);
    plant = announced.run();
    const directory = join(folder, "twin");
    const options = ["--mqtt", broker.url, "--twin", "announced", "--save-twin", directory, "--lang", "en"];
    product = await startProduct(options);
    const startMs = performance.now();
    const { page, errors } = await openProduct(browser, product.url);
    await until("all points are fresh", () => isAlive(page, plantPoints));
    const aliveMs = performance.now() - startMs;
    console.log(
      `DSX: ${plantPoints} points, ${plantRacks} racks alive ${Math.round(aliveMs)} ms after ready`,
    );
    expect(aliveMs).toBeLessThan(aliveWithinMs);
    await seesColour(page);
    await look(page, "dsx");

    const hall = await page.evaluate(
      () => window.twin.find("DH2", 5).find((a) => a.className === "room")!.id,
    );
    await page.evaluate((id) => window.twin.view.select(id), hall);
    await page.getByLabel("Name, English").fill("Hall of fame");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("heading", { name: "Hall of fame" }).waitFor();
    await until("the renamed campus is alive", () => isAlive(page, plantPoints));
    await picture(page, "dsx-edited");
    await page.getByRole("button", { name: "Save twin directory" }).click();
    await page.getByText("files saved to").waitFor();
    const saved = loadTwin(await readTwinDirectory(directory));
    expect(saved.problems).toEqual([]);
    expect(saved.table("rack").count).toBe(plantRacks);
    const room = saved.find(hall)!;
    expect(saved.table(room.className).nameOf(room.row).en).toBe("Hall of fame");
    expect(errors).toEqual([]);
  },
  patienceMs,
);

test(
  "a campus announced only by births says that it waits, and is then laid out and alive in time",
  async () => {
    const announced = await openSparkplugPlant(broker.url);
    product = await startProduct(["--mqtt", broker.url, "--twin", "announced", "--lang", "en"]);
    const page = await browser.newPage({ viewport: size });
    await page.goto(product.url);
    await page.getByText("Waiting for announcements: 0 points so far").waitFor();
    await picture(page, "waiting");
    const startMs = performance.now();
    plant = announced.run();
    const mapped = plantPoints - unclearPoints;
    await until("all points are fresh", () => isAlive(page, mapped));
    await page.evaluate(() => window.twin.ready);
    const aliveMs = performance.now() - startMs;
    console.log(
      `births: ${mapped} points, ${plantRacks} racks alive ${Math.round(aliveMs)} ms after the first`,
    );
    expect(aliveMs).toBeLessThan(aliveWithinMs);
    await seesColour(page);
    // A birth names no class, and what generators measure others measure too: they are listed, not guessed.
    expect(await page.evaluate(() => window.twin.sources()?.metadata.unmapped)).toBe(unclearPoints);
    await look(page, "births");
  },
  patienceMs,
);
