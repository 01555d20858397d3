import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** What stands in yards and lots, in metres; front is north (−z). Black takes the tint of each instance. */

const tint = { color: 0 } as const;
const tyre = { color: 0x17181a } as const;
const steel = { color: 0x767d83 } as const;
const glass = { color: 0x1a2229, finish: Finish.glass } as const;
const lamp = { color: 0xffe7c0, finish: Finish.lamp } as const;

const hub = { color: 0x8d9296 } as const;
const headlamp = { color: 0xd9dee2, finish: Finish.glass } as const;

/** Axles: a wheel either side, round, with its hub. */
const wheels = (kit: Kit, at: readonly number[]): Kit => {
  for (const z of at)
    for (const x of [-1.24, 0.94]) {
      kit.tube([x, 0.48, z], { axis: "x", radius: 0.48, length: 0.3 }, { ...tyre, sides: 10 });
      kit.tube([x - 0.02, 0.48, z], { axis: "x", radius: 0.2, length: 0.34 }, { ...hub, sides: 6 });
    }
  return kit;
};

/** Driver's cab: raked windscreen, side windows, bumper with lamps, grille, mirrors, step and air deflector. */
const cab = (kit: Kit, z: number): Kit => {
  const [low, high] = [1.62, 2.72];
  const [foot, head] = [z, z + 0.3];
  kit
    .box([-1.2, 0.62, z], [2.4, low - 0.62, 2], tint)
    .box([-1.16, low, head], [2.32, high - low, 1.7], tint)
    .quad(
      [
        [1.1, low, foot - 0.02],
        [-1.1, low, foot - 0.02],
        [-1.06, high - 0.16, head - 0.03],
        [1.06, high - 0.16, head - 0.03],
      ],
      glass,
    )
    .box([-1.1, high - 0.16, head - 0.12], [2.2, 0.12, 0.3], { color: 0x2b3035 })
    .box([-1.22, 0.36, z - 0.14], [2.44, 0.36, 0.5], { color: 0x33383d })
    .box([-1.14, 0.72, z - 0.04], [0.42, 0.24, 0.1], headlamp)
    .box([0.72, 0.72, z - 0.04], [0.42, 0.24, 0.1], headlamp)
    .box([-0.62, 0.8, z - 0.03], [1.24, 0.62, 0.08], { color: 0x24282c })
    .box([-0.56, 1.0, z - 0.05], [1.12, 0.05, 0.1], hub)
    .box([-0.56, 1.2, z - 0.05], [1.12, 0.05, 0.1], hub)
    .box([-1.0, high, z + 0.75], [2, 0.5, 1.2], tint);
  for (const side of [-1, 1] as const) {
    kit
      .box([side > 0 ? 1.16 : -1.19, 1.78, z + 0.42], [0.03, 0.66, 0.85], glass)
      .box([side > 0 ? 1.22 : -1.42, 1.7, z + 0.05], [0.2, 0.62, 0.12], { color: 0x24282c })
      .box([side > 0 ? 1.12 : -1.22, 0.4, z + 1.5], [0.1, 0.24, 0.6], steel);
  }
  return kit;
};

/** Box truck, 8.5 m, front north. */
const boxTruck = (): BufferGeometry =>
  wheels(cab(new Kit(), -4.2), [-3.1, 2.4])
    .box([-1.2, 0.85, -2], [2.4, 0.18, 6.2], steel)
    .box([-1.25, 1.03, -2], [2.5, 2.45, 6.25], { color: 0xb9bdbf })
    .box([-1.26, 1.5, -1.6], [2.52, 0.5, 5.5], tint)
    .box([-1.27, 3.4, -2.03], [2.54, 0.1, 6.31], steel)
    .box([-1.27, 1.03, -2.03], [2.54, 0.1, 6.31], steel)
    .box([-0.02, 1.2, 4.24], [0.04, 2.1, 0.04], { color: 0x6c7277 })
    .box([-1.22, 0.52, 4.1], [2.44, 0.12, 0.14], { color: 0x33383d })
    .build();

/** Tractor and trailer, 14 m, front north. */
const lorry = (): BufferGeometry => {
  const kit = wheels(cab(new Kit(), -7), [-5.9, -3.6, 3.6, 4.9, 6.2])
    .box([-1, 0.6, -5], [2, 0.3, 3.4], steel)
    .box([-1.22, 1, -4.6], [2.44, 0.2, 11.5], steel)
    .box([-1.21, 1.2, -4.55], [2.42, 2.55, 11.45], { color: 0xb4b8ba });
  // Ribs of the container on the trailer, its corner posts and rails.
  for (let i = 0; i < 19; i++) kit.box([-1.25, 1.34, -4.3 + i * 0.6], [2.5, 2.3, 0.3], { color: 0xc3c6c7 });
  for (const z of [-4.6, 6.72])
    for (const x of [-1.27, 1.13]) kit.box([x, 1.2, z], [0.14, 2.6, 0.2], { color: 0x8a9095 });
  for (const y of [1.2, 3.66]) kit.box([-1.27, y, -4.6], [2.54, 0.14, 11.5], { color: 0x8a9095 });
  return kit
    .box([-1.15, 1.3, 6.86], [2.3, 2.35, 0.05], { color: 0x9ba0a4 })
    .box([-0.02, 1.3, 6.88], [0.04, 2.35, 0.05], { color: 0x565c61 })
    .box([-1.22, 0.5, 6.7], [2.44, 0.14, 0.16], { color: 0x33383d })
    .box([-1.1, 0.45, -0.6], [0.16, 0.55, 3.2], { color: 0x565c61 })
    .box([0.94, 0.45, -0.6], [0.16, 0.55, 3.2], { color: 0x565c61 })
    .build();
};

