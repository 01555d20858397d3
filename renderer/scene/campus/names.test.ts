import { Vector3 } from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { legendColor } from "#renderer/data/colormap.ts";
import { tableStrip } from "#renderer/data/energyFlow.ts";
import { heatmapIds, heatmaps } from "#renderer/data/heatmaps.ts";
import { scaleInForce } from "#renderer/data/scales.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { machineValue } from "#renderer/scene/energy/values.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, Quality } from "#twins/model/quality.ts";
import { heatValue, type Speaking } from "./heatValues.ts";
import { hiddenBy } from "./hidden.ts";
import type { LabelAtlas } from "./labelAtlas.ts";
import { glyphsOf, LabelValues } from "./labelValues.ts";
import { layoutOf } from "./layout.ts";
import { campusNames, insideNames } from "./names.ts";

let state: CampusState;
let speaking: Speaking;

beforeAll(() => {
  const twin = campusTwin(1000);
  const clock = { nowMs: () => 0 } as Parameters<typeof createCampusState>[1];
  state = createCampusState(twin, clock);
  speaking = { layout: layoutOf(twin), state, language: "zh", heatmap: heatmaps.load, zoom: null };
});

const put = (metric: string, value: number, status: number): void => {
  const cells = state.of("building");
  const cell = metricIndex("building", metric);
  cells.value[cell] = value;
  cells.status[cell] = status;
};

const fresh = Quality.good | (Freshness.fresh << 2);
const hall = { className: "building", row: 0 } as const;
const told = () => {
  const into = { value: Number.NaN, look: -1, isSimulated: false };
  heatValue(speaking, hall)!.read(into);
  return into;
};

/** An atlas whose every pixel of a cell is as strong as the cell's number. */
const atlasOf = (texts: readonly string[]): LabelAtlas => {
  const width = 64;
  const cells = Float32Array.from(
    texts.flatMap((text, i) => [0, i * 4, Math.min(width, text.length * 4 + 2), 4]),
  );
  const coverage = new Uint8Array(width * texts.length * 4);
  for (let i = 0; i < texts.length; i++) coverage.fill(i + 1, i * 4 * width, (i + 1) * 4 * width);
  return { width, height: texts.length * 4, coverage, cells, scale: 1 };
};

