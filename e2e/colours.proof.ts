import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { doubtLooks, staleColor } from "#renderer/data/doubtLooks.ts";
import type { HeatmapId } from "#renderer/data/heatmaps.ts";
import { type Broker, startBroker } from "./support/broker.ts";
import { launchBrowser, type OpenPage, openProduct } from "./support/browser.ts";
import { occupiedRacks } from "./support/campus.ts";
import { type Product, startProduct } from "./support/product.ts";
import { openStation, type Station } from "./support/station.ts";
import { until } from "./support/until.ts";

/**
 * Known racks in the framebuffer equal their legend, whatever the light, the weather, the glass and the machine; what is not
 * current, not good or not known equals the look that says so.
 */

const patienceMs = 900_000;
/** Of a channel, 0…255: half floats and the blend of two palette entries. */
const tolerance = 2;

/** Site times of a winter day: what the sun does must not reach a data colour. */
const lights = {
  noon: "2026-01-18T12:20:00+08:00",
  "blue hour": "2026-01-18T17:45:00+08:00",
  night: "2026-01-18T21:00:00+08:00",
} as const;

/** Values of each heat map: the palette's ends, between, and beyond. */
const known = {
  load: [0, 37.5, 100],
  power: [0, 8.25, 24, 60],
  inletTemperature: [15, 24.5, 35],
} as const satisfies Partial<Record<HeatmapId, readonly number[]>>;
type Known = keyof typeof known;
const maps = Object.keys(known) as Known[];

let browser: Browser;
let broker: Broker | undefined;
let product: Product | undefined;
let opened: OpenPage | undefined;
const stations: Station[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await opened?.page.close();
  await product?.stop();
  for (const station of stations.splice(0)) await station.close();
  await broker?.stop();
  opened = undefined;
  product = undefined;
  broker = undefined;
});
afterAll(() => browser?.close());

type Rgb = readonly number[];
type Triple = readonly [r: number, g: number, b: number];

const near = (a: Rgb | null, b: Rgb, by = tolerance): boolean =>
  a?.every((channel, i) => Math.abs(channel - b[i]!) <= by) === true;

/** The value of a rack that a picture shows, its pixel, and the legend's colour for that value, or for another one. */
interface Read {
  readonly colour: Rgb | null;
  readonly value: number | null;
  readonly freshness: string;
  readonly legend: Rgb;
}

/** Flies to a rack, shows a heat map, and reads pixel and value of one picture. @param of value to ask the legend for */
const read = (page: Page, rack: string, map: Known, of: number | null = null): Promise<Read> =>
  page.evaluate(
    async ([id, heatmap, asked]): Promise<Read> => {
      const { view } = window.twin;
      view.heatmap(heatmap);
      // A flight costs a slow machine many frames: one that stands there already stays.
      if (view.scene !== "rack" || view.screenOf(id) === null || (await view.colorOf(id)) === null)
        await view.flyTo(id);
      // A picture in pieces is of some moment between its beginning and its end: of all values that were current meanwhile
      // it shows one.
      const held = new Set<number>();
      const look = (): void => {
        const value = window.twin.value(id, heatmap)?.value;
        if (typeof value === "number") held.add(value);
      };
      look();
      const looking = setInterval(look, 20);
      await window.twin.settled();
      clearInterval(looking);
      look();
      const now = window.twin.value(id, heatmap);
      const colour = await view.colorOf(id);
      const latest = now?.value ?? null;
      const off = (value: number): number =>
        Math.max(...view.legendColor(value).map((channel, i) => Math.abs(channel - (colour?.[i] ?? 0))));
      const [shown = latest] = colour ? [...held].sort((a, b) => off(a) - off(b)) : [];
      const value = latest === null ? null : shown;
      return {
        colour,
        value,
        freshness: now?.freshness ?? "never",
        legend: view.legendColor(asked ?? value ?? 0),
      };
    },
    [rack, map, of] as const,
  );

/**
 * A rack whose value is current, as one frame drew it. Waits for one without drawing, which starves a plant where the
 * processor draws; a frame that comes too late for its value must show it drained.
 */
const readCurrent = (
  page: Page,
  rack: string,
  map: Known,
  { told, again }: { readonly told: (seen: Read) => string; readonly again?: () => Promise<void> },
): Promise<Read> => {
  let last = "";
  return until(
    `${rack} ${map} is current`,
    async () => {
      const freshness = await page.evaluate(([id, metric]) => window.twin.value(id, metric)?.freshness, [
        rack,
        map,
      ] as const);
      last = freshness ?? "unknown";
      if (freshness !== "fresh") {
        await again?.();
        return false;
      }
      const seen = await read(page, rack, map);
      last = told(seen);
      if (seen.value === null) return false;
      if (seen.freshness !== "stale") return seen;
      expect(near(seen.colour, staleColor(seen.legend as Triple)), last).toBe(true);
      return false;
    },
    { withinMs: 180_000, lastSeen: () => last },
  );
};

const station = async (url: string, id: string, periodMs: number): Promise<Station> => {
  const made = await openStation(url, { id, periodMs });
  stations.push(made);
  await made.declare();
  return made;
};

