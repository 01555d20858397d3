import { expect, it } from "vitest";
import type { CentreSpot } from "./diagram.ts";
import { asideOf } from "./links.ts";

const at = (x: number, z: number, row = 0): CentreSpot => ({
  x,
  z,
  row,
  isHome: row === 0,
  hub: null,
});
const home = at(0, 0);

it("a link gives way to a nearer centre beside it, to the other side, and to no other", () => {
  const far = at(100, 100, 1);
  const near = { left: at(60, 30, 2), right: at(30, 60, 2) };
  // To the left of the way out (north-east of it in the picture) stands one: the link bends to the right, and the other way round.
  expect(asideOf(far, home, [far, near.left])[0]).toBeLessThan(0);
  expect(asideOf(far, home, [far, near.left])[1]).toBeGreaterThan(0);
  expect(asideOf(far, home, [far, near.right])[0]).toBeGreaterThan(0);
  expect(asideOf(far, home, [far, near.right])[1]).toBeLessThan(0);
  for (const others of [[], [at(-60, 30, 2)], [at(95, 80, 2)], [near.left, near.right]])
    expect(asideOf(far, home, [far, ...others]).map((value) => value + 0)).toEqual([0, 0]);
});
