import { expect, test } from "vitest";
import { deltaE, type Lab, labOf, linear } from "#renderer/data/colorDistance.fixture.ts";
import { alarmHues, type Rgb } from "#renderer/data/colormap.ts";
import { mostTrends } from "#renderer/stores/trends.ts";
import { hues, lookOf } from "./looks.ts";

/** What protan and deutan eyes see, linear RGB: Machado, Oliveira, Fernandes, IEEE TVCG 15 (2009), severity 1. */
const eyes = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
} as const;

const gamma = (light: number): number => {
  const c = Math.min(1, Math.max(0, light));
  return 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
};

const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

const seen = (hex: string, eye: keyof typeof eyes): Lab => {
  const [r, g, b] = rgbOf(hex).map(linear) as [number, number, number];
  const m = eyes[eye];
  const row = (at: number): number => gamma(m[at]! * r + m[at + 1]! * g + m[at + 2]! * b);
  return labOf([row(0), row(3), row(6)]);
};

test.each(Object.keys(eyes) as (keyof typeof eyes)[])("%s eyes tell the hues of curves apart", (eye) => {
  for (const [i, hue] of hues.entries())
    for (const other of hues.slice(i + 1))
      expect(deltaE(seen(hue, eye), seen(other, eye)), `${hue} ${other}`).toBeGreaterThanOrEqual(20);
});

test("no curve has the hue of an alarm", () => {
  for (const hue of hues)
    for (const alarm of Object.values(alarmHues))
      expect(deltaE(seen(hue, "normal"), labOf(alarm)), `${hue} ${alarm}`).toBeGreaterThanOrEqual(20);
});

test("every curve has a look of its own", () => {
  const looks = Array.from({ length: mostTrends }, (_, slot) => lookOf(slot));
  expect(new Set(looks.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(mostTrends);
});
