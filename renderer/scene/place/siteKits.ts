import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** What stands in yards and lots, in metres; front is north (−z). Black takes the tint of each instance. */

const tint = { color: 0 } as const;
const tyre = { color: 0x17181a } as const;
const steel = { color: 0x767d83 } as const;
const glass = { color: 0x1a2229, finish: Finish.glass } as const;
const lamp = { color: 0xffe7c0, finish: Finish.lamp } as const;

const wheels = (kit: Kit, at: readonly number[]): Kit => {
  for (const z of at) for (const x of [-1.22, 0.94]) kit.box([x, 0, z - 0.48], [0.28, 0.96, 0.96], tyre);
  return kit;
};

const cab = (kit: Kit, z: number): Kit =>
  kit
    .box([-1.2, 0.5, z], [2.4, 1.2, 2], tint)
    .box([-1.15, 1.7, z + 0.15], [2.3, 1.1, 1.85], tint)
    .box([-1.05, 1.75, z + 0.1], [2.1, 0.8, 0.08], glass)
    .box([-1.18, 1.8, z + 0.3], [2.36, 0.62, 0.8], glass);

/** Box truck, 8.5 m, front north. */
const boxTruck = (): BufferGeometry =>
  wheels(cab(new Kit(), -4.2), [-3.1, 2.4])
    .box([-1.2, 0.85, -2], [2.4, 0.18, 6.2], steel)
    .box([-1.25, 1.03, -2], [2.5, 2.45, 6.25], { color: 0xb9bdbf })
    .box([-1.26, 1.5, -1.6], [2.52, 0.5, 5.5], tint)
    .build();

/** Tractor and trailer, 14 m, front north. */
const lorry = (): BufferGeometry =>
  wheels(cab(new Kit(), -7), [-5.9, -3.6, 3.6, 4.9, 6.2])
    .box([-1, 0.6, -5], [2, 0.3, 3.4], steel)
    .box([-1.22, 1, -4.6], [2.44, 0.2, 11.5], steel)
    .box([-1.25, 1.2, -4.6], [2.5, 2.6, 11.55], { color: 0xc3c6c7 })
    .box([-1.27, 1.2, 6.7], [2.54, 2.6, 0.26], { color: 0x8a9095 })
    .build();

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

/** Somebody, 1.75 m: scale for the eye, and nobody in particular. */
const person = (): BufferGeometry =>
  new Kit()
    .box([-0.18, 0, -0.11], [0.36, 0.86, 0.22], { color: 0x2f353b })
    .box([-0.29, 0.8, -0.13], [0.58, 0.68, 0.26], tint)
    .box([-0.1, 1.48, -0.11], [0.2, 0.18, 0.22], { color: 0xa98468 })
    .box([-0.12, 1.62, -0.13], [0.24, 0.13, 0.26], { color: 0x24211f })
    .build();

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

/** Clipped hedge, unit box; its green is the season's. */
export const hedge = (): BufferGeometry =>
  new Kit().box([-0.5, 0, -0.5], [1, 1, 1], { color: 0xffffff, finish: Finish.leaf }).build();
