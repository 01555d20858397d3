import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RGBAFormat } from "three";
import { chance } from "#renderer/scene/campus/scatter.ts";

/** Tiles of the atlas, four to a row: what cards near and far show. */
export const TreeTile = {
  leaves: 0,
  twigs: 1,
  needles: 2,
  poplar: 4,
  poplarBare: 5,
  round: 6,
  roundBare: 7,
  pine: 8,
  belt: 9,
  beltBare: 10,
  shrub: 11,
  shrubBare: 12,
  tuft: 13,
  roundToo: 14,
} as const;

const tilePx = 128;
const across = 4;
const size = tilePx * across;

/** Paints into one tile; coordinates 0…1, v upwards. Red: how much hangs there; green: how bright it is. */
class Brush {
  readonly #texels: Uint8Array;
  readonly #left: number;
  readonly #bottom: number;

  constructor(texels: Uint8Array, tile: number) {
    this.#texels = texels;
    this.#left = (tile % across) * tilePx;
    this.#bottom = Math.floor(tile / across) * tilePx;
  }

  /** An ellipse with a soft rim; `turn` in radians. */
  blob(
    [u, v]: readonly [number, number],
    [ru, rv, turn]: readonly [number, number, number],
    shade: number,
  ): void {
    const reach = Math.max(ru, rv) * tilePx + 1;
    const [cx, cy] = [u * tilePx, v * tilePx];
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    for (let y = Math.max(1, Math.floor(cy - reach)); y <= Math.min(tilePx - 2, cy + reach); y++)
      for (let x = Math.max(1, Math.floor(cx - reach)); x <= Math.min(tilePx - 2, cx + reach); x++) {
        const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
        const along = (dx * c + dy * s) / (ru * tilePx);
        const aside = (dy * c - dx * s) / (rv * tilePx);
        const inside = (1 - Math.hypot(along, aside)) * Math.min(ru, rv) * tilePx;
        this.#put(x, y, Math.min(1, Math.max(0, inside + 0.5)), shade);
      }
  }

  /** A twig from one point to another, thinner towards its end. */
  twig(
    from: readonly [number, number],
    to: readonly [number, number],
    [wide, shade]: readonly [number, number],
  ): void {
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * tilePx);
    for (let i = 0; i <= steps; i++) {
      const t = i / Math.max(1, steps);
      const at = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t] as const;
      const r = Math.max(0.0045, wide * (1 - 0.5 * t));
      this.blob(at, [r, r, 0], shade);
    }
  }

  #put(x: number, y: number, cover: number, shade: number): void {
    if (cover <= 0) return;
    const at = ((this.#bottom + y) * size + this.#left + x) * 4;
    const under = this.#texels[at + 1]!;
    this.#texels[at] = Math.max(this.#texels[at]!, cover * 255);
    this.#texels[at + 1] = under + (shade * 255 - under) * cover;
  }
}

/** A branch and what grows out of it. */
const branch = (
  brush: Brush,
  from: readonly [number, number],
  [angle, length, wide]: readonly [number, number, number],
  seed: number,
): void => {
  const to = [from[0] + Math.sin(angle) * length, from[1] + Math.cos(angle) * length] as const;
  brush.twig(from, to, [wide, 0.45 + 0.2 * chance(seed, 2)]);
  if (length < 0.05) return;
  for (let i = 0; i < 3; i++) {
    const t = 0.45 + 0.55 * chance(seed, i + 5);
    const base = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t] as const;
    const spread = (chance(seed, i + 11) - 0.5) * 1.3;
    branch(
      brush,
      base,
      [angle + spread, length * (0.5 + 0.2 * chance(seed, i)), wide * 0.62],
      seed * 3.1 + i + 1,
    );
  }
};

/** A crown of clumps of leaves, lit from the upper left; `half` gives half its width at a height 0…1 of the crown. */
const crown = (
  brush: Brush,
  [middle, low, high]: readonly [number, number, number],
  half: (t: number) => number,
  [clumps, clump]: readonly [number, number],
): void => {
  // No sky shines through the middle of a crown.
  for (let i = 0; i < 16; i++) {
    const t = (i + 0.5) / 16;
    brush.blob([middle, low + t * (high - low)], [half(t) * 0.72, (high - low) / 15, 0], 0.3 + 0.12 * t);
  }
  for (let i = 0; i < clumps; i++) {
    // From the back to the front: dark inside first, light outside last.
    const front = i / clumps;
    const t = chance(i, 3.7 + middle * 9);
    const reach = half(t);
    const side = (chance(i, 8.1 + middle) * 2 - 1) * (0.55 + 0.45 * front);
    const [u, v] = [middle + side * reach, low + t * (high - low)];
    const lit = 0.28 + 0.34 * front + 0.2 * t - 0.12 * side + 0.12 * (chance(i, 1.3) - 0.5);
    const r = clump * (0.6 + 0.7 * chance(i, 5.5));
    brush.blob([u, v], [r, r * 0.72, chance(i, 6.1) * 3], lit);
  }
};

