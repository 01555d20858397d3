import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { chromiumArguments } from "#build/browser.ts";
import { buildBundle, isUpToDate, page as pageBundle } from "#build/bundles.ts";
import { ensureChromium } from "#build/tools.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import type { TwinApi } from "#renderer/automation/api.ts";
import { loadTwin } from "#twins/model/load.ts";

/** How long a start takes, of a built tree. Medians over the runs; every time counts from the start of the process. */
export interface StartupFigures {
  /** Until the address works. */
  readonly addressMs: number;
  /** Until the line `{"ready":true,…}`: the first good value is in the feed. */
  readonly readyMs: number;
  /** Until a frame was drawn in Chromium with a good, fresh value of a rack behind it. */
  readonly firstPictureMs: number;
  readonly runs: readonly {
    readonly addressMs: number;
    readonly readyMs: number;
    readonly firstPictureMs: number;
  }[];
  /** Rows the page knew: racks and everything else. */
  readonly rows: number;
  /** What the figures hold for: software GL unless a GPU is named. */
  readonly hardware: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly renderer: string;
    readonly node: string;
    readonly chromium: string;
  };
}

type Run = StartupFigures["runs"][number];

const root = join(import.meta.dirname, "..");
const runCount = 5;
/** Far beyond any start that is worth a figure. */
const limitMs = 120_000;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Resolves with the first match in what the process prints, and when that was. */
const printed = (
  child: ChildProcess,
  pattern: RegExp,
): Promise<{ readonly found: string; readonly atMs: number }> =>
  new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const [found] = pattern.exec(output) ?? [];
      if (found) resolve({ found, atMs: performance.now() });
    });
    child.once("exit", (status) =>
      reject(new Error(`the product ended with ${status} before it printed ${pattern}`)),
    );
  });

/** What the functions below find in the page; this file itself is typed for Node. */
interface PageGlobals {
  readonly twin: TwinApi;
  readonly requestAnimationFrame: (callback: (timeMs: number) => void) => number;
  readonly OffscreenCanvas: new (
    width: number,
    height: number,
  ) => {
    getContext(kind: "webgl2"): {
      getExtension(name: string): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
      getParameter(name: number): unknown;
    } | null;
  };
}

/** Waits in the page until a rack has a good value and a frame was drawn after it; returns the racks known by then. */
const firstPicture = async (rack: string): Promise<number> => {
  const { twin, requestAnimationFrame: nextFrame } = globalThis as unknown as PageGlobals;
  await twin.ready;
  const isGood = () => {
    const point = twin.value(rack, "power");
    return point?.quality === "good" && point.freshness === "fresh";
  };
  while (!isGood()) await new Promise(nextFrame);
  // The next frame to be finished shows it; waiting for all uploads to settle would measure the flow of data instead.
  const { frames } = twin.stats();
  while (twin.stats().frames === frames) await new Promise(nextFrame);
  return twin.stats().rows;
};

const measure = async (
  browser: Browser,
  rack: string,
): Promise<{ readonly run: Run; readonly rows: number; readonly gl: string }> => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const startMs = performance.now();
  const product = spawn(
    process.execPath,
    [join(root, "build/start.ts"), "--shell", "web", "--no-open", "--json"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  try {
    const ready = printed(product, /"ready":true/);
    const { found: url, atMs: addressMs } = await printed(product, /http:\S+(?=\n)/);
    page.setDefaultTimeout(limitMs);
    await page.goto(url);
    await page.waitForFunction(() => "twin" in globalThis, undefined, { polling: 10 });
    const rows = await withinLimit(page.evaluate(firstPicture, rack), "picture with a good value");
    const pictureMs = performance.now();
    const gl = await page.evaluate(glRenderer);
    const run = {
      addressMs: Math.round(addressMs - startMs),
      readyMs: Math.round((await ready).atMs - startMs),
      firstPictureMs: Math.round(pictureMs - startMs),
    };
    return { run, rows, gl };
  } finally {
    await page.close();
    const ended = once(product, "exit");
    if (product.kill("SIGTERM")) await ended;
  }
};

const withinLimit = <T>(promise: Promise<T>, what: string): Promise<T> =>
  Promise.race([
    promise,
    sleep(limitMs, undefined, { ref: false }).then(() => {
      throw new Error(`no ${what} within ${limitMs / 1000} s`);
    }),
  ]);

const glRenderer = (): string => {
  const { OffscreenCanvas: Canvas } = globalThis as unknown as PageGlobals;
  const gl = new Canvas(1, 1).getContext("webgl2");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  return gl && names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "no WebGL2";
};

export const run = async (): Promise<StartupFigures> => {
  if (!isUpToDate(pageBundle)) await buildBundle(pageBundle);
  const rack = loadTwin(await readTwinDirectory(null))
    .table("rack")
    .idOf(0);
  const tool = await ensureChromium();
  const browser = await chromium.launch({
    executablePath: tool.path,
    env: { ...process.env, ...tool.env },
    args: chromiumArguments,
  });
  try {
    const measured = [];
    for (let i = 0; i < runCount; i++) measured.push(await measure(browser, rack));
    const runs = measured.map(({ run }) => run);
    const of = (figure: keyof Run) => median(runs.map((run) => run[figure]));
    return {
      addressMs: of("addressMs"),
      readyMs: of("readyMs"),
      firstPictureMs: of("firstPictureMs"),
      runs,
      rows: measured.at(-1)?.rows ?? 0,
      hardware: {
        cpu: cpus()[0]?.model ?? "unknown",
        cores: cpus().length,
        memoryGb: Math.round(totalmem() / 2 ** 30),
        renderer: measured.at(-1)?.gl ?? "unknown",
        node: process.versions.node,
        chromium: browser.version(),
      },
    };
  } finally {
    await browser.close();
  }
};

if (import.meta.main) console.log(JSON.stringify(await run()));
