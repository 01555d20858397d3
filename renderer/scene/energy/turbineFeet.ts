import { Finish, type Kit } from "#renderer/scene/campus/kit.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";

const concrete = 0xa3a19b;
const steel = 0x7d868d;
/** Top of the gravel that is heaped over a foundation, and of the plinth on it, m. */
const [heapM, plinthM] = [1.3, 2];
/** Sill of the door, m, and how high and deep a step of its stair is. */
const sillM = 3.1;
const step = { up: 0.27, deep: 0.34, count: 7 } as const;

/** Door of a tower to the north, where its track comes in, with a landing, a stair and rails. */
const door = (kit: Kit, [x, z]: readonly [number, number], radius: number): void => {
  const front = z - radius;
  kit
    .box([x - 0.75, sillM - 0.1, front - 0.12], [1.5, 2.75, 0.9], { color: 0xc8ccce })
    .box([x - 0.55, sillM, front - 0.16], [1.1, 2.35, 0.3], { color: 0x48535b })
    .box([x - 1, sillM - 0.16, front - 1.7], [2, 0.14, 1.7], { color: steel })
    .box([x - 0.95, plinthM - 0.4, front - 1.6], [0.12, sillM - plinthM + 0.3, 0.12], { color: steel })
    .box([x + 0.83, plinthM - 0.4, front - 1.6], [0.12, sillM - plinthM + 0.3, 0.12], { color: steel });
  for (let i = 1; i <= step.count; i++)
    kit.box([x - 0.7, sillM - 0.1 - i * step.up, front - 1.7 - i * step.deep], [1.4, 0.07, step.deep], {
      color: steel,
    });
  for (const side of [-1, 0.94])
    kit.box([x + side, sillM + 0.95, front - 1.7], [0.06, 0.06, 1.7], { color: 0xb9bec2 });
};

/** Box transformer beside a tower, on a plinth above what snow and water reach. */
const kiosk = (kit: Kit, x: number, z: number): void => {
  kit
    .box([x - 2.3, -0.5, z - 1.7], [4.6, 1.9, 3.4], { color: concrete })
    .box([x - 1.9, 1.4, z - 1.3], [3.8, 2.45, 2.6], { color: 0xb4c0b4 })
    .box([x - 2.05, 3.85, z - 1.45], [4.1, 0.2, 2.9], { color: 0x7f8a80 })
    .box([x - 1.7, 1.65, z - 1.36], [1.3, 1.9, 0.1], { color: 0x77827a, finish: Finish.louvre })
    .box([x - 0.2, 1.6, z - 1.36], [0.85, 2, 0.1], { color: 0xa2aea2 })
    .box([x + 0.75, 1.6, z - 1.36], [0.85, 2, 0.1], { color: 0xa2aea2 })
    .box([x - 1.96, 1.65, z - 0.9], [0.1, 1.9, 1.8], { color: 0x77827a, finish: Finish.louvre });
  for (let i = 0; i < 4; i++)
    kit.box([x - 0.2, 1.1 - i * 0.35, z - 2 - i * 0.35], [1.8, 0.3, 0.35], { color: concrete });
};

/** What a turbine stands on: gravel heaped over its foundation, a round plinth, door with stair, its transformer beside. */
export const turbineFeet = (kit: Kit, { twin }: Layout): void => {
  const turbines = twin.table("windTurbine");
  for (let row = 0; row < turbines.count; row++) {
    const { x, z, height } = boxOf(turbines, row);
    // As the tower's own foot (turbineKit.ts).
    const radius = height * 0.0245;
    kit
      .prism([x, -0.6, z], [17, 10, heapM + 0.6], { color: 0x8f8778, sides: 20, cap: { color: 0x9a9284 } })
      .prism([x, heapM - 0.1, z], [radius + 2.2, radius + 1.7, plinthM - heapM + 0.1], {
        color: concrete,
        sides: 20,
        cap: { color: 0xb0aea7 },
      })
      .prism([x, plinthM, z], [radius + 0.35, radius + 0.35, 0.24], { color: steel, sides: 20 });
    door(kit, [x, z], radius);
    kiosk(kit, x + 13, z - 9);
  }
};