/** Shipping container, 6.06 m along x. */
const container = (): BufferGeometry => {
  const kit = new Kit().box([-3.03, 0, -1.22], [6.06, 2.59, 2.44], tint);
  for (let i = 0; i < 6; i++) kit.box([-2.8 + i * 1.02, 0.2, -1.25], [0.42, 2.2, 2.5], { color: 0x5f666b });
  return kit.build();
};

/** Site cabin, 6 m along x: window band, door, flat roof. */
const cabin = (): BufferGeometry =>
  new Kit()
    .box([-3, 0.15, -1.5], [6, 2.6, 3], { color: 0xc2c5c4 })
    .box([-3.08, 2.72, -1.58], [6.16, 0.14, 3.16], { color: 0x66727c })
    .box([-1.9, 1.1, 1.5], [1.5, 1, 0.04], glass)
    .box([0.1, 1.1, 1.5], [1.5, 1, 0.04], glass)
    .box([2, 0.15, 1.5], [0.85, 2.05, 0.04], { color: 0x66727c })
    .build();

/** Gatehouse with a barrier either way and a roof over both lanes; lanes run along z, the house in the middle of x. */
const gatehouse = (): BufferGeometry => {
  const kit = new Kit()
    .box([-1.5, 0, -3], [3, 0.2, 6], { color: 0x8b8d8e })
    .box([-1.2, 0.2, -2.2], [2.4, 2.9, 4.4], { color: 0xb3b2ab })
    .box([-1.26, 1.15, -1.9], [2.52, 1.25, 3.8], glass)
    .box([-9, 4.6, -2.8], [18, 0.5, 5.6], { color: 0x9ba1a5 })
    .box([-9.05, 4.75, -2.85], [18.1, 0.22, 5.7], { color: 0x4f5a63 })
    .box([-8.4, 4.52, -0.3], [6.4, 0.08, 0.6], lamp)
    .box([2, 4.52, -0.3], [6.4, 0.08, 0.6], lamp);
  for (const x of [-8.6, -1.1, 0.7, 8.2]) kit.box([x, 0, -0.2], [0.4, 4.6, 0.4], steel);
  for (const [x, z] of [
    [-1.7, 2.6],
    [1.3, -3],
  ] as const) {
    kit.box([x, 0.2, z], [0.4, 1, 0.4], { color: 0x5b646b });
    const from = x < 0 ? x - 5.2 : x + 0.4;
    kit.box([from, 1, z + 0.16], [5.2, 0.1, 0.08], { color: 0xd8d9d8 });
    for (let i = 0; i < 4; i++)
      kit.box([from + 0.5 + i * 1.25, 0.99, z + 0.15], [0.55, 0.12, 0.1], { color: 0x4c555c });
  }
  return kit.build();
};

/** Roof over bicycles, 8 m along x. */
const shelter = (): BufferGeometry => {
  const kit = new Kit()
    .box([-4, 2.25, -1.3], [8, 0.1, 2.6], { color: 0x8f979d })
    .box([-4, 0.3, -1.1], [8, 0.06, 0.06], steel);
  for (const x of [-3.8, 0, 3.7]) kit.box([x, 0, -1.1], [0.12, 2.3, 0.12], steel);
  for (let i = 0; i < 9; i++)
    if (i % 4 !== 3) kit.box([-3.6 + i * 0.85, 0.1, -0.8], [0.1, 0.85, 1.6], { color: 0x3b4248 });
  return kit.build();
};

/** Where the light of a post hangs, m. */
export const postHeadM = 4.2;

/** Lamp of a yard or a path, 4.5 m. */
const post = (): BufferGeometry =>
  new Kit()
    .box([-0.06, 0, -0.06], [0.12, 4.3, 0.12], { color: 0x4d555b })
    .box([-0.3, 4.3, -0.3], [0.6, 0.16, 0.6], { color: 0x4d555b })
    .box([-0.24, postHeadM, -0.24], [0.48, 0.1, 0.48], lamp)
    .build();

const bollard = (): BufferGeometry =>
  new Kit().box([-0.11, 0, -0.11], [0.22, 0.85, 0.22], { color: 0x8d9498 }).build();

