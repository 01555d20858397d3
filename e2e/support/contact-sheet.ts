import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/** One picture of a scenario and what stands below it. */
export interface SheetPicture {
  /** File beside the sheet. */
  readonly file: string;
  /** Place in the course and clock of the plant, as one line. */
  readonly clock: string;
  readonly view: string;
  readonly say: string;
}

export interface Sheet {
  readonly name: string;
  readonly title: string;
  /** Word, source, grade: a sheet is passed on without the product around it. */
  readonly note: string;
  readonly pictures: readonly SheetPicture[];
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

const fontFolder = dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc/400.css"));
const fontUrl = (weight: number): string => pathToFileURL(join(fontFolder, `${weight}.css`)).href;

const style = `
  body { margin: 0; padding: 14px 16px 12px; width: 1568px; background: #15181b; color: #e8edf1;
    font: 400 14px/1.35 "Noto Sans SC", sans-serif; font-variant-numeric: tabular-nums; }
  header { display: flex; align-items: baseline; gap: 16px; padding-bottom: 10px; }
  h1 { margin: 0; font-size: 22px; font-weight: 600; }
  header span { color: #a9b6c1; }
  main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; }
  figure { margin: 0; }
  img { display: block; width: 100%; border: 1px solid #3a444d; }
  figcaption { display: grid; gap: 1px; padding-top: 5px; min-height: 76px; }
  b { font-weight: 600; }
  .view { color: #a9b6c1; }
  .line { display: flex; justify-content: space-between; gap: 12px; }`;

const figureOf = ({ file, clock, view, say }: SheetPicture): string => `
  <figure><img src="${escaped(file)}" alt="">
    <figcaption><span class="line"><b>${escaped(clock)}</b><span class="view">${escaped(view)}</span></span>
    <span>${escaped(say)}</span></figcaption></figure>`;

const htmlOf = ({ title, note, pictures }: Sheet): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<link rel="stylesheet" href="${fontUrl(400)}"><link rel="stylesheet" href="${fontUrl(600)}">
<style>${style}</style></head>
<body><header><h1>${escaped(title)}</h1><span>${escaped(note)}</span></header>
<main>${pictures.map(figureOf).join("")}</main></body></html>`;

/** A sheet in the repository, and the quality of JPEG that is tried first. */
const limitBytes = 200_000;
const bestQuality = 75;

const smallPicture = async (page: Page): Promise<Buffer> => {
  for (let quality = bestQuality; ; quality -= 5) {
    const picture = await page.screenshot({ fullPage: true, type: "jpeg", quality });
    if (picture.length <= limitBytes || quality <= 5) return picture;
  }
};

/**
 * Puts the pictures of a folder on one sheet, 3 × 2, by the browser itself: `NAME.png`, and `NAME.jpg` small enough for a
 * repository.
 */
export const makeContactSheet = async (browser: Browser, folder: string, sheet: Sheet): Promise<void> => {
  const html = join(folder, `${sheet.name}.html`);
  await writeFile(html, htmlOf(sheet));
  const page = await browser.newPage({ viewport: { width: 1600, height: 400 } });
  try {
    await page.goto(pathToFileURL(html).href);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const path = join(folder, sheet.name);
    await page.screenshot({ path: `${path}.png`, fullPage: true });
    await writeFile(`${path}.jpg`, await smallPicture(page));
  } finally {
    await page.close();
  }
};
