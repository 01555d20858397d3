import type { BufferGeometry } from "three";
import { Finish, Kit } from "#renderer/scene/campus/kit.ts";

/** What stands along roads and on plots, in metres; front is north (−z). */

/** Light pole with a head that glows by night, metric, 9 m. */
export const lightPole = (): BufferGeometry =>
  new Kit()
    .prism([0, 0, 0], [0.11, 0.06, 9], { color: 0x7b8288, sides: 5 })
    .box([-0.1, 8.9, -1.7], [0.2, 0.14, 1.8], { color: 0x7b8288 })
    .box([-0.16, 8.8, -1.7], [0.32, 0.1, 0.7], { color: 0xffe7c0, finish: Finish.lamp })
    .build();

/** Parked car, metric: bonnet, cabin and boot; its paint is the instance's own. */
export const car = (): BufferGeometry => {
  const paint = { color: 0xffffff, finish: Finish.paint } as const;
  const glass = { color: 0x141a20, finish: Finish.glass } as const;
  const tyre = { color: 0x17181a } as const;
  const lamp = { color: 0xc9d0d5, finish: Finish.glass } as const;
  const kit = new Kit()
    .box([-0.9, 0.34, -2.1], [1.8, 0.36, 4.2], paint)
    .box([-0.86, 0.7, -1.35], [1.72, 0.12, 3.4], paint)
    .box([-0.86, 0.24, -2.2], [1.72, 0.24, 4.4], { color: 0x24282c })
    .box([-0.84, 0.5, -2.14], [0.4, 0.15, 0.1], lamp)
    .box([0.44, 0.5, -2.14], [0.4, 0.15, 0.1], lamp)
    .box([-0.84, 0.56, 2.06], [0.36, 0.14, 0.06], { color: 0x5c2422 })
    .box([0.48, 0.56, 2.06], [0.36, 0.14, 0.06], { color: 0x5c2422 })
    .box([-1.0, 0.84, -0.98], [0.14, 0.12, 0.2], paint)
    .box([0.86, 0.84, -0.98], [0.14, 0.12, 0.2], paint)
    .quad(
      [
        [0.84, 0.7, -2.06],
        [-0.84, 0.7, -2.06],
        [-0.84, 0.83, -1.3],
        [0.84, 0.83, -1.3],
      ],
      paint,
    )
    .box([-0.72, 1.38, -0.75], [1.44, 0.06, 1.9], paint);
  // Wheels of an axle are one roller: its middle is inside the body.
  for (const z of [-1.3, 1.38])
    kit.tube([-0.92, 0.33, z], { axis: "x", radius: 0.33, length: 1.84 }, { ...tyre, sides: 8 });
  // Cabin: a frustum of glass under the roof.
  const low = { w: 0.84, front: -1.35, back: 1.65, y: 0.82 };
  const high = { w: 0.72, front: -0.75, back: 1.15, y: 1.38 };
  const at = (c: typeof low, side: number, z: "front" | "back"): readonly [number, number, number] => [
    side * c.w,
    c.y,
    c[z],
  ];
  for (const side of [-1, 1] as const) {
    const [a, b, c, d] = [
      at(low, side, "front"),
      at(low, side, "back"),
      at(high, side, "back"),
      at(high, side, "front"),
    ];
    kit.quad(side > 0 ? [b, a, d, c] : [a, b, c, d], glass);
  }
  kit.quad([at(low, 1, "front"), at(low, -1, "front"), at(high, -1, "front"), at(high, 1, "front")], glass);
  return kit
    .quad([at(low, -1, "back"), at(low, 1, "back"), at(high, 1, "back"), at(high, -1, "back")], glass)
    .build();
};

/** One fence panel, unit length, 2.3 m high: plinth, posts and rails; from afar the plinth reads as its line. */
export const fence = (): BufferGeometry => {
  const steel = { color: 0x5c656c } as const;
  const kit = new Kit()
    .box([-0.5, 0, -0.5], [1, 0.13, 1], { color: 0x8b8d8e })
    .box([-0.5, 0.42, -0.2], [1, 0.022, 0.4], steel)
    .box([-0.5, 0.94, -0.2], [1, 0.03, 0.4], steel);
  for (let i = 0; i < 5; i++) kit.box([-0.5 + i * 0.25, 0.1, -0.3], [0.005, 0.9, 0.6], steel);
  return kit.build();
};

/**
 * Lantern on what is high, for aircraft. Steady, dull and less than a metre: alarms are bright, large and on a label, so
 * that nobody takes one for the other.
 */
const obstruction = { color: 0x8c1408, finish: Finish.lamp } as const;

/** Tower crane over a building site, metric, 42 m; red lanterns on its peak and at both ends of the jib. */
export const crane = (): BufferGeometry => {
  const steel = { color: 0xc8a24a } as const;
  return new Kit()
    .box([-0.9, 0, -0.9], [1.8, 42, 1.8], steel)
    .box([-0.8, 42, -38], [1.6, 1.4, 50], steel)
    .box([-1.2, 40.5, 8], [2.4, 2.6, 3.6], { color: 0x80868b })
    .prism([0, 43.4, 0], [0.9, 0, 6], { ...steel, sides: 4 })
    .box([-0.4, 49.2, -0.4], [0.8, 0.8, 0.8], obstruction)
    .box([-0.4, 43.4, -37.8], [0.8, 0.8, 0.8], obstruction)
    .box([-0.4, 43.4, 11], [0.8, 0.8, 0.8], obstruction)
    .build();
};
