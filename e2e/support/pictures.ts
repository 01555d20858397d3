import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";

/** Where a journey leaves its pictures, to be looked at: `PICTURES=DIR`; nowhere by default. */
const folder = process.env["PICTURES"];

/** Takes a picture of what a journey has come to, at the size of a screen. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  if (folder === undefined) return;
  const into = resolve(process.env["INIT_CWD"] ?? process.cwd(), folder);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await mkdir(into, { recursive: true });
  await page.evaluate(() => window.twin.settled());
  await page.screenshot({ path: join(into, `${name}.png`), timeout: 120_000 });
  if (before) await page.setViewportSize(before);
};
