import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaE, labOf } from "./colorDistance.fixture.ts";
import { alarmHues, legendColor, paletteLut, paletteSize, type Rgb } from "./colormap.ts";
import { heatmapIds, heatmaps } from "./heatmaps.ts";

const entry = (lut: Uint8Array, i: number): Rgb => [lut[i * 4]!, lut[i * 4 + 1]!, lut[i * 4 + 2]!];

describe("colour maps", () => {
  it("measures distance as Sharma's published pairs do", () => {
    expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 3);
    expect(deltaE([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 3);
    expect(deltaE([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 3);
  });

  it.each(["cividis", "viridis", "inferno"] as const)("%s stays ΔE 20 away from every alarm hue", (name) => {
    const lut = paletteLut(name);
    expect(lut.length).toBe(paletteSize * 4);
    for (const hueOf of Object.values(alarmHues)) {
      for (let i = 0; i < paletteSize; i++)
        expect(deltaE(labOf(entry(lut, i)), labOf(hueOf))).toBeGreaterThanOrEqual(20);
    }
  });

  it.each(["cividis", "viridis", "inferno"] as const)("%s grows steadily lighter", (name) => {
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