describe("names", () => {
  it.each(["zh", "en"] as const)("are never alike in one picture, in %s", (language) => {
    const words = { ...speaking, language };
    const outside = campusNames(words).filter(({ once, isArea }) => once === undefined && !isArea);
    expect(outside.length).toBeGreaterThan(100);
    expect(new Set(outside.map(({ text }) => text)).size).toBe(outside.length);
    const inside = insideNames(words, { building: 0, floor: -1 });
    expect(inside.length).toBeGreaterThan(4);
    expect(new Set(inside.map(({ text }) => text)).size).toBe(inside.length);
  });

  it("carry the value that colours their thing, and nothing that is not usable", () => {
    put("load", 74.66, fresh | (Origin.simulated << 4));
    expect(told()).toEqual({ value: 74.66, look: 3, isSimulated: true });
    expect(heatValue(speaking, hall)!.write(74.66)).toBe("74.7 %");
    expect(heatValue(speaking, hall)!.color!(74.66)).toEqual(legendColor(heatmaps.load, 74.66));
    put("load", 74.66, Quality.good | (Freshness.stale << 2));
    expect(told()).toEqual({ value: Number.NaN, look: 2, isSimulated: false });
    put("load", 74.66, Quality.bad | (Freshness.fresh << 2));
    expect(told()).toMatchObject({ value: Number.NaN, look: 1 });
    put("load", 0, 0);
    expect(told()).toMatchObject({ value: Number.NaN, look: 0 });
  });

  it("show a sum of racks as the mean of one, as the roof's colour does", () => {
    const words = { ...speaking, heatmap: heatmaps.power };
    const racks = speaking.layout.buildings[0]!.racks;
    put("itPower", (racks[1] - racks[0]) * 12.5, fresh);
    const into = { value: 0, look: 0, isSimulated: false };
    const value = heatValue(words, hall)!;
    value.read(into);
    expect(into.value).toBeCloseTo(12.5);
    expect(value.write(into.value)).toBe("12.50 kW/柜");
  });

  it("wear the colours of the range in force", () => {
    const zoom = { scale: "load", of: "halls", range: [70, 80] } as const;
    const zoomed = heatValue({ ...speaking, heatmap: scaleInForce("load", zoom), zoom }, hall)!;
    expect(zoomed.color!(74.66)).toEqual(legendColor({ palette: "viridis", range: [70, 80] }, 74.66));
    expect(zoomed.color!(74.66)).not.toEqual(heatValue(speaking, hall)!.color!(74.66));
    const table = { className: "pvTable", row: 0 } as const;
    const field = { scale: "pvTable", of: "solar", range: [6, 8] } as const;
    const strip = machineValue({ state, zoom: field }, table)!;
    expect(strip.color!(7.2)).toEqual(legendColor({ palette: "cividis", range: [6, 8] }, 7.2));
    expect(machineValue({ state, zoom }, table)!.color!(7.2)).toEqual(legendColor(tableStrip, 7.2));
  });

  it("have room for every value they may have", () => {
    for (const id of heatmapIds) {
      const value = heatValue({ ...speaking, heatmap: heatmaps[id] }, hall)!;
      for (const number of heatmaps[id].range)
        expect(value.write(number).length).toBeLessThanOrEqual(value.widest.length);
      for (const character of value.write(heatmaps[id].range[1]))
        expect(glyphsOf([value])).toContain(character);
    }
  });
});

describe("values of labels", () => {
  it("are written character by character, with the legend's colour beside them, and only when they changed", () => {
    const value = heatValue(speaking, hall)!;
    const glyphs = glyphsOf([value]);
    const atlas = atlasOf([value.widest, ...glyphs]);
    const values = new LabelValues([value], atlas, { rooms: [0], glyphs, firstGlyph: 1 });
    put("load", 50, fresh);
    expect(values.sample()).toBe(true);
    const strengthAt = (x: number): number => atlas.coverage[atlas.width + x]!;
    // One pixel of margin, then four for each character.
    expect([..."50.0 %"].map((_, i) => strengthAt(1 + i * 4))).toEqual(
      [..."50.0 %"].map((character) => glyphs.indexOf(character) + 2),
    );
    expect([...values.swatches.slice(0, 3)].map((c) => Math.round(c * 255))).toEqual(
      legendColor(heatmaps.load, 50),
    );
    expect(values.swatches[3]).toBe(3);
    put("load", 50.01, fresh);
    expect(values.sample()).toBe(false);
    put("load", 50.01, Quality.good | (Freshness.stale << 2));
    expect(values.sample()).toBe(true);
    expect(strengthAt(1)).toBe(glyphs.indexOf("—") + 2);
    expect(strengthAt(9)).toBe(0);
    expect(values.swatches[3]).toBe(2);
  });
});

describe("what stands before a name", () => {
  it("hides it; its own building does not", () => {
    const { layout } = speaking;
    const hides = hiddenBy(layout);
    const hero = layout.buildings[0]!;
    const roof = new Vector3(hero.x, hero.y + hero.height, hero.z);
    const behind = new Vector3(hero.x, 4, hero.z - hero.depth / 2 - 5);
    const low = new Vector3(hero.x, 6, hero.z + hero.depth / 2 + 60);
    const high = new Vector3(hero.x, 400, hero.z + 60);
    expect(hides(low, roof, hero.row)).toBe(false);
    expect(hides(low, behind, -1)).toBe(true);
    expect(hides(high, behind, -1)).toBe(false);
    expect(hides(low, behind, hero.row)).toBe(false);
  });
});
