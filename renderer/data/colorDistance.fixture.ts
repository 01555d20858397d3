import type { Rgb } from "./colormap.ts";

/** Linear light of an sRGB channel, 0…1. */
export const linear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

export type Lab = readonly [l: number, a: number, b: number];

/** CIE L*a*b* under D65. */
export const labOf = (rgb: Rgb): Lab => {
  const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

const degrees = 180 / Math.PI;
const hue = (b: number, a: number): number => (Math.atan2(b, a) * degrees + 360) % 360;
const cosine = (deg: number): number => Math.cos(deg / degrees);

/** CIEDE2000, after Sharma, Wu, Dalal, Color Research and Application 30 (2005). */
export const deltaE = ([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number => {
  const mean7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 1.5 - 0.5 * Math.sqrt(mean7 / (mean7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(a1 * g, b1), Math.hypot(a2 * g, b2)];
  const [h1, h2] = [hue(b1, a1 * g), hue(b2, a2 * g)];
  const turn = Math.abs(h1 - h2) > 180;
  const dh = c1 * c2 === 0 ? 0 : h2 - h1 + (turn ? (h2 > h1 ? -360 : 360) : 0);
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(dh / 2 / degrees);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = c1 * c2 === 0 ? h1 + h2 : (h1 + h2 + (turn ? (h1 + h2 < 360 ? 360 : -360) : 0)) / 2;
  const t =
    1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sc = 1 + 0.045 * c;
  const sh = 1 + 0.015 * c * t;
  const rc = 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const rt = -rc * Math.sin((60 * Math.exp(-(((h - 275) / 25) ** 2))) / degrees);
  const [dl, dc, dhs] = [(l2 - l1) / sl, (c2 - c1) / sc, dH / sh];
  return Math.sqrt(dl ** 2 + dc ** 2 + dhs ** 2 + rt * dc * dhs);
};
