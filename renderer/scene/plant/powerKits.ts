import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** Power plant outdoors. Unit kits fill their asset's box; the yard's are in metres. Front is north (−z). */

const steel = { color: 0x9aa1a7, finish: Finish.metal } as const;
const frame = { color: 0x6a7178, finish: Finish.metal } as const;
const concrete = { color: 0x8a8b8c } as const;
const porcelain = { color: 0x6d5346, finish: Finish.glaze, sides: 5 } as const;
const casing = { color: 0xc2c8c2 } as const;

/**
 * Stand-by set in its container, 3.4 × 12 × 3.6 m: radiator with its fan at the north end, doors, air intakes,
 * silencer and two stacks on top, the day tank on its bund at the south end.
 */
export const generator = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.05, 1], concrete)
    .box([-0.46, 0.05, -0.46], [0.92, 0.72, 0.8], casing)
    .box([-0.4, 0.1, -0.475], [0.8, 0.6, 0.02], { color: 0x454c53, finish: Finish.louvre })
    .box([-0.47, 0.77, -0.465], [0.94, 0.03, 0.81], { color: 0x959c98 })
    .box([-0.36, 0.8, -0.42], [0.72, 0.04, 0.14], { color: 0x5a6168, finish: Finish.louvre })
    .tube(
      [0, 0.88, -0.2],
      { axis: "z", radius: 0.08, length: 0.36 },
      { color: 0x787d80, finish: Finish.metal, sides: 10 },
    )
    .prism([-0.14, 0.82, 0.2], [0.045, 0.045, 0.18], { ...frame, sides: 8 })
    .prism([0.14, 0.82, 0.2], [0.045, 0.045, 0.18], { ...frame, sides: 8 })
    .box([-0.34, 0.05, 0.37], [0.68, 0.07, 0.12], concrete)
    .tube(
      [-0.28, 0.32, 0.43],
      { axis: "x", radius: 0.17, length: 0.56 },
      { color: 0xa3a9ab, finish: Finish.metal, sides: 10, flat: 0.28 },
    )
    .box([-0.24, 0.1, 0.4], [0.04, 0.1, 0.06], frame)
    .box([0.2, 0.1, 0.4], [0.04, 0.1, 0.06], frame);
  for (const side of [-1, 1])
    for (const z of [-0.3, -0.12, 0.06])
      kit
        .box([side > 0 ? 0.455 : -0.475, 0.12, z], [0.02, 0.55, 0.15], { color: 0x8d9893 })
        .box([side > 0 ? 0.47 : -0.485, 0.46, z + 0.02], [0.015, 0.17, 0.11], {
          color: 0x3b4247,
          finish: Finish.louvre,
        });
  // A sill in the maker's green along the foot, corner posts, and a lamp over the middle door of each side.
  for (const side of [-1, 1]) {
    kit.box([side > 0 ? 0.456 : -0.476, 0.05, -0.46], [0.02, 0.055, 0.8], { color: 0x3f6b58 });
    kit.box([side > 0 ? 0.462 : -0.482, 0.69, -0.085], [0.02, 0.022, 0.05], {
      color: 0xffd9a0,
      finish: Finish.lamp,
    });
    for (const z of [-0.462, 0.322])
      kit.box([side > 0 ? 0.44 : -0.464, 0.05, z], [0.024, 0.74, 0.02], { color: 0x767f7c });
  }
  return kit.build();
};

/** Oil transformer: tank, radiator banks, conservator, three high and three low bushings, pit. */
export const transformer = (): BufferGeometry => {
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.035, 1], concrete)
    .box([-0.34, 0.035, -0.26], [0.68, 0.05, 0.52], frame)
    .box([-0.3, 0.085, -0.22], [0.6, 0.46, 0.44], { color: 0x87919a })
    .box([-0.31, 0.545, -0.23], [0.62, 0.025, 0.46], { color: 0x737d86 })
    .box([-0.28, 0.1, 0.25], [0.25, 0.4, 0.2], { color: 0x77828c, finish: Finish.coil })
    .box([0.03, 0.1, 0.25], [0.25, 0.4, 0.2], { color: 0x77828c, finish: Finish.coil })
    .box([-0.28, 0.1, -0.45], [0.25, 0.4, 0.2], { color: 0x77828c, finish: Finish.coil })
    .box([0.03, 0.1, -0.45], [0.25, 0.4, 0.2], { color: 0x77828c, finish: Finish.coil })
    .tube(
      [-0.36, 0.76, 0.16],
      { axis: "x", radius: 0.075, length: 0.62 },
      { color: 0x8f99a1, finish: Finish.metal, sides: 10 },
    )
    .box([-0.26, 0.57, 0.14], [0.03, 0.13, 0.03], frame)
    .box([0.16, 0.57, 0.14], [0.03, 0.13, 0.03], frame)
    .box([0.32, 0.12, -0.12], [0.08, 0.36, 0.24], casing);
  for (const x of [-0.22, 0, 0.22])
    kit
      .prism([x, 0.57, -0.1], [0.042, 0.024, 0.38], porcelain)
      .prism([x, 0.95, -0.1], [0.012, 0.012, 0.05], { ...steel, sides: 5 })
      .prism([x * 0.6, 0.57, 0.05], [0.02, 0.014, 0.16], porcelain);
  return kit.build();
};

/** Middle of each phase of a bay, m. */
const phases = [-2.4, 0, 2.4] as const;

