import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { TwinApi } from "#renderer/automation/api.ts";
import { openProduct, picture } from "./support/browser.ts";
import { startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** A moment of the campus: start options that fix time, seed and weather. */
const moments = {
  day: ["--seed", "1", "--time", "2026-09-05T12:00:00+08:00"],
  noon: ["--seed", "1", "--time", "2026-07-31T12:20:00+08:00"],
  afternoon: ["--seed", "1", "--time", "2026-05-05T17:20:00+08:00"],
  evening: ["--seed", "1", "--time", "2026-05-05T18:52:00+08:00"],
  lowSun: ["--seed", "3", "--time", "2026-08-28T17:40:00+08:00"],
  blueHour: ["--seed", "1", "--time", "2026-09-09T19:10:00+08:00"],
  night: ["--seed", "3", "--time", "2026-09-22T21:00:00+08:00"],
  snow: ["--seed", "6", "--time", "2025-12-09T15:10:00+08:00"],
  dust: ["--seed", "1", "--scenario", "sand-storm", "--scenario-at", "6600", "--plant-speed", "1"],
} as const;

interface GalleryView {
  readonly name: string;
  readonly moment: keyof typeof moments;
  readonly camera: string;
  readonly heatmap?: string;
  readonly xray?: boolean;
  /** In the range zoomed to what is looked at. */
  readonly zoom?: boolean;
  readonly energy?: boolean;
  /** What the legend reads the value of. */
  readonly select?: string;
}

/** The twelve pictures that the product is judged by (docs/GALLERY.md). */
const views: readonly GalleryView[] = [
  { name: "region", moment: "blueHour", camera: "region" },
  { name: "campus-noon", moment: "day", camera: "campus" },
  { name: "campus-blue-hour", moment: "blueHour", camera: "front" },
  { name: "night", moment: "night", camera: "street" },
  { name: "dust-storm", moment: "dust", camera: "approach" },
  { name: "snow", moment: "snow", camera: "rows" },
  { name: "solar-field", moment: "afternoon", camera: "solar", zoom: true },
  { name: "wind-inset", moment: "evening", camera: "wind", zoom: true },
  { name: "energy", moment: "lowSun", camera: "energy", energy: true },
  { name: "x-ray", moment: "blueHour", camera: "hall", heatmap: "load", xray: true },
  { name: "hero-room", moment: "noon", camera: "room", heatmap: "inletTemperature", zoom: true },
  {
    name: "rack",
    moment: "noon",
    camera: "rack",
    heatmap: "power",
    zoom: true,
    select: "a/hero/f1/r1/row01/k21",
  },
];

/** Those that a display wall shows too. */
const wides: ReadonlySet<string> = new Set(["region", "campus-blue-hour", "energy"]);

type Language = "zh" | "en";

interface Taking {
  readonly out: string;
  readonly language: Language;
  /** Names of views to take; undefined for all. A wide one is `NAME-wide`. */
  readonly only: readonly string[] | undefined;
}

interface Shape {
  readonly mode: "desk" | "wall";
  readonly suffix: "" | "-wide";
  readonly size: { readonly width: number; readonly height: number };
}

const desk: Shape = { mode: "desk", suffix: "", size: { width: 1920, height: 1080 } };
const wall: Shape = { mode: "wall", suffix: "-wide", size: { width: 5760, height: 1080 } };

/** What was declared has come, and the weather with it. */
const isFull = (page: Page): Promise<true> =>
  until(
    "values are shown",
    () =>
      page.evaluate(() => {
        const now = window.twin.sources();
        const air = window.twin.value("h/wx", "visibility");
        return now && (now.coverage ?? 0) > 0.97 && typeof air?.value === "number" ? true : null;
      }),
    { withinMs: 120_000 },
  );

const arrange = (page: Page, view: GalleryView): Promise<void> =>
  page.evaluate(async ({ camera, heatmap, xray, energy, select, zoom }) => {
    const { view: looks } = window.twin as TwinApi;
    looks.follow(false);
    looks.panels("few");
    looks.heatmap(heatmap ?? "load");
    looks.xray(xray ?? false);
    (looks as { energy?: (isOn: boolean) => unknown }).energy?.(energy ?? false);
    await looks.stand(camera);
    if (select !== undefined) looks.select(select);
    await window.twin.settled();
    if (zoom) looks.zoom(true);
    await window.twin.settled();
    // What is found in view is named with the picture after.
    await window.twin.settled();
  }, view);

const takeMoment = async (
  browser: Browser,
  {
    moment,
    due,
    shape,
    out,
    language,
  }: Taking & { moment: keyof typeof moments; due: readonly GalleryView[]; shape: Shape },
): Promise<void> => {
  // The plant is held meanwhile, so that values told beside one another are of one moment.
  const pace = moment === "dust" ? [] : ["--plant-speed", "0"];
  const product = await startProduct([...moments[moment], ...pace, "--mode", shape.mode, "--lang", language]);
  try {
    const { page, errors } = await openProduct(browser, product.url, shape.size);
    await isFull(page);
    for (const view of due) {
      await arrange(page, view);
      const file = `${view.name}${shape.suffix}-${language}.png`;
      await picture(page, join(out, file));
      console.log(file);
    }
    await page.close();
    if (errors.length > 0) throw new Error(`the page reported: ${errors.join("; ")}`);
  } finally {
    await product.stop();
  }
};

/** Takes the views, those of one moment from one start of the product. */
export const takeViews = async (browser: Browser, taking: Taking): Promise<void> => {
  for (const shape of [desk, wall]) {
    const wanted = views.filter(
      ({ name }) =>
        (shape === desk || wides.has(name)) && (taking.only?.includes(name + shape.suffix) ?? true),
    );
    for (const [moment, due] of Map.groupBy(wanted, (view) => view.moment))
      await takeMoment(browser, { ...taking, moment, due, shape });
  }
};

export const isView = (name: string): boolean =>
  views.some((view) => name === view.name || (wides.has(view.name) && name === `${view.name}-wide`));
