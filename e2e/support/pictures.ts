import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Page } from "playwright-core";

/** Where a journey leaves its pictures, to be looked at: `PICTURES=DIR`; nowhere by default. */
const folder = process.env["PICTURES"];

const placeOf = (name: string): string | null =>
  folder === undefined
    ? null
    : join(resolve(process.env["INIT_CWD"] ?? process.cwd(), folder), `${name}.png`);

/** Leaves a picture that the product made itself. */
export const writePicture = (name: string, png: Uint8Array): void => {
  const path = placeOf(name);
  if (path === null) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, png);
};

/** Takes a picture of what a journey has come to, at the size of a screen. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  const path = placeOf(name);
  if (path === null) return;
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1920, height: 1080 });
  mkdirSync(dirname(path), { recursive: true });
  await page.evaluate(() => window.twin.settled());
  await page.screenshot({ path, timeout: 120_000 });
  if (before) await page.setViewportSize(before);
};
