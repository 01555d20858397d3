import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { until } from "./support/until.ts";

/** From the region to a height unit in one flight, on foot through a room, and the balance of energy. */

const levels = ["region", "campus", "building", "room", "rack"];

let product: Product;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  product = await startProduct(["--lang", "en"]);
  browser = await launchBrowser();
  opened = await openProduct(browser, product.url, { width: 800, height: 500 });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const scene = () => opened.page.evaluate(() => window.twin.view.scene);

test("one flight leads from the region to a rack, level by level, and never back", async () => {
  const [rack = ""] = await occupiedRacks(1);
  const passed = await opened.page.evaluate(async (id) => {
    // Once before: what a level draws for the first time is compiled then, and takes longer than a flight.
    await window.twin.view.flyTo(id, 9000);
    await window.twin.settled();
    await window.twin.view.stand("region");
    await window.twin.settled();
    const seen = [window.twin.view.scene];
    const look = setInterval(() => {
      if (seen.at(-1) !== window.twin.view.scene) seen.push(window.twin.view.scene);
    }, 4);
    await window.twin.view.flyTo(id, 9000);
    await window.twin.settled();
    clearInterval(look);
    return [...seen, window.twin.view.scene];
  }, rack);
  console.log(`levels of one flight: ${passed.join(", ")}`);
  const order = passed.map((level) => levels.indexOf(level));
  expect(order[0]).toBe(0);
  expect(order.at(-1)).toBe(4);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(new Set(order).size).toBeGreaterThan(3);
  const at = await opened.page.evaluate((id) => window.twin.view.screenOf(id), rack);
  expect(at).not.toBeNull();
});

/** How near a rack's middle is to the picture's, and whether it is seen at all. */
const seenAt = (id: string) => opened.page.evaluate((rack) => window.twin.view.screenOf(rack), id);

test("on foot through the room: steps, a wall that holds, and back to the whole room", async () => {
  const { page } = opened;
  const rack = (await occupiedRacks(1))[0]!;
  const room = rack.split("/").slice(0, 4).join("/");
  await page.evaluate(async (id) => {
    await window.twin.view.flyTo(id);
    await window.twin.settled();
  }, room);
  expect(await scene()).toBe("room");
  await page.keyboard.press("g");
  await until("the walk has begun", () => page.evaluate(() => window.twin.view.walk()));
  await page.evaluate(() => window.twin.settled());
  const racks = (await occupiedRacks(40)).filter((id) => id.startsWith(room));
  const places = () =>
    page.evaluate((ids) => JSON.stringify(ids.map((id) => window.twin.view.screenOf(id))), racks);
  const before = await places();
  await page.keyboard.down("Shift");
  await page.keyboard.down("KeyW");
  // Far longer than the room is deep: whoever could leave it would.
  const frames = await page.evaluate(() => window.twin.stats().frames);
  await until("steps were taken", () =>
    page.evaluate((from) => window.twin.stats().frames > from + 20, frames),
  );
  await page.keyboard.up("KeyW");
  await page.keyboard.up("Shift");
  await page.evaluate(() => window.twin.settled());
  expect(["room", "rack"]).toContain(await scene());
  expect(await page.evaluate(() => window.twin.view.walk())).toBe(true);
  expect(await places()).not.toBe(before);
  await page.keyboard.press("Escape");
  await until("the walk is over", () => page.evaluate(() => !window.twin.view.walk()));
  await until("the room is seen whole", async () => (await scene()) === "room");
  await page.evaluate(() => window.twin.settled());
  expect(await seenAt(room)).not.toBeNull();
});

/** A power as the drawing writes it, kW; null where there is none. */
const kwOf = (text: string): number | null => {
  const [, digits = "", unit] = /([\d.,]+)\s*(kW|MW)/.exec(text) ?? [];
  return unit ? Number(digits.replaceAll(",", "")) * (unit === "MW" ? 1000 : 1) : null;
};

test("E shows the balance: what comes in goes out, measured edges solid, shares told with their rule", async () => {
  const { page } = opened;
  await until("values are shown", () => page.evaluate(() => (window.twin.sources()?.coverage ?? 0) > 0.9));
  await page.keyboard.press("e");
  const panel = page.locator(".energy-panel");
  await panel.locator(".sankey-band").first().waitFor();
  expect(await page.evaluate(() => window.twin.view.energy())).toBe(true);
  const sides = await panel.locator(".sankey").evaluate((svg) => {
    const rows = [...svg.querySelectorAll<SVGRectElement>(".sankey-bar")].map((bar) => ({
      x: Number(bar.getAttribute("x")),
      height: Number(bar.getAttribute("height")),
    }));
    const left = Math.min(...rows.map(({ x }) => x));
    const sum = (isIn: boolean): number =>
      rows.filter(({ x }) => (x === left) === isIn).reduce((total, { height }) => total + height, 0);
    return {
      in: sum(true),
      out: sum(false),
      powers: [...svg.querySelectorAll(".sankey-power")].map((p) => p.textContent ?? ""),
    };
  });
  expect(sides.powers.length).toBeGreaterThan(4);
  expect(sides.powers.map(kwOf).every((kw) => kw !== null && kw >= 0)).toBe(true);
  // Bars are as high as their power: both sides of the busbar are one height, hair lines of next to nothing aside.
  expect(Math.abs(sides.in - sides.out)).toBeLessThan(6);
  const kinds = await panel
    .locator(".sankey-band")
    .evaluateAll((bands) => [...new Set(bands.map((band) => band.getAttribute("data-kind")))]);
  expect(kinds).toContain("measured");
  expect(kinds).toContain("share");
  const share = panel.locator('.sankey-band[data-kind="share"]').first();
  const dashes = (locator: typeof share) =>
    locator.evaluate((path) => getComputedStyle(path).strokeDasharray);
  expect(await dashes(share)).not.toBe("none");
  expect(await dashes(panel.locator('.sankey-band[data-kind="measured"]').first())).toBe("none");
  await share.focus();
  await panel.locator(".energy-why", { hasText: "%" }).waitFor();
  await page.keyboard.press("Escape");
  await until("it is closed", () => page.evaluate(() => !window.twin.view.energy()));
});

test("shaders of a graphics card compile too, outdoors and in a hall: an error of theirs would be told below", {
  timeout: 400_000,
}, async () => {
  const drawn = await opened.page.evaluate(async () => {
    window.twin.view.picture("desktop");
    const triangles: number[] = [];
    for (const camera of ["campus", "room"]) {
      await window.twin.view.stand(camera);
      await window.twin.settled();
      triangles.push(window.twin.stats().triangles);
    }
    window.twin.view.picture(null);
    return triangles;
  });
  expect(Math.min(...drawn)).toBeGreaterThan(10_000);
});

test("the page reported no error", () => {
  expect(opened.errors).toEqual([]);
});
