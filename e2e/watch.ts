import { chromium } from "playwright-core";
import { chromiumArguments } from "#build/browser.ts";
import { ensureChromium } from "#build/tools.ts";
import type { PointValue, TwinApi } from "#renderer/automation/api.ts";
import { occupiedRacks } from "./support/campus.ts";

/**
 * Opens a running product in Chromium and waits until a rack's power was seen with two different good values.
 * Usage: node e2e/watch.ts URL. Prints one line of JSON; exit status 1 when nothing moved in a minute.
 */
const [url] = process.argv.slice(2);
if (!url) throw new Error("usage: watch.ts URL");

const deadlineMs = 60_000;

/** Runs in the page. Returns good samples of the first rack until two of them differ. */
const watchRack = async ([id, waitMs]: readonly [string, number]) => {
  const { twin } = globalThis as unknown as { twin: TwinApi };
  await twin.ready;
  const samples: (PointValue & { asset: string })[] = [];
  const start = performance.now();
  while (performance.now() - start < waitMs) {
    const now = twin.value(id, "power");
    const last = samples.at(-1);
    if (now?.quality === "good" && now.freshness === "fresh" && now.value !== last?.value)
      samples.push({ asset: id, ...now });
    if (samples.length === 2) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { samples, stats: twin.stats() };
};

const [rack = ""] = await occupiedRacks(1);
const tool = await ensureChromium();
const start = performance.now();
const browser = await chromium.launch({
  executablePath: tool.path,
  env: { ...process.env, ...tool.env },
  args: chromiumArguments,
});
const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
const errors: string[] = [];
page.on("pageerror", (error) => errors.push(error.message));
await page.goto(url);
const seen = await page.evaluate(watchRack, [rack, deadlineMs] as const);
await browser.close();
console.log(JSON.stringify({ ...seen, errors, durationMs: Math.round(performance.now() - start) }));
process.exitCode = seen.samples.length === 2 ? 0 : 1;
