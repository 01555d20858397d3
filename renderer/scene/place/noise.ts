import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RepeatWrapping, RGBAFormat } from "three";

const size = 256;

/** A repeatable number in 0…1 for a lattice point. */
const lattice = (x: number, y: number, seed: number): number => {
  let h = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(seed, 1_274_126_177);
  h = Math.imul(h ^ (h >>> 13), 1_274_126_177);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
};

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Value noise that repeats after `cells`; u and v in 0…1. */
const tiled = (u: number, v: number, [cells, seed]: readonly [number, number]): number => {
  const [x, y] = [u * cells, v * cells];
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [s, t] = [smooth(x - i), smooth(y - j)];
  const at = (di: number, dj: number): number => lattice((i + di) % cells, (j + dj) % cells, seed);
  const low = at(0, 0) + (at(1, 0) - at(0, 0)) * s;
  return low + (at(0, 1) + (at(1, 1) - at(0, 1)) * s - low) * t;
};

/** Octaves from `cells` on, stretched to use the whole of 0…1. */
const octaves = (u: number, v: number, [cells, count, seed]: readonly [number, number, number]): number => {
  let sum = 0;
  let weight = 0;
  for (let octave = 0; octave < count; octave++) {
    const share = 0.54 ** octave;
    sum += share * tiled(u, v, [cells << octave, seed + octave]);
    weight += share;
  }
  return Math.min(1, Math.max(0, 0.5 + (sum / weight - 0.5) * 1.9));
};

/**
 * Noise for ground, clouds and dust, as one small repeating texture: mip maps keep it calm at a distance, and a read
 * gives four kinds. Red and green: clouds of 4 and 6 cells; blue: 24 cells; alpha: grain of 128 cells.
 */
export const noiseTexture = (): DataTexture => {
  const texels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [u, v] = [x / size, y / size];
      const at = (y * size + x) * 4;
      texels[at] = 255 * octaves(u, v, [4, 5, 1]);
      texels[at + 1] = 255 * octaves(u, v, [6, 5, 11]);
      texels[at + 2] = 255 * octaves(u, v, [24, 3, 23]);
      texels[at + 3] = 255 * tiled(u, v, [128, 37]);
    }
  const texture = new DataTexture(texels, size, size, RGBAFormat);
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = 4;
  texture.needsUpdate = true;
  return texture;
};