test(
  "known racks equal the legend over the heat maps at noon, blue hour, night, in X-ray and on each step of the ladder; stale, bad and never are told apart",
  async () => {
    const racks = await occupiedRacks(6);
    const [bad = "", old = "", never = ""] = racks.slice(3);
    broker = await startBroker();
    const steady = await station(broker.url, "steady", 3_600_000);
    const failing = await station(broker.url, "failing", 2_000);
    for (const map of maps) for (const rack of racks.slice(0, 4)) await steady.describe(rack, map);
    await failing.describe(old, "power");
    product = await startProduct(["--mqtt", broker.url, "--lang", "en"]);
    opened = await openProduct(browser, product.url);
    const { page } = opened;
    let compared = 0;
    const put = async (rack: string, map: Known, value: number, quality = 1): Promise<void> => {
      await steady.value(rack, map, value, { quality });
      await until(`${rack} ${map} is ${value}`, () =>
        page.evaluate(
          ([id, metric, wanted, isGood]) => {
            const now = window.twin.value(id, metric);
            return isGood ? now?.value === wanted : now?.quality === "bad";
          },
          [rack, map, value, quality === 1] as const,
        ),
      );
    };
    const expectLegend = async (rack: string, map: Known, value: number, where: string): Promise<void> => {
      const seen = await readCurrent(page, rack, map, {
        told: (stale) => `${where}, ${map} ${value}: ${JSON.stringify(stale)}`,
        // The test's own heartbeats stop where the machine stops the test: its station says the value again.
        again: () => steady.value(rack, map, value),
      });
      expect(near(seen.colour, seen.legend), `${where}, ${map} ${value}: ${JSON.stringify(seen)}`).toBe(true);
      expect(seen.value).toBe(value);
      compared++;
    };
    for (const map of maps) {
      for (const [i, value] of known[map].entries()) {
        const rack = racks[i % 3]!;
        await put(rack, map, value);
        await expectLegend(rack, map, value, "as opened");
      }
      for (const [name, time] of Object.entries(lights)) {
        await page.evaluate((ms) => window.twin.freeze(ms), Date.parse(time));
        await expectLegend(racks[1]!, map, known[map][1], name);
      }
      await page.evaluate(() => window.twin.freeze(null));
      await page.evaluate(() => window.twin.view.xray(true));
      await expectLegend(racks[1]!, map, known[map][1], "X-ray");
      await page.evaluate(() => window.twin.view.xray(false));
    }
    for (const step of ["desktop", "laptop", "software"] as const) {
      await page.evaluate((wanted) => window.twin.view.picture(wanted), step);
      await expectLegend(racks[1]!, "power", known.power[1], step);
      expect(await page.evaluate(() => window.twin.stats().quality)).toBe(step);
    }
    await page.evaluate(() => window.twin.view.picture(null));

    await put(bad, "power", 8.25, 0);
    await failing.value(old, "power", 8.25);
    await until("its value is stale", () =>
      page.evaluate((id) => window.twin.value(id, "power")?.freshness === "stale", old),
    );
    const fresh = await read(page, racks[1]!, "power", 8.25);
    const looks = {
      fresh: fresh.colour,
      stale: (await read(page, old, "power", 8.25)).colour,
      bad: (await read(page, bad, "power", 8.25)).colour,
      never: (await read(page, never, "power", 8.25)).colour,
    };
    console.log(`${compared} racks compared with the legend; looks ${JSON.stringify(looks)}`);
    expect(near(looks.stale, staleColor(fresh.legend as Triple)), "stale is drained").toBe(true);
    expect(near(looks.bad, doubtLooks.bad.ground), "bad is light").toBe(true);
    expect(near(looks.never, doubtLooks.never.ground), "never seen is grey").toBe(true);
    const all = Object.entries(looks);
    for (const [i, [one, a]] of all.entries())
      for (const [other, b] of all.slice(0, i)) {
        const apart = Math.max(...a!.map((channel, c) => Math.abs(channel - b![c]!)));
        expect(apart, `${one} and ${other}`).toBeGreaterThan(24);
      }
    expect(opened.errors).toEqual([]);
  },
  patienceMs,
);

test(
  "a sand storm tints no data",
  async () => {
    product = await startProduct([
      "--lang",
      "en",
      "--seed",
      "1",
      "--scenario",
      "sand-storm",
      "--scenario-at",
      "3600",
    ]);
    // A small picture: where the processor draws it leaves the plant its time.
    opened = await openProduct(browser, product.url, { width: 800, height: 500 });
    const { page } = opened;
    await page.evaluate(() => window.twin.view.follow(false));
    await until("the air is thick", () =>
      page.evaluate(() => {
        const sight = window.twin.value("h/wx", "visibility");
        return typeof sight?.value === "number" && sight.value < 3_000;
      }),
    );
    const racks = await occupiedRacks(3);
    let compared = 0;
    for (const map of maps)
      for (const rack of racks) {
        const told = (seen: Read): string => `${rack} ${map} in a storm: ${JSON.stringify(seen)}`;
        const seen = await readCurrent(page, rack, map, { told });
        expect(near(seen.colour, seen.legend), told(seen)).toBe(true);
        compared++;
      }
    console.log(`${compared} racks compared with the legend in a sand storm`);
    expect(opened.errors).toEqual([]);
  },
  patienceMs,
);