/** A crown of lobes, each a head of leaves of its own: its middle and radius, back ones first. */
const lobed = (
  brush: Brush,
  lobes: readonly (readonly [u: number, v: number, r: number])[],
  seed: number,
): void => {
  for (const [i, [u, v, r]] of lobes.entries()) {
    const front = i / Math.max(1, lobes.length - 1);
    brush.blob([u, v], [r * 0.86, r * 0.74, 0], 0.2 + 0.1 * front);
    for (let k = 0; k < 62; k++) {
      const out = k / 62;
      const turn = chance(k, seed + i) * Math.PI * 2;
      const away = r * Math.sqrt(chance(seed + i, k)) * (0.62 + 0.48 * out);
      const [du, dv] = [Math.cos(turn) * away, Math.sin(turn) * away * 0.84];
      const lit =
        0.26 + 0.16 * front + 0.26 * (dv / r) - 0.14 * (du / r) + 0.16 * out + 0.12 * (chance(k, i) - 0.5);
      const leaf = 0.019 + 0.02 * chance(k, 5.5 + i);
      brush.blob(
        [u + du, v + dv],
        [leaf, leaf * 0.7, chance(k, 6.1) * 3],
        Math.min(0.95, Math.max(0.12, lit)),
      );
    }
  }
};

const poplarHalf = (width: number) => (t: number) =>
  width * Math.sin(Math.PI * (0.12 + 0.84 * t)) ** 0.7 * (1.05 - 0.55 * t);
const paintNear = (texels: Uint8Array): void => {
  const leaves = new Brush(texels, TreeTile.leaves);
  // Clusters of leaves on twigs with gaps between them, those behind first and dark: from afar the gaps stay.
  for (let c = 0; c < 38; c++) {
    const front = c / 38;
    // Even over the disc; the front ones are drawn from all over it.
    const [turn, reach] = [c * 2.399963, 0.4 * Math.sqrt((((c * 17) % 38) + 0.5) / 38)];
    const [u, v] = [0.5 + Math.cos(turn) * reach, 0.5 + Math.sin(turn) * reach];
    const lit = 0.26 + 0.3 * front + 0.16 * (chance(c, 4) - 0.5);
    for (let i = 0; i < 13; i++) {
      const angle = chance(i, c + 1) * Math.PI * 2;
      const away = 0.074 * Math.sqrt(chance(c, i + 2));
      const [du, dv] = [Math.cos(angle) * away, Math.sin(angle) * away];
      leaves.blob(
        [u + du, v + dv],
        [0.029, 0.016, chance(i, c + 3) * 3.1],
        Math.min(0.95, lit + 2.2 * dv + 0.16 * (chance(c + 5, i) - 0.5)),
      );
    }
  }
  const twigs = new Brush(texels, TreeTile.twigs);
  for (let i = 0; i < 9; i++)
    branch(twigs, [0.5 + (i - 4) * 0.045, 0.26 + 0.02 * (i % 3)], [(i - 4) * 0.34, 0.27, 0.009], i * 7 + 3);
  const needles = new Brush(texels, TreeTile.needles);
  for (let i = 0; i < 170; i++) {
    const angle = chance(i, 21) * Math.PI * 2;
    const reach = 0.44 * Math.sqrt(chance(i, 22));
    const at = [0.5 + Math.cos(angle) * reach, 0.5 + Math.sin(angle) * reach * 0.8] as const;
    needles.blob(at, [0.06, 0.013, angle + chance(i, 23) - 0.5], 0.3 + 0.5 * chance(i, 24));
  }
};

/** What grows low: a shrub with and without leaves, a clump of grass. */
const paintLow = (texels: Uint8Array): void => {
  const shrub = new Brush(texels, TreeTile.shrub);
  const heap = (t: number): number =>
    0.46 * Math.sqrt(Math.max(0, 1 - t * t)) * (0.8 + 0.2 * Math.sin(t * 23));
  crown(shrub, [0.5, 0.02, 0.86], heap, [260, 0.05]);
  const bare = new Brush(texels, TreeTile.shrubBare);
  for (let b = 0; b < 12; b++) branch(bare, [0.5, 0.03], [(b - 5.5) * 0.16, 0.42, 0.008], b * 11 + 6);
  const tuft = new Brush(texels, TreeTile.tuft);
  for (let i = 0; i < 64; i++) {
    const lean = (chance(i, 71) - 0.5) * 0.8;
    const tall = 0.5 + 0.45 * chance(i, 72);
    const foot = [0.5 + (chance(i, 73) - 0.5) * 0.36, 0.01] as const;
    tuft.twig(
      foot,
      [foot[0] + lean * tall * 0.75, tall * (1 - 0.3 * Math.abs(lean))],
      [0.013, 0.34 + 0.5 * chance(i, 74)],
    );
  }
};

