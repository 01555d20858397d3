import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { badTwinFaults, badTwinFiles } from "#twins/model/bad-twin.fixture.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** A twin directory full of faults: each is told by name, and the rest of the campus stands all the same. */

const patienceMs = 240_000;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), "horinger-bad-"));
  for (const [name, text] of Object.entries(badTwinFiles())) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const words = {
  en: { open: "Twin problems", overlap: "Two buildings stand on the same ground.", tip: "Move one of them" },
  zh: { open: "孪生文件问题", overlap: "两座机楼占地重叠。", tip: "请移动其中一座" },
} as const;

/** Lines of the drawer's table: file, line, asset, what, what to do. */
const problemLines = (page: Page): Promise<readonly (readonly string[])[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("#drawer-panel tbody tr")].map((line) =>
      [...line.children].map((cell) => cell.textContent ?? ""),
    ),
  );

/** What a pointer meets where an asset is drawn, and the colour there. */
const seen = (page: Page, id: string) =>
  page.evaluate(async (asset) => {
    const { view } = window.twin;
    await view.flyTo(asset);
    await window.twin.settled();
    const at = view.screenOf(asset);
    return { hit: at && view.pick(at.x, at.y), colour: await view.colorOf(asset) };
  }, id);

test.each(["en", "zh"] as const)(
  "%s: every fault is told with its asset and file, and good buildings are drawn and picked",
  async (language) => {
    let product: Product | undefined;
    let opened: OpenPage | undefined;
    try {
      product = await startProduct(["--twin", folder, "--lang", language]);
      opened = await openProduct(browser, product.url);
      const { page } = opened;
      const item = page.getByRole("button", { name: words[language].open });
      expect(await item.textContent()).toContain(String(badTwinFaults.length));
      await item.click();
      const lines = await problemLines(page);
      expect(lines).toHaveLength(badTwinFaults.length);
      for (const [, asset, file] of badTwinFaults)
        expect(lines.filter((line) => line[0] === file && line[2] === (asset ?? "—"))).toHaveLength(1);
      const overlap = lines.find((line) => line[2] === "east/over");
      expect(overlap?.[3]).toContain(words[language].overlap);
      expect(overlap?.[3]).toContain("east/b01");
      expect(overlap?.[4]).toContain(words[language].tip);
      await page.keyboard.press("Escape");
      // An open building is met at a room of it; one without rooms by its shell.
      expect((await seen(page, "east/b01")).hit).toMatch(/^east\/b01/);
      expect((await seen(page, "north/hall")).hit).toBe("north/hall");
      const rack = await seen(page, "east/b01/f2/r1/row02/k03");
      expect(rack.hit).toBe("east/b01/f2/r1/row02/k03");
      expect(rack.colour).not.toBeNull();
      for (const id of ["east/over", "north/twin", "north/far"])
        expect(
          await page.evaluate((each) => window.twin.find(each).map((found) => found.id), id),
        ).not.toContain(id);
      expect(opened.errors).toEqual([]);
    } finally {
      await opened?.page.close();
      await product?.stop();
    }
  },
  patienceMs,
);
