import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** What stands along roads and on plots, in metres; front is north (−z). */

/** A poplar or bush of three leaf bodies and a trunk, metric for 1 m height: scaled by iSize. */
export const tree = (): BufferGeometry => {
  const leaf = { color: 0x42542c, finish: Finish.leaf } as const;
  return new Kit()
    .prism([0, 0, 0], [0.05, 0.04, 0.3], { color: 0x4d3d2e, sides: 5 })
    .prism([0, 0.2, 0], [0.24, 0.42, 0.25], { ...leaf, sides: 7 })
    .prism([0, 0.45, 0], [0.42, 0.3, 0.28], { ...leaf, sides: 7 })
    .prism([0, 0.73, 0], [0.3, 0, 0.27], { ...leaf, sides: 7 })
    .build();
};

/** Light pole with a head that glows by night, metric, 9 m. */
export const lightPole = (): BufferGeometry =>
  new Kit()
    .prism([0, 0, 0], [0.11, 0.06, 9], { color: 0x7b8288, sides: 5 })
    .box([-0.1, 8.9, -1.7], [0.2, 0.14, 1.8], { color: 0x7b8288 })
    .box([-0.16, 8.8, -1.7], [0.32, 0.1, 0.7], { color: 0xffe7c0, finish: Finish.lamp })
    .build();

/** Parked car, metric. */
export const car = (): BufferGeometry =>
  new Kit()
    .box([-0.9, 0.3, -2.2], [1.8, 0.6, 4.4], { color: 0xb9bcc0 })
    .box([-0.8, 0.9, -1.2], [1.6, 0.5, 2.4], { color: 0x1b2229, finish: Finish.glass })
    .build();

/** One fence panel, unit length, 2.2 m high: posts and rails that read as a veil from afar. */
export const fence = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.1, 1], { color: 0x8b8d8e })
    .box([-0.5, 0.5, -0.3], [1, 0.03, 0.6], { color: 0x666d74 })
    .box([-0.5, 0.95, -0.3], [1, 0.04, 0.6], { color: 0x666d74 })
    .build();

/** Tower crane over a building site, metric, 42 m. */
export const crane = (): BufferGeometry => {
  const steel = { color: 0xc8a24a } as const;
  return new Kit()
    .box([-0.9, 0, -0.9], [1.8, 42, 1.8], steel)
    .box([-0.8, 42, -38], [1.6, 1.4, 50], steel)
    .box([-1.2, 40.5, 8], [2.4, 2.6, 3.6], { color: 0x80868b })
    .prism([0, 43.4, 0], [0.9, 0, 6], { ...steel, sides: 4 })
    .build();
};
