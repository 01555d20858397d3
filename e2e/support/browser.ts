import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumArguments } from "#build/browser.ts";
import { ensureChromium } from "#build/tools.ts";
import type { TwinApi } from "#renderer/automation/api.ts";
import { until } from "./until.ts";

declare global {
  interface Window {
    twin: TwinApi;
  }
}

/** A page of the product, with every error it reported. */
export interface OpenPage {
  readonly page: Page;
  /** Uncaught errors and console errors, in order. A journey ends by expecting none. */
  readonly errors: readonly string[];
}

export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

/** Small, for the machine draws in software. */
const smallView: ViewSize = { width: 1024, height: 640 };

export const launchBrowser = async (): Promise<Browser> => {
  const tool = await ensureChromium();
  return chromium.launch({
    executablePath: tool.path,
    env: { ...process.env, ...tool.env },
    args: chromiumArguments,
  });
};

/** Opens the product and waits until its first frame was drawn. */
export const openProduct = async (
  browser: Browser,
  url: string,
  viewport: ViewSize = smallView,
): Promise<OpenPage> => {
  const page = await browser.newPage({ viewport });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(url);
  // Not waitForFunction: it evaluates text in the page, which the page's own policy forbids.
  await until("window.twin stands", () => page.evaluate(() => window.twin !== undefined));
  await page.evaluate(() => window.twin.ready);
  return { page, errors };
};

/** A screenshot of the scene as a graphics card draws it: where the processor does, shaders are simpler by themselves. */
export const picture = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(async () => {
    window.twin.view.picture("desktop");
    await window.twin.settled();
    await window.twin.settled();
  });
  // A software renderer on a busy machine takes its time.
  await page.screenshot({ path, timeout: 400_000 });
  await page.evaluate(() => window.twin.view.picture(null));
};

/** Colour of one CSS pixel of what is on screen, 0…255, from a screenshot: independent of the product's own reading. */
export const screenshotPixel = async (page: Page, x: number, y: number): Promise<readonly number[]> => {
  const clip = { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 };
  const png = await page.screenshot({ clip });
  return page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      if (!context) throw new Error("no 2D context");
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    },
    [...png],
  );
};