const paintFar = (texels: Uint8Array): void => {
  const trunk = (brush: Brush, u: number, top: number): void => brush.twig([u, 0.01], [u, top], [0.014, 0.3]);
  const poplar = new Brush(texels, TreeTile.poplar);
  trunk(poplar, 0.5, 0.4);
  crown(poplar, [0.5, 0.16, 0.94], poplarHalf(0.25), [420, 0.038]);
  const round = new Brush(texels, TreeTile.round);
  trunk(round, 0.5, 0.45);
  round.twig([0.5, 0.2], [0.34, 0.46], [0.01, 0.3]);
  round.twig([0.5, 0.24], [0.66, 0.5], [0.01, 0.3]);
  lobed(
    round,
    [
      [0.5, 0.56, 0.2],
      [0.3, 0.54, 0.16],
      [0.71, 0.52, 0.16],
      [0.4, 0.74, 0.17],
      [0.62, 0.76, 0.16],
      [0.22, 0.43, 0.12],
      [0.78, 0.4, 0.11],
      [0.52, 0.86, 0.11],
      [0.36, 0.44, 0.12],
      [0.58, 0.46, 0.14],
    ],
    3,
  );
  const roundToo = new Brush(texels, TreeTile.roundToo);
  trunk(roundToo, 0.47, 0.4);
  roundToo.twig([0.47, 0.12], [0.58, 0.5], [0.011, 0.3]);
  lobed(
    roundToo,
    [
      [0.44, 0.5, 0.19],
      [0.62, 0.48, 0.17],
      [0.3, 0.6, 0.15],
      [0.52, 0.7, 0.17],
      [0.7, 0.62, 0.13],
      [0.4, 0.82, 0.12],
      [0.56, 0.87, 0.1],
      [0.28, 0.4, 0.12],
      [0.66, 0.34, 0.11],
      [0.46, 0.38, 0.13],
    ],
    17,
  );
  const pine = new Brush(texels, TreeTile.pine);
  trunk(pine, 0.5, 0.5);
  crown(
    pine,
    [0.5, 0.08, 0.99],
    (t) => 0.3 * (1 - t) * (0.75 + 0.25 * Math.abs(Math.sin(t * 19))),
    [330, 0.034],
  );
  const belt = new Brush(texels, TreeTile.belt);
  const beltBare = new Brush(texels, TreeTile.beltBare);
  for (let i = 0; i < 7; i++) {
    const u = 0.075 + i * 0.142 + 0.02 * (chance(i, 31) - 0.5);
    const top = 0.8 + 0.18 * chance(i, 32);
    trunk(belt, u, 0.4);
    crown(belt, [u, 0.1, top], poplarHalf(0.075), [110, 0.03]);
    trunk(beltBare, u, top * 0.8);
    for (let b = 0; b < 9; b++)
      branch(beltBare, [u, 0.2 + b * 0.07], [(chance(i, b) - 0.5) * 0.8, 0.13, 0.006], i * 13 + b);
  }
  paintLow(texels);
  const poplarBare = new Brush(texels, TreeTile.poplarBare);
  trunk(poplarBare, 0.5, 0.92);
  for (let b = 0; b < 16; b++)
    branch(
      poplarBare,
      [0.5, 0.16 + b * 0.046],
      [(chance(b, 41) - 0.5) * 0.9, 0.2 - b * 0.006, 0.009],
      b * 5 + 2,
    );
  const roundBare = new Brush(texels, TreeTile.roundBare);
  trunk(roundBare, 0.5, 0.5);
  for (let b = 0; b < 11; b++)
    branch(roundBare, [0.5, 0.24 + b * 0.03], [(chance(b, 51) - 0.5) * 2.2, 0.29, 0.012], b * 9 + 4);
};

/** Leaves, twigs and whole trees, painted once: half a megabyte that needs no download. */
export const treeTexture = (): DataTexture => {
  const texels = new Uint8Array(size * size * 4);
  paintNear(texels);
  paintFar(texels);
  const texture = new DataTexture(texels, size, size, RGBAFormat);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.needsUpdate = true;
  return texture;
};
