import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { ScenarioNow } from "#renderer/automation/api.ts";
import type { Scenario } from "#twins/scenario/scenario.ts";
import { openProduct, picture } from "./support/browser.ts";
import { makeContactSheet, type SheetPicture } from "./support/contact-sheet.ts";
import { startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

type Language = "zh" | "en";

const size = { width: 1920, height: 1080 };
/** Racks where a scenario does not say how many it needs: enough for every class of machine. */
const usualRacks = 4000;
/** Every value has come once by then (declared period), racks of the last room too, and the trend has begun. */
const everyValueMs = 10_000;
/** While the page opens the course must not run past its next view. */
const speed = 1;

const scenarioFolder = join(import.meta.dirname, "..", "twins", "horinger", "scenarios");

/** @param name of one, some with commas between them, or `all` */
export const readScenarios = async (name: string): Promise<readonly Scenario[]> => {
  const known = (await readdir(scenarioFolder)).filter((file) => file.endsWith(".json")).sort();
  const files = name === "all" ? known : name.split(",").map((each) => `${each}.json`);
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(scenarioFolder, file), "utf8")) as Scenario),
  );
};

/** What is shown is of the plant as it is now, and the scenario's view is due. */
const isReady = (page: Page, view: number): Promise<ScenarioNow> =>
  until(
    `values are fresh and view ${view} is due`,
    () =>
      page.evaluate((index) => {
        const now = window.twin.scenario();
        const points = window.twin.sources()?.points;
        const isFresh = points !== undefined && points.known > 0 && points.fresh / points.known > 0.9;
        return now && now.view >= index && isFresh ? now : null;
      }, view),
    { withinMs: 120_000 },
  );

const clockOf = (scenario: ScenarioNow): string => {
  const site = new Date(scenario.plantTimeMs + 8 * 3_600_000).toISOString();
  const elapsed = new Date(scenario.elapsedS * 1000).toISOString().slice(11, 19);
  return `${site.slice(0, 10)} ${site.slice(11, 19)} UTC+8 · T+${elapsed}`;
};

interface Shot {
  readonly scenario: Scenario;
  readonly view: number;
  readonly language: Language;
  readonly folder: string;
}

/** Starts the product at the moment of one view and takes its picture. */
const takeView = async (
  browser: Browser,
  { scenario, view, language, folder }: Shot,
): Promise<SheetPicture> => {
  const { atS, say } = scenario.views[view]!;
  const product = await startProduct([
    ...["--scenario", scenario.id, "--scenario-at", String(atS), "--plant-speed", String(speed)],
    ...["--scale", String(scenario.racks ?? usualRacks), "--lang", language],
  ]);
  try {
    const { page, errors } = await openProduct(browser, product.url, size);
    await isReady(page, view);
    await page.waitForTimeout(everyValueMs);
    await page.evaluate(() => window.twin.view.follow(true));
    await page.evaluate(() => window.twin.settled());
    const now = (await page.evaluate(() => window.twin.scenario())) ?? (await isReady(page, view));
    const file = `${scenario.id}-${view + 1}-${language}.png`;
    await picture(page, join(folder, file));
    await page.close();
    if (errors.length > 0) throw new Error(`the page of ${file} reported: ${errors.join("; ")}`);
    console.log(file);
    return {
      file,
      clock: clockOf(now),
      view: `${view + 1}/${scenario.views.length} ${say?.[language] ?? scenario.views[view]?.asset ?? ""}`,
      say: now.event?.[language] ?? "",
    };
  } finally {
    await product.stop();
  }
};

const noteOf = ({ source }: Scenario): string =>
  source === null
    ? "情景演练(仿真)· Scenario drill (simulated) · 虚构情景"
    : `情景演练(仿真)· Scenario drill (simulated) · 公开报道时间点 / 仿真曲线:${source.publisher},${source.date},${source.grade} 级`;

/** Six pictures of a scenario in Chinese, the first one in English too, and one sheet of them. */
export const takeScenario = async (browser: Browser, scenario: Scenario, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const pictures: SheetPicture[] = [];
  for (const view of scenario.views.keys())
    pictures.push(await takeView(browser, { scenario, view, language: "zh", folder }));
  await takeView(browser, { scenario, view: 0, language: "en", folder });
  const title = `${scenario.title.zh} · ${scenario.title.en}`;
  await makeContactSheet(browser, folder, { name: scenario.id, title, note: noteOf(scenario), pictures });
  console.log(`${scenario.id}.png, ${scenario.id}.jpg: the sheet`);
};
