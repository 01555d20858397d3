import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";
import type { Box } from "#renderer/scene/campus/layout.ts";

type Triple = readonly [x: number, y: number, z: number];

const wall = { color: 0xe7e3da };
const pale = { color: 0xcfccc3 };
const trim = { color: 0x9aa3a9 };
const glass = { color: 0x33434e, finish: Finish.glass };
const warm = { color: 0xc9b88f, finish: Finish.lamp };

/** Builds the landmark of one portal inside its box: footprint centre at the origin, front to the south. */
type Landmark = (kit: Kit, w: number, h: number, d: number) => void;

const block = (kit: Kit, [x, y, z]: Triple, [w, h, d]: Triple, look: Parameters<Kit["box"]>[2]): Kit =>
  kit.box([x - w / 2, y, z - d / 2], [w, h, d], look);

/** A slab with a glass band under its roof on all sides. */
const storey = (kit: Kit, [x, y, z]: Triple, [w, h, d]: Triple): void => {
  block(kit, [x, y, z], [w, h * 0.38, d], wall);
  block(kit, [x, y + h * 0.38, z], [w - 1.2, h * 0.44, d - 1.2], glass);
  block(kit, [x, y + h * 0.82, z], [w, h * 0.18, d], wall);
};

const landmarks: Readonly<Record<string, Landmark>> = {
  "city-brain": (kit, w, h, d) => {
    const r = Math.min(w, d) * 0.46;
    kit.prism([0, 0, 0], [r, r, h * 0.34], { ...wall, sides: 28 });
    kit.prism([0, h * 0.34, 0], [r * 0.97, r * 0.97, h * 0.14], { ...glass, sides: 28 });
    kit.prism([0, h * 0.48, 0], [r, r * 0.8, h * 0.24], { ...pale, sides: 28 });
    kit.prism([0, h * 0.72, 0], [r * 0.8, r * 0.45, h * 0.2], { ...pale, sides: 28 });
    kit.prism([0, h * 0.92, 0], [r * 0.45, r * 0.1, h * 0.08], { ...pale, sides: 28 });
  },
  exchange: (kit, w, h, d) => {
    block(kit, [0, 0, 0], [w, h * 0.14, d], pale);
    block(kit, [0, h * 0.14, -d * 0.08], [w * 0.86, h * 0.66, d * 0.7], glass);
    for (let i = 0; i < 9; i++)
      block(kit, [(i / 8 - 0.5) * w * 0.92, h * 0.14, d * 0.36], [w * 0.03, h * 0.66, w * 0.03], wall);
    block(kit, [0, h * 0.8, 0], [w, h * 0.12, d * 0.94], wall);
    block(kit, [0, h * 0.92, -d * 0.06], [w * 0.6, h * 0.08, d * 0.5], pale);
  },
  annotation: (kit, w, h, d) => {
    for (let i = 0; i < 3; i++) storey(kit, [0, (i * h) / 3.3, 0], [w - i * 8, h / 3.3, d - i * 4]);
    for (let i = 0; i < 6; i++)
      block(kit, [(i / 5 - 0.5) * w * 0.6, h * 0.91, 0], [w * 0.07, h * 0.09, d * 0.5], trim);
  },
  "server-factory": (kit, w, h, d) => {
    block(kit, [0, 0, 0], [w, h * 0.68, d], wall);
    block(kit, [0, h * 0.24, 0], [w + 0.3, h * 0.1, d + 0.3], glass);
    const teeth = 8;
    const pitch = w / teeth;
    for (let i = 0; i < teeth; i++) {
      const x = -w / 2 + i * pitch;
      const [low, top] = [h * 0.68, h];
      kit.quad(
        [
          [x, low, d / 2],
          [x + pitch, low, d / 2],
          [x + pitch, top, d / 2],
          [x, low, d / 2],
        ],
        pale,
      );
      kit.quad(
        [
          [x + pitch, low, -d / 2],
          [x, low, -d / 2],
          [x + pitch, top, -d / 2],
          [x + pitch, low, -d / 2],
        ],
        pale,
      );
      kit.quad(
        [
          [x, low, d / 2],
          [x + pitch, top, d / 2],
          [x + pitch, top, -d / 2],
          [x, low, -d / 2],
        ],
        trim,
      );
      kit.quad(
        [
          [x + pitch, low, d / 2],
          [x + pitch, low, -d / 2],
          [x + pitch, top, -d / 2],
          [x + pitch, top, d / 2],
        ],
        glass,
      );
    }
    for (let i = 0; i < 4; i++)
      block(kit, [(i / 3 - 0.5) * w * 0.7, 0, d / 2 + 0.2], [9, h * 0.2, 0.6], trim);
  },
  "data-services": (kit, w, h, d) => {
    storey(kit, [0, 0, 0], [w, h * 0.4, d]);
    storey(kit, [-w * 0.14, h * 0.4, 0], [w * 0.62, h * 0.3, d * 0.8]);
    storey(kit, [-w * 0.2, h * 0.7, 0], [w * 0.4, h * 0.3, d * 0.6]);
    block(kit, [w * 0.18, 0, d * 0.56], [w * 0.4, h * 0.2, d * 0.16], warm);
  },
  "digital-park": (kit, w, h, d) => {
    block(kit, [0, 0, 0], [w, h * 0.12, d], pale);
    const towers = [
      [-0.34, 0.72],
      [0, 1],
      [0.34, 0.84],
    ] as const;
    for (const [x, tall] of towers)
      for (let i = 0; i < 5; i++)
        storey(
          kit,
          [x * w, h * 0.12 + (i * h * 0.88 * tall) / 5, 0],
          [w * 0.24, (h * 0.88 * tall) / 5, d * 0.62],
        );
    block(kit, [0, h * 0.5, 0], [w * 0.5, h * 0.07, d * 0.16], glass);
  },
  "p4-lab": (kit, w, h, d) => {
    storey(kit, [0, 0, 0], [w * 0.92, h * 0.55, d * 0.9]);
    for (const x of [-0.26, 0, 0.26]) {
      kit.prism([x * w, h * 0.55, 0], [d * 0.14, d * 0.14, h * 0.34], { ...wall, sides: 18 });
      kit.prism([x * w, h * 0.89, 0], [d * 0.14, d * 0.05, h * 0.11], { ...trim, sides: 18 });
    }
  },
  "med-ai": (kit, w, h, d) => {
    storey(kit, [0, 0, 0], [w * 0.94, h * 0.5, d * 0.36]);
    storey(kit, [0, 0, 0], [w * 0.34, h * 0.5, d * 0.94]);
    storey(kit, [0, h * 0.5, 0], [w * 0.34, h * 0.5, d * 0.36]);
  },
  "ai-experience": (kit, w, h, d) => {
    const r = Math.min(w, d) * 0.48;
    kit.prism([0, 0, 0], [r * 0.8, r, h * 0.3], { ...glass, sides: 24 });
    kit.prism([0, h * 0.3, 0], [r, r * 0.94, h * 0.25], { ...wall, sides: 24 });
    kit.prism([0, h * 0.55, 0], [r * 0.94, r * 0.6, h * 0.3], { ...wall, sides: 24 });
    kit.prism([0, h * 0.85, 0], [r * 0.6, r * 0.18, h * 0.15], { ...pale, sides: 24 });
  },
  "talent-valley": (kit, w, h, d) => {
    for (let i = 0; i < 7; i++) {
      const turn = ((i - 3) / 3) * 1.1;
      const tall = h * (1 - Math.abs(i - 3) * 0.16);
      for (let level = 0; level < 4; level++)
        storey(
          kit,
          [Math.sin(turn) * w * 0.42, (level * tall) / 4, d * 0.3 - Math.cos(turn) * d * 0.62],
          [w * 0.15 - level, tall / 4, d * 0.22 - level],
        );
    }
  },
  congress: (kit, w, h, d) => {
    block(kit, [0, 0, 0], [w * 0.96, h * 0.1, d * 0.96], pale);
    block(kit, [0, h * 0.1, 0], [w * 0.74, h * 0.7, d * 0.7], glass);
    for (let i = 0; i < 7; i++)
      for (const z of [-0.42, 0.42])
        block(kit, [(i / 6 - 0.5) * w * 0.88, h * 0.1, z * d], [1.4, h * 0.72, 1.4], wall);
    block(kit, [0, h * 0.82, 0], [w, h * 0.12, d], wall);
    block(kit, [0, h * 0.94, 0], [w * 0.4, h * 0.06, d * 0.4], trim);
  },
};

/** Height of the middle of a sign above the roof of its portal, m. */
export const signAboveM = 15;

/**
 * One portal as it stands: a round paved ground, the post of its sign, and a landmark for those that are known by name;
 * others are a plain hall. Planned ones have their post alone.
 */
export const portalKit = (
  segment: string,
  { width, height, depth }: Box,
  isPlanned: boolean,
): BufferGeometry => {
  const kit = new Kit();
  const ground = Math.hypot(width, depth) * 0.62;
  kit.prism([0, -0.3, 0], [ground, ground, 0.5], { ...pale, sides: 40 });
  kit.prism([0, 0, -depth / 2 - 3], [0.35, 0.25, height + signAboveM - 6], { ...trim, sides: 8 });
  if (isPlanned) return kit.build();
  const landmark = landmarks[segment];
  if (landmark) landmark(kit, width, height, depth);
  else for (let i = 0; i < 3; i++) storey(kit, [0, (i * height) / 3, 0], [width, height / 3, depth]);
  return kit.build();
};
