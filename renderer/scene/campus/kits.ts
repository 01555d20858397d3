import type { BufferGeometry } from "three";
import { Finish, Kit } from "./kit.ts";

/**
 * Equipment as small procedural kits. Unit kits fill the asset's own box (−½…½, 0…1, −½…½);
 * metric kits are drawn in metres as they are. Front is north (−z).
 */

const grey = 0xa9aeb4;
const pale = 0xd4d7da;
const dark = 0x3c434b;

/** Induced-draught tower: basin, louvred sides, deck, fan cylinder. */
export const coolingTower = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.08, 1], { color: 0x6f757b })
    .box([-0.48, 0.08, -0.48], [0.96, 0.56, 0.96], { color: 0xb9c0c6, finish: Finish.louvre })
    .box([-0.5, 0.64, -0.5], [1, 0.06, 1], { color: pale })
    .prism([0, 0.7, 0], [0.36, 0.33, 0.3], { color: pale, sides: 12, cap: { color: 0x22272c } })
    .build();

/** Packaged unit on a frame, fans on top: chillers, roof units. */
export const packagedUnit = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.1, 1], { color: dark })
    .box([-0.5, 0.1, -0.46], [1, 0.72, 0.92], { color: 0xc3c9ce, finish: Finish.louvre })
    .box([-0.5, 0.82, -0.5], [1, 0.1, 1], { color: pale, finish: Finish.fan })
    .build();

/** Containerised generator: corrugated body, exhaust, radiator end. */
export const generator = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.07, 1], { color: dark })
    .box([-0.5, 0.07, -0.42], [1, 0.75, 0.92], { color: 0x9fa6a4 })
    .box([-0.46, 0.12, -0.5], [0.92, 0.62, 0.08], { color: 0x51585f, finish: Finish.louvre })
    .prism([-0.2, 0.82, 0.2], [0.07, 0.07, 0.18], { color: 0x5a5f64, sides: 8 })
    .prism([0.2, 0.82, 0.2], [0.07, 0.07, 0.18], { color: 0x5a5f64, sides: 8 })
    .build();

/** Oil transformer: tank, radiators, conservator, bushings. */
export const transformer = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.05, 1], { color: 0x777b7e })
    .box([-0.3, 0.05, -0.28], [0.6, 0.5, 0.56], { color: 0x7f8a92 })
    .box([-0.3, 0.08, 0.3], [0.6, 0.42, 0.16], { color: 0x6f7a83, finish: Finish.louvre })
    .box([-0.3, 0.08, -0.46], [0.6, 0.42, 0.16], { color: 0x6f7a83, finish: Finish.louvre })
    .box([-0.34, 0.6, 0.02], [0.68, 0.12, 0.14], { color: 0x87929a })
    .prism([-0.2, 0.55, -0.12], [0.03, 0.02, 0.4], { color: 0x6b4a3a, sides: 6 })
    .prism([0, 0.55, -0.12], [0.03, 0.02, 0.4], { color: 0x6b4a3a, sides: 6 })
    .prism([0.2, 0.55, -0.12], [0.03, 0.02, 0.4], { color: 0x6b4a3a, sides: 6 })
    .build();

/** Battery container. */
export const container = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.06, 1], { color: dark })
    .box([-0.5, 0.06, -0.5], [1, 0.9, 1], { color: 0xdfe2e3 })
    .box([-0.51, 0.18, -0.44], [0.02, 0.62, 0.88], { color: 0x9aa2a8, finish: Finish.louvre })
    .box([0.49, 0.18, -0.44], [0.02, 0.62, 0.88], { color: 0x9aa2a8, finish: Finish.louvre })
    .box([-0.4, 0.96, -0.46], [0.8, 0.05, 0.3], { color: 0xb2b8bc, finish: Finish.fan })
    .build();

/** Steel lattice gantry of a substation yard, metric, 22 m wide. */
export const gantry = (): BufferGeometry => {
  const steel = { color: grey } as const;
  return new Kit()
    .prism([-11, 0, 0], [0.5, 0.22, 13], { ...steel, sides: 4 })
    .prism([11, 0, 0], [0.5, 0.22, 13], { ...steel, sides: 4 })
    .box([-11.5, 12.2, -0.35], [23, 0.7, 0.7], steel)
    .prism([-6, 9.6, 0], [0.16, 0.16, 2.6], { color: 0x6b4a3a, sides: 5 })
    .prism([0, 9.6, 0], [0.16, 0.16, 2.6], { color: 0x6b4a3a, sides: 5 })
    .prism([6, 9.6, 0], [0.16, 0.16, 2.6], { color: 0x6b4a3a, sides: 5 })
    .box([-2.2, 0, 6], [4.4, 3.4, 3.4], { color: pale })
    .build();
};
