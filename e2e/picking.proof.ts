import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { loadHoringer } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";

/**
 * What a pointer meets is what is drawn: rays through random points of random views, picked analytically and read from
 * a pass that draws the scene once more, through its own vertex shaders and discards, in colours that are ids.
 */

const seed = 20_261_130;
const rays = 1_100;
const size = { width: 960, height: 540 };
const patienceMs = 900_000;
/** Rays beside a silhouette tell nothing of either. */
const mostEdges = 0.12;

/** mulberry32 by T. Ettinger: small, seeded. */
const randomOf = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

let product: Product;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  product = await startProduct(["--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url, size);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

interface Compared {
  readonly view: string;
  readonly x: number;
  readonly y: number;
  readonly drawn: string | null;
  readonly picked: string | null;
}

/** Compares in the page as it stands, the camera nudged nowhere in between. */
const compare = async (
  page: Page,
  view: string,
  points: readonly (readonly [number, number])[],
): Promise<Compared[]> => {
  const found = await page.evaluate(
    async (at) => {
      const { twin } = window;
      await twin.settled();
      const drawn = await twin.view.drawnAt(at);
      return at.map(([x, y], i) => ({
        x,
        y,
        drawn: drawn[i] ?? null,
        picked: twin.view.pick(x + 0.5, y + 0.5),
      }));
    },
    points as [number, number][],
  );
  return found.map((each) => ({ view, ...each }));
};

test(
  "a thousand random rays agree with what is drawn, at campus, building, room and rack, and in X-ray",
  async () => {
    const { page } = opened;
    const random = randomOf(seed);
    const twin = await loadHoringer();
    const pickId = (
      className: "building" | "room" | "rack" | "coolingTower" | "pvTable" | "battery",
    ): string => {
      const table = twin.table(className);
      return table.idOf(Math.floor(random() * table.count));
    };
    const views: readonly (readonly [name: string, pose: () => Promise<void>])[] = [
      ...["campus", "hall", "room", "storage"].map(
        (camera) => [camera, () => page.evaluate((id) => window.twin.view.stand(id), camera)] as const,
      ),
      ...(["building", "room", "rack"] as const).map((className) => {
        const id = pickId(className);
        return [`${className} ${id}`, () => page.evaluate((to) => window.twin.view.flyTo(to), id)] as const;
      }),
      [
        "X-ray",
        () =>
          page.evaluate(async () => {
            window.twin.view.xray(true);
            await window.twin.view.stand("campus");
          }),
      ],
    ];
    const all: Compared[] = [];
    for (const [name, pose] of views) {
      await pose();
      const points = Array.from(
        { length: Math.ceil(rays / views.length) },
        () => [Math.floor(random() * size.width), Math.floor(random() * size.height)] as const,
      );
      all.push(...(await compare(page, name, points)));
    }
    const edges = all.filter(({ drawn }) => drawn === "edge");
    const clear = all.filter(({ drawn }) => drawn !== "edge");
    const wrong = clear.filter(({ drawn, picked }) => drawn !== picked);
    const onAssets = clear.filter(({ drawn }) => drawn !== null).length;
    console.log(
      `${all.length} rays, ${views.length} views: ${clear.length} compared, ${onAssets} of them on assets, ${edges.length} beside an edge, ${wrong.length} disagree`,
    );
    expect(wrong).toEqual([]);
    expect(edges.length / all.length).toBeLessThanOrEqual(mostEdges);
    expect(onAssets).toBeGreaterThan(200);
    expect(opened.errors).toEqual([]);
  },
  patienceMs,
);
