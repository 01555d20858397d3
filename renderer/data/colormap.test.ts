import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaE, labOf } from "./colorDistance.fixture.ts";
import { alarmHues, legendColor, paletteLut, paletteSize, type Rgb } from "./colormap.ts";
import { doubtLooks, staleColor } from "./doubtLooks.ts";
import { heatmapIds, heatmaps } from "./heatmaps.ts";
import { type PaletteName, publishedPalettes } from "./palettes.ts";

const entry = (lut: Uint8Array, i: number): Rgb => [lut[i * 4]!, lut[i * 4 + 1]!, lut[i * 4 + 2]!];

/** Every map there is. */
const maps = Object.keys(publishedPalettes) as readonly PaletteName[];

/** A stale value's colour, as the data shader makes it (scene/shader/data.test.ts holds it to that). */
const stale = ([r, g, b]: Rgb): Rgb => {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  const dimmed = (channel: number): number => (luma + (channel - luma) * 0.22) * 0.5;
  return [dimmed(r), dimmed(g), dimmed(b)];
};

/** Light and dark of the hatch of bad values, ground and dots of those never seen (data.glsl.ts). */
const greys: readonly Rgb[] = [
  [25, 28, 33],
  [204, 209, 219],
  [69, 77, 87],
  [120, 128, 140],
];

const mixed = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];
const { bad, never } = doubtLooks;
/** What is left of a pattern from across a room: the mean of what it is made of. */
const badFromAfar = mixed(bad.ground, bad.line, bad.share);
const staleFromAfar = (rgb: Rgb): Rgb => {
  const { line, share } = doubtLooks.stale;
  const [r, g, b] = staleColor(rgb);
  return mixed([r, g, b], [r * line, g * line, b * line], share);
};
/** How near a value may come from afar, ΔE: cividis, on strips of solar tables only, is grey in its middle. */
const leastFromAfar: Readonly<Record<PaletteName, { readonly bad: number; readonly never: number }>> = {
  viridis: { bad: 20, never: 12 },
  inferno: { bad: 20, never: 12 },
  cividis: { bad: 13, never: 6 },
};

describe("looks of doubt", () => {
  it("are those that are proved here", () => {
    expect(greys).toEqual([bad.line, bad.ground, never.ground, never.dot]);
    for (const rgb of [
      [0, 0, 0],
      [135, 213, 73],
      [255, 255, 255],
    ] as const)
      for (const [c, channel] of staleColor(rgb).entries()) expect(channel).toBeCloseTo(stale(rgb)[c]!, 9);
  });

  it.each(maps)("%s: each is told from the others and from every value, near by and from afar", (name) => {
    const lut = paletteLut(name);
    for (let i = 0; i < paletteSize; i++) {
      const fresh = entry(lut, i);
      const far = staleFromAfar(fresh);
      // Near by, by the ground that patterns stand on: bad is light, stale is dark.
      expect(labOf(bad.ground)[0] - labOf(stale(fresh))[0], `${i} bad, stale`).toBeGreaterThan(40);
      expect(deltaE(labOf(bad.ground), labOf(fresh)), `${i} bad, fresh`).toBeGreaterThan(24);
      // From afar, by value alone.
      expect(labOf(badFromAfar)[0] - labOf(far)[0], `${i} bad, stale`).toBeGreaterThan(25);
      expect(deltaE(labOf(badFromAfar), labOf(fresh)), `${i} bad, fresh`).toBeGreaterThan(
        leastFromAfar[name].bad,
      );
      expect(deltaE(labOf(never.ground), labOf(far)), `${i} never, stale`).toBeGreaterThan(9);
      expect(deltaE(labOf(never.ground), labOf(fresh)), `${i} never, fresh`).toBeGreaterThan(
        leastFromAfar[name].never,
      );
    }
    expect(labOf(badFromAfar)[0] - labOf(never.ground)[0]).toBeGreaterThan(25);
    for (const hueOf of Object.values(alarmHues))
      expect(deltaE(labOf(badFromAfar), labOf(hueOf))).toBeGreaterThanOrEqual(20);
  });
});

describe("colour maps", () => {
  it("measures distance as Sharma's published pairs do", () => {
    expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 3);
    expect(deltaE([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 3);
    expect(deltaE([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 3);
  });

  it.each(maps)("%s stays ΔE 20 away from every alarm hue, fresh and stale", (name) => {
    const lut = paletteLut(name);
    expect(lut.length).toBe(paletteSize * 4);
    for (let i = 0; i < paletteSize; i++)
      for (const [priority, hueOf] of Object.entries(alarmHues)) {
        const fresh = entry(lut, i);
        expect(deltaE(labOf(fresh), labOf(hueOf)), `${i} ${priority}`).toBeGreaterThanOrEqual(20);
        expect(deltaE(labOf(stale(fresh)), labOf(hueOf)), `${i} ${priority} stale`).toBeGreaterThanOrEqual(
          20,
        );
      }
  });

  it("what is bad or was never seen stays as far away", () => {
    for (const grey of greys)
      for (const hueOf of Object.values(alarmHues))
        expect(deltaE(labOf(grey), labOf(hueOf))).toBeGreaterThanOrEqual(20);
  });

  it("every heat map has a palette that is proved here", () => {
    for (const id of heatmapIds) expect(maps).toContain(heatmaps[id].palette);
  });

  it("a stale colour is clearly another look than the fresh one", () => {
    for (const name of maps) {
      const lut = paletteLut(name);
      const distances = Array.from({ length: paletteSize }, (_, i) =>
        deltaE(labOf(entry(lut, i)), labOf(stale(entry(lut, i)))),
      );
      expect(Math.min(...distances)).toBeGreaterThan(5);
    }
  });

  it.each(maps)("%s grows steadily lighter", (name) => {
    const lut = paletteLut(name);
    for (let i = 8; i < paletteSize; i++)
      expect(labOf(entry(lut, i))[0]).toBeGreaterThan(labOf(entry(lut, i - 8))[0] - 0.5);
  });

  it.each(heatmapIds)("%s: the legend's ends are the map's ends, and values beyond are clamped", (id) => {
    const heatmap = heatmaps[id];
    const lut = paletteLut(heatmap.palette);
    const [low, high] = heatmap.range;
    expect(legendColor(heatmap, low)).toEqual(entry(lut, 0));
    expect(legendColor(heatmap, high)).toEqual(entry(lut, paletteSize - 1));
    expect(legendColor(heatmap, low - 1e6)).toEqual(entry(lut, 0));
    expect(legendColor(heatmap, high + 1e6)).toEqual(entry(lut, paletteSize - 1));
  });

  it("never jumps: a small change of value is a small change of colour", () => {
    fc.assert(
      fc.property(fc.constantFrom(...heatmapIds), fc.double({ min: 0, max: 0.999, noNaN: true }), (id, t) => {
        const [low, high] = heatmaps[id].range;
        const a = legendColor(heatmaps[id], low + t * (high - low));
        const b = legendColor(heatmaps[id], low + (t + 0.001) * (high - low));
        for (let c = 0; c < 3; c++) expect(Math.abs(a[c]! - b[c]!)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
