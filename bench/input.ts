import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumArguments } from "#build/browser.ts";
import { buildBundle, isUpToDate, page as pageBundle } from "#build/bundles.ts";
import { ensureChromium } from "#build/tools.ts";
import type { TwinApi } from "#renderer/automation/api.ts";

/**
 * How long the campus view takes to answer a hand where the processor draws, 1920×1080, telemetry coming in: from the
 * input event until the device has drawn the first frame in which the camera moved (renderer/scene/answer.ts). Begun
 * ten seconds after the first whole picture; how long a start takes is `bench startup`'s.
 */
export interface InputFigures {
  readonly goalMs: number;
  readonly isMet: boolean;
  /** Over all inputs, ms. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
  /** By kind: first move of a drag, later moves of it, and the wheel out of the blue. Medians, ms. */
  readonly kinds: Readonly<
    Record<Kind, { readonly count: number; readonly medianMs: number; readonly worstMs: number }>
  >;
  /** Step of the quality ladder, chosen by the product itself. */
  readonly step: string | null;
  readonly cpu: string;
  readonly cores: number;
  /** Of the machine while it was measured: other work makes everything slower. */
  readonly load: number;
}

type Kind = "first" | "drag" | "wheel";

const goalMs = 250;
const root = join(import.meta.dirname, "..");
const size = { width: 1920, height: 1080 };
const rounds = 8;
const limitMs = 120_000;
/** What a start leaves to do after the first whole picture: the plant's first minute, code that is still made fast. */
const startMs = 10_000;

interface PageGlobals {
  readonly twin: TwinApi;
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

/** Waits until one more input than `before` was answered; returns how long that took. */
const answered = (page: Page, before: number): Promise<number | null> =>
  page.evaluate(async (count) => {
    const { twin } = globalThis as unknown as PageGlobals;
    const start = performance.now();
    while (twin.stats().answers <= count) {
      if (performance.now() - start > 10_000) return null;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return twin.stats().answerMs;
  }, before);

const answersOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as PageGlobals).twin.stats().answers);

/** A pause of a person, of another length each time, so that inputs meet pictures in the making at any moment. */
const pause = (round: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 500 + ((round * 377) % 1500)));

/** A pointer that comes over the picture takes this long until it presses. */
const reach = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));

const inputs = async (page: Page): Promise<readonly (readonly [Kind, number])[]> => {
  const found: (readonly [Kind, number])[] = [];
  const ask = async (kind: Kind, act: () => Promise<void>): Promise<void> => {
    const before = await answersOf(page);
    await act();
    const ms = await answered(page, before);
    if (ms !== null) found.push([kind, Math.round(ms)]);
    else console.error(`${kind}: no answer`);
  };
  for (let round = 0; round < rounds; round++) {
    const x = 900 + (round % 5) * 30;
    await pause(round);
    await page.mouse.move(x, 560);
    await reach();
    await page.mouse.down();
    await ask("first", () => page.mouse.move(x + 12, 562));
    for (let i = 2; i <= 3; i++) await ask("drag", () => page.mouse.move(x + 12 * i, 562 + i * 2));
    await page.mouse.up();
    await pause(round + 5);
    await ask("wheel", () => page.mouse.wheel(0, round % 2 === 0 ? 120 : -120));
  }
  return found;
};

const open = async (browser: Browser, url: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(limitMs);
  await page.goto(url);
  await page.waitForFunction(() => "twin" in globalThis, undefined, { polling: 20 });
  await page.evaluate(async () => {
    const { twin } = globalThis as unknown as PageGlobals;
    await twin.ready;
    await twin.settled();
  });
  await new Promise((resolve) => setTimeout(resolve, startMs));
  return page;
};

const figuresOf = (found: readonly (readonly [Kind, number])[], step: string | null): InputFigures => {
  const all = found.map(([, ms]) => ms);
  const kind = (name: Kind) => {
    const own = found.filter(([each]) => each === name).map(([, ms]) => ms);
    return { count: own.length, medianMs: quantile(own, 0.5), worstMs: Math.max(...own) };
  };
  const p95Ms = quantile(all, 0.95);
  return {
    goalMs,
    isMet: p95Ms <= goalMs,
    medianMs: quantile(all, 0.5),
    p95Ms,
    worstMs: Math.max(...all),
    kinds: { first: kind("first"), drag: kind("drag"), wheel: kind("wheel") },
    step,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    load: Math.round(loadavg()[0]! * 10) / 10,
  };
};

export const run = async (): Promise<InputFigures> => {
  if (!isUpToDate(pageBundle)) await buildBundle(pageBundle);
  const tool = await ensureChromium();
  const browser = await chromium.launch({
    executablePath: tool.path,
    env: { ...process.env, ...tool.env },
    args: chromiumArguments,
  });
  const product = spawn(
    process.execPath,
    [join(root, "build/start.ts"), "--shell", "web", "--no-open", "--json", "--port", "0"],
    { cwd: root, stdio: ["ignore", "pipe", "ignore"] },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = "";
      product.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        const [, found] = /"ready":true.*?"url":"([^"]+)"/.exec(output) ?? [];
        if (found) resolve(found);
      });
      product.once("exit", (status) => reject(new Error(`the product ended with ${status}`)));
    });
    const page = await open(browser, url);
    const found = await inputs(page);
    console.error(found.map(([kind, ms]) => `${kind} ${ms}`).join(", "));
    const step = await page.evaluate(() => (globalThis as unknown as PageGlobals).twin.stats().quality);
    return figuresOf(found, step);
  } finally {
    await browser.close();
    const ended = once(product, "exit");
    if (product.kill("SIGTERM")) await ended;
  }
};

if (import.meta.main) console.log(JSON.stringify(await run()));