const bench = (): BufferGeometry =>
  new Kit()
    .box([-0.9, 0.4, -0.25], [1.8, 0.07, 0.5], { color: 0x7a6650 })
    .box([-0.75, 0, -0.2], [0.12, 0.4, 0.4], { color: 0x6f7377 })
    .box([0.63, 0, -0.2], [0.12, 0.4, 0.4], { color: 0x6f7377 })
    .build();

/** Post, board and ring of a ball court; looks north. */
const hoop = (): BufferGeometry =>
  new Kit()
    .box([-0.12, 0, 0.9], [0.24, 3.2, 0.24], { color: 0x4d555b })
    .box([-0.1, 2.9, -0.2], [0.2, 0.2, 1.2], { color: 0x4d555b })
    .box([-0.9, 2.75, -0.3], [1.8, 1.05, 0.08], { color: 0xc8cccd })
    .box([-0.22, 3, -0.75], [0.44, 0.04, 0.44], { color: 0x8a6a52 })
    .build();

/** Marker post beside a track, 1 m. */
const marker = (): BufferGeometry =>
  new Kit()
    .box([-0.07, 0, -0.07], [0.14, 1.1, 0.14], { color: 0xd4d5d2 })
    .box([-0.08, 0.8, -0.08], [0.16, 0.16, 0.16], { color: 0x3e464c })
    .build();

/** Somebody, 1.75 m, in mid-stride, in a vest with a pale band and a helmet: scale for the eye, and nobody in particular. */
const person = (): BufferGeometry => {
  const cloth = { color: 0x2f353b } as const;
  const vest = { color: 0x7fa08a } as const;
  const kit = new Kit()
    .prism([0, 0.84, 0], [0.2, 0.25, 0.36], { ...vest, sides: 7 })
    .prism([0, 1.2, 0], [0.25, 0.17, 0.26], { ...vest, sides: 7 })
    .prism([0, 1.02, 0], [0.245, 0.25, 0.09], { color: 0xd3d6d4, sides: 7 })
    .prism([0, 1.44, -0.02], [0.06, 0.06, 0.1], { color: 0xa98468, sides: 5 })
    .prism([0, 1.5, -0.02], [0.09, 0.105, 0.13], { color: 0xa98468, sides: 6 })
    .prism([0, 1.61, -0.02], [0.135, 0.07, 0.12], { color: 0xc9ccca, sides: 7 });
  for (const side of [-1, 1] as const) {
    // One leg forward with the other arm.
    const step = side * 0.17;
    const leg = (x: number, z: number, y: number): readonly [number, number, number] => [x, y, z];
    kit
      .box(leg(side * 0.1 - 0.07, step * 0.35 - 0.08, 0.42), [0.14, 0.46, 0.16], cloth)
      .box(leg(side * 0.1 - 0.06, step - 0.07, 0.04), [0.12, 0.42, 0.14], cloth)
      .box(leg(side * 0.1 - 0.06, step - 0.17, 0), [0.12, 0.08, 0.26], { color: 0x1c1d1f })
      .box(leg(side * 0.28 - 0.05, -step * 0.3 - 0.06, 1.1), [0.1, 0.34, 0.12], cloth)
      .box(leg(side * 0.29 - 0.045, -step * 0.8 - 0.06, 0.82), [0.09, 0.3, 0.1], cloth);
  }
  return kit.build();
};

/** Kits of `siteKits` in their order: large things of yards first, then small ones along paths. */
export const Site = {
  boxTruck: 0,
  lorry: 1,
  container: 2,
  cabin: 3,
  gatehouse: 4,
  shelter: 5,
  post: 6,
  bollard: 7,
  bench: 8,
  hoop: 9,
  marker: 10,
  person: 11,
} as const;
export const siteKits = (): readonly BufferGeometry[] => [
  boxTruck(),
  lorry(),
  container(),
  cabin(),
  gatehouse(),
  shelter(),
  post(),
  bollard(),
  bench(),
  hoop(),
  marker(),
  person(),
];

/** Clipped hedge, unit box, in rings up to its shoulders, which the shader rounds; its green is the season's. */
export const hedge = (): BufferGeometry => {
  const leaf = { color: 0xffffff, finish: Finish.leaf } as const;
  const kit = new Kit();
  const levels = [0, 0.55, 0.78, 0.93, 1];
  const corners = [
    [-0.5, 0.5],
    [0.5, 0.5],
    [0.5, -0.5],
    [-0.5, -0.5],
  ] as const;
  for (const [k, [x, z]] of corners.entries()) {
    const [x2, z2] = corners[(k + 1) % 4]!;
    for (let i = 1; i < levels.length; i++) {
      const [y, y2] = [levels[i - 1]!, levels[i]!];
      kit.quad(
        [
          [x, y, z],
          [x2, y, z2],
          [x2, y2, z2],
          [x, y2, z],
        ],
        leaf,
      );
    }
  }
  const top = corners.map(([x, z]): readonly [number, number, number] => [x, 1, z]);
  return kit.quad([top[0]!, top[1]!, top[2]!, top[3]!], leaf).build();
};
