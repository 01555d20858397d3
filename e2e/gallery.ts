import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { readScenarios, takeScenario } from "./gallery-scenario.ts";
import { isView, takeViews } from "./gallery-views.ts";
import { startBroker } from "./support/broker.ts";
import { launchBrowser, openProduct, picture } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { startProduct } from "./support/product.ts";
import { startPublish } from "./support/publish.ts";
import { until } from "./support/until.ts";

/**
 * `npm run gallery -- --out DIR`: pictures of the product to be looked at, from fixed times and seeds: the twelve views
 * at 1920×1080 and the wide ones at 5760×1080 (`--lang zh|en`; zh). With `--panels` those of panels, wall and outages
 * in both languages instead, with `--scenario NAME|all` those of scenarios, with a contact sheet for each.
 * `--only NAME,NAME` takes some.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: "string", default: "gallery" },
    only: { type: "string" },
    scenario: { type: "string" },
    panels: { type: "boolean", default: false },
    lang: { type: "string", default: "zh" },
  },
});
const out = resolve(process.env["INIT_CWD"] ?? process.cwd(), options.out);
const size = { width: 1920, height: 1080 };

interface Shot {
  readonly name: string;
  /** Asset to fly to; null stays at the whole campus. Runs in the page, so that it needs no ids of its own. */
  readonly place: "campus" | "building" | "room" | "rack";
  readonly heatmap: string;
  readonly mode: "desk" | "wall";
}

const shots: readonly Shot[] = [
  { name: "campus", place: "campus", heatmap: "load", mode: "desk" },
  { name: "building", place: "building", heatmap: "power", mode: "desk" },
  { name: "room", place: "room", heatmap: "inletTemperature", mode: "desk" },
  { name: "rack", place: "rack", heatmap: "load", mode: "desk" },
  { name: "pue", place: "building", heatmap: "pue", mode: "desk" },
  { name: "wall", place: "campus", heatmap: "load", mode: "wall" },
];

/** Levels of a rack's id: zone, building, floor, room, row, rack. */
const depths = { campus: 0, building: 2, room: 4, rack: 6 } as const;

/** Flies to a rack or to what holds it, and waits until the picture stands still. */
const pose = async (page: Page, { place, heatmap }: Shot): Promise<void> => {
  const [rack = ""] = await occupiedRacks(1);
  const id = rack.split("/").slice(0, depths[place]).join("/");
  await page.evaluate(
    async ([asset, metric]) => {
      const { view } = window.twin;
      view.heatmap(metric);
      if (asset) {
        view.select(asset);
        await view.flyTo(asset);
      }
      await window.twin.settled();
    },
    [id, heatmap] as const,
  );
};

const hasValues = (page: Page) =>
  until("values are shown", () =>
    page.evaluate(() => {
      const status = window.twin.sources();
      return status && (status.coverage ?? 0) > 0.9 ? true : null;
    }),
  );

const takeLive = async (browser: Browser, language: "zh" | "en"): Promise<void> => {
  for (const mode of ["desk", "wall"] as const) {
    const product = await startProduct(["--lang", language, "--mode", mode]);
    try {
      const { page } = await openProduct(browser, product.url, size);
      await hasValues(page);
      for (const shot of shots.filter((each) => each.mode === mode && wanted(each.name))) {
        await pose(page, shot);
        await take(page, `${shot.name}-${language}`);
      }
      await page.close();
    } finally {
      await product.stop();
    }
  }
};

const isStale = (page: Page) =>
  until(
    "everything is stale",
    () =>
      page.evaluate(() => {
        const points = window.twin.sources()?.points;
        return points && points.fresh === 0 && points.late === 0 ? true : null;
      }),
    { withinMs: 180_000 },
  );

const take = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(() => window.twin.settled());
  await picture(page, join(out, `${name}.png`));
  console.log(`${name}.png`);
};

/** The plant's values over a broker of our own, which then dies: what is left must not pose as current. */
const takeDeadBroker = async (
  browser: Browser,
  language: "zh" | "en",
  mode: "desk" | "wall",
): Promise<void> => {
  const broker = await startBroker();
  const publishing = await startPublish(broker.url);
  const product = await startProduct(["--mqtt", broker.url, "--lang", language, "--mode", mode]);
  try {
    const { page } = await openProduct(browser, product.url, size);
    await hasValues(page);
    await broker.kill();
    await isStale(page);
    await take(page, mode === "desk" ? `dead-broker-${language}` : `dead-broker-wall-${language}`);
    await page.close();
  } finally {
    await product.stop();
    await publishing.stop();
    await broker.stop();
  }
};

const only = options.only?.split(",");

const wanted = (name: string): boolean => only?.includes(name) ?? true;

await mkdir(out, { recursive: true });
const browser = await launchBrowser();
try {
  if (options.scenario !== undefined) {
    for (const scenario of await readScenarios(options.scenario)) await takeScenario(browser, scenario, out);
  } else if (options.panels) {
    for (const language of ["zh", "en"] as const) {
      await takeLive(browser, language);
      if (wanted("dead-broker")) await takeDeadBroker(browser, language, "desk");
      if (wanted("dead-broker-wall")) await takeDeadBroker(browser, language, "wall");
    }
  } else {
    const unknown = only?.filter((name) => !isView(name)) ?? [];
    if (unknown.length > 0) throw new Error(`no view ${unknown.join(", ")}`);
    await takeViews(browser, { out, language: options.lang === "en" ? "en" : "zh", only });
  }
} finally {
  await browser.close();
}
