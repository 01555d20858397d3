import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** Cooling plant as unit kits: each fills its asset's box (−½…½, 0…1, −½…½). Front is north (−z). */

const steel = { color: 0x9aa1a7, finish: Finish.metal } as const;
const frame = { color: 0x5d646b, finish: Finish.metal } as const;
const concrete = { color: 0x84868a } as const;
const dark = { color: 0x2b3036 } as const;
const casing = { color: 0xc4c9cd } as const;

/** Open counterflow tower, 6 × 6 × 5 m: basin, fill behind louvres, eliminators, one wide stack with its fan. */
export const openTower = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.1, 1], concrete)
    .box([-0.455, 0.1, -0.455], [0.91, 0.3, 0.91], { color: 0x596168, finish: Finish.louvre })
    .box([-0.46, 0.4, -0.46], [0.92, 0.24, 0.92], { color: 0xb4babf, finish: Finish.coil })
    .box([-0.5, 0.64, -0.5], [1, 0.05, 1], casing)
    .prism([0, 0.69, 0], [0.4, 0.36, 0.08], { ...casing, sides: 20 })
    .prism([0, 0.77, 0], [0.36, 0.375, 0.21], { color: 0xd3d6d9, sides: 20 })
    .prism([0, 0.98, 0], [0.385, 0.385, 0.012], { ...frame, sides: 20 })
    .fan([0, 0.994, 0], [0.365, 0.365], "up")
    // Riser, distribution header, drain, ladder.
    .prism([0.3, 0.1, 0.475], [0.035, 0.035, 0.5], { ...steel, sides: 7 })
    .tube([0.3, 0.58, 0.2], { axis: "z", radius: 0.04, length: 0.3 }, { ...steel, sides: 7 })
    .tube([-0.34, 0.06, -0.56], { axis: "z", radius: 0.045, length: 0.1 }, { ...steel, sides: 7 })
    .box([-0.44, 0.1, 0.47], [0.015, 0.75, 0.02], frame)
    .box([-0.36, 0.1, 0.47], [0.015, 0.75, 0.02], frame);
  for (const x of [-0.49, 0.46])
    for (const z of [-0.49, 0.46]) kit.box([x, 0.1, z], [0.03, 0.54, 0.03], frame);
  for (const y of [0.76, 0.82]) {
    kit.box([-0.5, y, -0.5], [1, 0.012, 0.012], frame).box([-0.5, y, 0.488], [1, 0.012, 0.012], frame);
    kit.box([-0.5, y, -0.5], [0.012, 0.012, 1], frame).box([0.488, y, -0.5], [0.012, 0.012, 1], frame);
  }
  return kit.build();
};

/**
 * Closed-circuit tower, dry or sprayed, 6 × 6 × 5 m: a long casing of finned coils on legs, two low fan rings, closed
 * headers in front, the spray pump at its foot.
 */
export const closedTower = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0.14, -0.44], [1, 0.07, 0.88], frame)
    .box([-0.48, 0.21, -0.42], [0.96, 0.2, 0.84], { color: 0x6b737a, finish: Finish.louvre })
    .box([-0.48, 0.41, -0.42], [0.96, 0.33, 0.84], { color: 0x8d959c, finish: Finish.coil })
    .box([-0.5, 0.74, -0.44], [1, 0.12, 0.88], { color: 0xadb3b8 })
    .box([-0.008, 0.21, -0.445], [0.016, 0.53, 0.89], frame);
  for (const x of [-0.25, 0.25])
    kit
      .prism([x, 0.86, 0], [0.235, 0.225, 0.11], { color: 0x7c848b, sides: 18 })
      .fan([x, 0.978, 0], [0.215, 0.215], "up");
  for (const x of [-0.46, 0.43]) for (const z of [-0.4, 0.36]) kit.box([x, 0, z], [0.04, 0.14, 0.04], frame);
  return (
    kit
      // Supply and return headers along the front, with their flanges.
      .tube(
        [-0.5, 0.34, -0.475],
        { axis: "x", radius: 0.032, length: 1 },
        { color: 0xb9c3cb, finish: Finish.lagging },
      )
      .tube(
        [-0.5, 0.66, -0.475],
        { axis: "x", radius: 0.032, length: 1 },
        { color: 0xc6beb4, finish: Finish.lagging },
      )
      .box([-0.02, 0.3, -0.52], [0.04, 0.4, 0.04], steel)
      // Spray pump and its basin line.
      .tube([0.14, 0.07, 0.47], { axis: "x", radius: 0.05, length: 0.2 }, steel)
      .prism([0.4, 0.05, 0.47], [0.02, 0.02, 0.66], { ...steel, sides: 6 })
      .build()
  );
};

