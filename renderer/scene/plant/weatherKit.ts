import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

const steel = { color: 0xaab0b5, finish: Finish.metal } as const;
const white = { color: 0xd9dcdd } as const;
const dark = { color: 0x3a4046 } as const;

/**
 * Weather station, 3 × 3 × 10 m: a mast on its footing with cups and vane on the cross-arm, a louvred shield, radiation
 * sensors on a boom, rain gauge and cabinet at its foot. Fills its asset's box.
 */
export const weatherMast = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.25, 0, -0.25], [0.5, 0.012, 0.5], { color: 0x8f9091 })
    .prism([0, 0.012, 0], [0.035, 0.02, 0.955], { ...steel, sides: 6 })
    // Cross-arm: cups to the west, vane to the east.
    .box([-0.42, 0.945, -0.012], [0.84, 0.006, 0.024], steel)
    .prism([-0.4, 0.95, 0], [0.012, 0.012, 0.03], { ...dark, sides: 5 })
    .prism([0.4, 0.95, 0], [0.01, 0.01, 0.025], { ...dark, sides: 5 })
    .box([0.28, 0.972, -0.008], [0.26, 0.022, 0.016], dark)
    // Shield of air temperature and humidity; boom with pyranometers to the south.
    .box([-0.012, 0.2, -0.3], [0.024, 0.006, 0.28], steel)
    .box([-0.02, 0.3, 0], [0.04, 0.005, 0.46], steel)
    .prism([0, 0.305, 0.42], [0.05, 0.03, 0.012], { ...white, sides: 8 })
    // Rain gauge and logger cabinet.
    .prism([0.34, 0, 0.2], [0.06, 0.07, 0.09], { ...white, sides: 8 })
    .box([-0.1, 0.08, -0.09], [0.2, 0.07, 0.07], white);
  for (const turn of [0, 1, 2]) {
    const a = (turn / 3) * Math.PI * 2;
    kit.prism([-0.4 + Math.cos(a) * 0.05, 0.966, Math.sin(a) * 0.05], [0.022, 0.022, 0.011], {
      ...dark,
      sides: 6,
    });
  }
  for (let plate = 0; plate < 5; plate++)
    kit.prism([0, 0.178 + plate * 0.008, -0.3], [0.06, 0.06, 0.004], { ...white, sides: 8 });
  return kit.build();
};
