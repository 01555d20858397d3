import type { BufferGeometry } from "three";
import { Finish, Kit } from "./kit.ts";

/** Plant that stands in rooms, as unit kits (kits.ts): front is north (−z). Greys only: colour belongs to data. */

const body = { color: 0xb4bac1 } as const;
const seam = { color: 0x4a5159 } as const;
const plinth = { color: 0x363c43 } as const;
const louvre = { color: 0x9aa2aa, finish: Finish.louvre } as const;
const screen = { color: 0x15191d } as const;

/** Fronts stand this far before the body, so that they never fight with it. */
const front = -0.505;

/** Fan wall: four fans behind rings in a frame; return-air louvres on top. */
export const fanWall = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.05, 1], plinth)
    .box([-0.5, 0.05, -0.5], [1, 0.95, 1], body)
    .box([-0.006, 0.05, -0.52], [0.012, 0.95, 0.02], seam)
    .box([-0.5, 0.5, -0.52], [1, 0.012, 0.02], seam);
  for (const x of [-0.25, 0.25])
    for (const y of [0.28, 0.75])
      kit
        .disc([x, y, front], [0.215, 0.197], { color: 0xd6dade })
        .disc([x, y, front - 0.01], [0.19, 0.174], { color: 0x1c2126, finish: Finish.fan });
  return kit.build();
};

/** Coolant distribution unit: two doors, a display, supply and return pipes up to the ceiling. */
export const coolantUnit = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.05, 1], plinth)
    .box([-0.5, 0.05, -0.5], [1, 0.87, 1], body)
    .box([-0.01, 0.06, front - 0.01], [0.02, 0.86, 0.015], seam)
    .box([-0.42, 0.1, front - 0.01], [0.36, 0.3, 0.015], louvre)
    .box([0.06, 0.1, front - 0.01], [0.36, 0.3, 0.015], louvre)
    .box([-0.08, 0.42, front - 0.03], [0.03, 0.14, 0.03], seam)
    .box([0.05, 0.42, front - 0.03], [0.03, 0.14, 0.03], seam)
    .box([0.12, 0.66, front - 0.02], [0.26, 0.12, 0.02], screen)
    .prism([-0.22, 0.92, 0.1], [0.13, 0.13, 0.3], { color: 0x8d9aa6, sides: 10 })
    .prism([0.22, 0.92, 0.1], [0.13, 0.13, 0.3], { color: 0x6f7a85, sides: 10 })
    .prism([-0.22, 0.98, 0.1], [0.17, 0.17, 0.03], { color: 0x4f5861, sides: 10 })
    .prism([0.22, 0.98, 0.1], [0.17, 0.17, 0.03], { color: 0x4f5861, sides: 10 })
    .build();

/** A line of cabinets with a door each. */
const cabinets = (doors: number): Kit => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.05, 1], plinth)
    .box([-0.5, 0.05, -0.5], [1, 0.95, 1], body);
  for (let i = 0; i < doors; i++) {
    const left = -0.5 + i / doors;
    const wide = 1 / doors;
    kit
      .box([left, 0.05, front - 0.01], [0.006, 0.95, 0.015], seam)
      .box([left + wide * 0.16, 0.1, front - 0.01], [wide * 0.68, 0.24, 0.015], louvre)
      .box([left + wide * 0.16, 0.82, front - 0.01], [wide * 0.68, 0.11, 0.015], louvre)
      .box([left + wide * 0.84, 0.46, front - 0.03], [wide * 0.05, 0.12, 0.03], seam);
  }
  return kit;
};

/** Uninterruptible supply: a row of five cabinets, the middle one with a display. */
export const upsRow = (): BufferGeometry =>
  cabinets(5)
    .box([-0.055, 0.6, front - 0.02], [0.11, 0.1, 0.02], screen)
    .build();

/** Dry-type transformer in its housing: two doors, louvres, cable ducts on top. */
export const dryTransformer = (): BufferGeometry =>
  cabinets(2)
    .box([-0.3, 1, -0.15], [0.12, 0.14, 0.3], { color: 0x7a838b })
    .box([0.18, 1, -0.15], [0.12, 0.14, 0.3], { color: 0x7a838b })
    .build();