/** Water-cooled screw chiller on its skid, 5 × 3 × 3 m: two barrels, the compressor above, the panel in front. */
export const chiller = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.46], [1, 0.06, 0.92], concrete)
    .box([-0.44, 0.06, -0.4], [0.88, 0.05, 0.1], frame)
    .box([-0.44, 0.06, 0.3], [0.88, 0.05, 0.1], frame)
    .tube(
      [-0.4, 0.3, 0.21],
      { axis: "x", radius: 0.19, length: 0.8 },
      { color: 0x444b52, finish: Finish.lagging, sides: 12 },
    )
    .tube([-0.4, 0.3, -0.21], { axis: "x", radius: 0.19, length: 0.8 }, { ...steel, sides: 12 })
    .tube([-0.47, 0.3, 0.21], { axis: "x", radius: 0.2, length: 0.07 }, { ...frame, sides: 12 })
    .tube([0.4, 0.3, 0.21], { axis: "x", radius: 0.2, length: 0.07 }, { ...frame, sides: 12 })
    .tube([-0.47, 0.3, -0.21], { axis: "x", radius: 0.2, length: 0.07 }, { ...frame, sides: 12 })
    .tube([0.4, 0.3, -0.21], { axis: "x", radius: 0.2, length: 0.07 }, { ...frame, sides: 12 })
    .tube(
      [-0.28, 0.66, 0],
      { axis: "x", radius: 0.15, length: 0.3 },
      { color: 0x737b83, finish: Finish.metal, sides: 10 },
    )
    .tube(
      [0.02, 0.66, 0],
      { axis: "x", radius: 0.12, length: 0.2 },
      { color: 0x5e666e, finish: Finish.metal, sides: 10 },
    )
    .prism([0.1, 0.44, 0.06], [0.05, 0.05, 0.16], { ...frame, sides: 7 })
    .tube([-0.2, 0.8, 0], { axis: "x", radius: 0.04, length: 0.4 }, { ...steel, sides: 7 })
    .box([0.26, 0.42, -0.42], [0.16, 0.44, 0.14], casing)
    .box([0.28, 0.66, -0.425], [0.12, 0.12, 0.01], { color: 0x1c2126, finish: Finish.glass })
    .prism([-0.43, 0.45, 0.21], [0.055, 0.055, 0.5], { color: 0xb9c3cb, finish: Finish.lagging, sides: 8 })
    .prism([0.43, 0.45, 0.21], [0.055, 0.055, 0.5], { color: 0xc6beb4, finish: Finish.lagging, sides: 8 })
    .prism([-0.43, 0.45, -0.21], [0.055, 0.055, 0.36], { ...steel, sides: 8 })
    .prism([0.43, 0.45, -0.21], [0.055, 0.055, 0.36], { ...steel, sides: 8 })
    .build();

/** End-suction pump with its motor, 1.6 × 1 × 1.4 m. */
export const pump = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.36], [1, 0.16, 0.72], concrete)
    .box([-0.46, 0.16, -0.24], [0.92, 0.05, 0.48], frame)
    .tube(
      [-0.42, 0.46, 0],
      { axis: "x", radius: 0.2, length: 0.46 },
      { color: 0x6f7a84, finish: Finish.coil, sides: 10, flat: 1.25 },
    )
    .tube([-0.5, 0.46, 0], { axis: "x", radius: 0.15, length: 0.08 }, { ...dark, sides: 10, flat: 1.25 })
    .box([0.04, 0.36, -0.09], [0.12, 0.2, 0.18], { color: 0xa9a48e })
    .tube(
      [0.16, 0.46, 0],
      { axis: "x", radius: 0.27, length: 0.16 },
      { color: 0x667078, finish: Finish.metal, sides: 12, flat: 1.3 },
    )
    .tube([0.3, 0.46, 0], { axis: "x", radius: 0.11, length: 0.2 }, { ...steel, flat: 1.3 })
    .prism([0.24, 0.66, 0], [0.09, 0.09, 0.34], { ...steel, sides: 8 })
    .box([-0.3, 0.66, -0.1], [0.18, 0.12, 0.2], frame)
    .build();

/**
 * Indirect evaporative unit that hangs on a façade, 2.4 × 2 × 3.2 m: intake louvres and heat exchanger below, two
 * exhaust fans above, water and drain along its foot, brackets into the wall.
 */
export const evaporativeUnit = (): BufferGeometry =>
  new Kit()
    .box([-0.46, -0.05, -0.42], [0.06, 0.06, 0.92], frame)
    .box([0.4, -0.05, -0.42], [0.06, 0.06, 0.92], frame)
    .box([-0.49, 0.01, -0.46], [0.98, 0.93, 0.96], casing)
    .box([-0.42, 0.07, -0.485], [0.84, 0.34, 0.03], { color: 0x59616a, finish: Finish.louvre })
    .box([-0.44, 0.44, -0.475], [0.88, 0.02, 0.02], frame)
    .box([-0.45, 0.5, -0.49], [0.9, 0.36, 0.035], { color: 0x8c949b })
    .fan([-0.225, 0.68, -0.496], [0.19, 0.155], "north")
    .fan([0.225, 0.68, -0.496], [0.19, 0.155], "north")
    .box([-0.5, 0.94, -0.5], [1, 0.04, 1], { color: 0x8f979d })
    .box([-0.3, 0.98, -0.1], [0.6, 0.02, 0.5], { color: 0x6c747b, finish: Finish.louvre })
    .tube(
      [-0.625, 0.03, -0.53],
      { axis: "x", radius: 0.018, length: 1.25 },
      { color: 0xb9c3cb, sides: 6, flat: 1.4 },
    )
    .tube(
      [-0.625, -0.02, -0.53],
      { axis: "x", radius: 0.014, length: 1.25 },
      { ...frame, sides: 6, flat: 1.4 },
    )
    .build();

/** Packaged unit on a roof, 8.4 × 4.4 × 3.1 m: coils on both sides, four fans on top. */
export const roofUnit = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.44], [1, 0.12, 0.88], frame)
    .box([-0.5, 0.12, -0.48], [0.24, 0.74, 0.96], casing)
    .box([-0.26, 0.12, -0.46], [0.75, 0.66, 0.92], { color: 0x7f878e, finish: Finish.coil })
    .box([-0.26, 0.78, -0.48], [0.76, 0.08, 0.96], casing)
    .box([-0.46, 0.25, -0.49], [0.16, 0.5, 0.01], { color: 0x8b9299 });
  for (const x of [-0.13, 0.12, 0.37])
    kit
      .prism([x, 0.86, 0], [0.115, 0.11, 0.12], { color: 0x899097, sides: 12 })
      .fan([x, 0.985, 0], [0.1, 0.19], "up");
  return kit.build();
};