/** Lattice portal over a bay: two legs that spread, a beam, three strings of insulators hanging down. */
const portal = (kit: Kit, z: number, height: number): Kit => {
  for (const x of [-3.9, 3.9])
    kit
      .prism([x, 0, z - 0.9], [0.16, 0.12, height], { ...frame, sides: 4 })
      .prism([x, 0, z + 0.9], [0.16, 0.12, height], { ...frame, sides: 4 })
      .box([x - 0.07, height * 0.36, z - 0.9], [0.14, 0.12, 1.8], frame)
      .box([x - 0.07, height * 0.7, z - 0.9], [0.14, 0.12, 1.8], frame);
  kit
    .box([-4.1, height - 0.1, z - 0.95], [8.2, 0.18, 0.18], frame)
    .box([-4.1, height - 0.1, z + 0.77], [8.2, 0.18, 0.18], frame)
    .box([-4.1, height + 0.5, z - 0.09], [8.2, 0.18, 0.18], frame);
  for (let x = -3.5; x < 3.6; x += 1.75)
    kit
      .box([x, height - 0.1, z - 0.9], [0.09, 0.09, 1.8], frame)
      .box([x, height - 0.1, z - 0.05], [0.09, 0.7, 0.1], frame);
  for (const x of phases) kit.prism([x, height - 1.6, z], [0.11, 0.11, 1.5], porcelain);
  return kit;
};

/** A post of porcelain on a steel stool. */
const post = (
  kit: Kit,
  [x, z]: readonly [number, number],
  [stool, height, radius]: readonly [number, number, number],
): Kit =>
  kit
    .box([x - 0.13, 0, z - 0.13], [0.26, stool, 0.26], frame)
    .prism([x, stool, z], [radius, radius * 0.8, height], porcelain);

/** Disconnector of one phase along z: two or three posts with the closed blade on top. */
const disconnector = (kit: Kit, x: number, z: number): Kit => {
  kit.box([x - 0.12, 2.2, z - 1.5], [0.24, 0.16, 3], frame);
  for (const at of [-1.3, 0, 1.3]) post(kit, [x, z + at], [2.3, 1.3, 0.11]);
  return kit.tube([x, 3.68, z - 1.45], { axis: "z", radius: 0.06, length: 2.9 }, { ...steel, sides: 6 });
};

/** Live-tank breaker of one phase: control cubicle below, support, and the two chambers of a T above. */
const breaker = (kit: Kit, x: number, z: number): Kit =>
  post(kit, [x, z], [1.7, 1.7, 0.14])
    .box([x - 0.35, 0.5, z - 0.3], [0.7, 0.9, 0.6], casing)
    .tube([x, 3.55, z - 1.1], { axis: "z", radius: 0.17, length: 2.2 }, { ...porcelain, sides: 8 })
    .box([x - 0.2, 3.35, z - 0.22], [0.4, 0.4, 0.44], { color: 0xa7adb1, finish: Finish.metal });

/** Instrument transformer: a post with its head of oil. */
const instrument = (kit: Kit, x: number, z: number): Kit =>
  post(kit, [x, z], [2, 1.5, 0.16]).prism([x, 3.5, z], [0.3, 0.26, 0.55], {
    color: 0x9ca3a8,
    finish: Finish.metal,
    sides: 10,
  });

/**
 * One bay of a switchyard as drawn for 110 kV, 8 × 44 m and 12 m high, from the line in the north to the busbars in the
 * south: portal, arresters, line disconnector, current transformers, breaker, bus disconnector, three tubes of busbar.
 */
export const yardBay = (): BufferGeometry => {
  const kit = portal(new Kit(), -19, 10.5);
  for (const x of phases) {
    post(kit, [x, -15.5], [1.6, 1.9, 0.17]);
    disconnector(kit, x, -11.5);
    instrument(kit, x, -7);
    breaker(kit, x, -2.5);
    disconnector(kit, x, 3);
    for (const [z, length, y] of [
      [-19, 3.6, 8.9],
      [-15.4, 2.5, 3.7],
      [-10, 3, 3.9],
      [-7, 3.4, 4],
      [-1.4, 3, 3.65],
      [4.4, 9, 3.75],
    ] as const)
      kit.tube([x, y, z], { axis: "z", radius: 0.045, length }, { ...steel, sides: 4 });
    kit.prism([x, 3.7, -15.4], [0.04, 0.04, 5.2], { ...steel, sides: 4 });
  }
  // Busbars run on from bay to bay; each phase drops to its own bar.
  phases.forEach((x, i) => {
    const z = 10.5 + i * 2.6;
    for (const at of [-3.9, 3.9]) post(kit, [at, z], [3.4, 1.6, 0.13]);
    kit
      .tube([-4, 5.15, z], { axis: "x", radius: 0.085, length: 8 }, { ...steel, sides: 6 })
      .prism([x, 3.75, z], [0.04, 0.04, 1.4], { ...steel, sides: 4 });
  });
  return portal(kit, 19.5, 8.2).build();
};

/** Machine whose housing is not known: a closed cabinet with louvres at both ends. */
export const cabinet = (): BufferGeometry =>
  new Kit()
    .box([-0.5, 0, -0.5], [1, 0.06, 1], concrete)
    .box([-0.5, 0.06, -0.5], [1, 0.9, 1], { color: 0xd3d7d9 })
    .box([-0.51, 0.18, -0.44], [0.02, 0.62, 0.88], { color: 0x9aa2a8, finish: Finish.louvre })
    .box([0.49, 0.18, -0.44], [0.02, 0.62, 0.88], { color: 0x9aa2a8, finish: Finish.louvre })
    .box([-0.5, 0.96, -0.5], [1, 0.04, 1], frame)
    .build();
