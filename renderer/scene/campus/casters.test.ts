import fc from "fast-check";
import { type Matrix4, OrthographicCamera, Vector3 } from "three";
import { expect, test } from "vitest";
import { Casters } from "./casters.ts";
import type { Box } from "./layout.ts";

const one = fc.record({
  x: fc.double({ min: -3000, max: 3000, noNaN: true }),
  y: fc.double({ min: -5, max: 40, noNaN: true }),
  z: fc.double({ min: -3000, max: 3000, noNaN: true }),
  yaw: fc.double({ min: -4, max: 4, noNaN: true }),
  width: fc.double({ min: 0.5, max: 180, noNaN: true }),
  height: fc.double({ min: 0.5, max: 60, noNaN: true }),
  depth: fc.double({ min: 0.5, max: 90, noNaN: true }),
});

/** World to the axes of a light that looks at `at`, whose own place there is the origin. */
const toLight = (sun: Vector3, at: Vector3): Matrix4 => {
  const camera = new OrthographicCamera();
  camera.position.copy(at).addScaledVector(sun, 2000);
  camera.lookAt(at);
  camera.updateMatrixWorld();
  return camera.matrixWorldInverse;
};

/** Corners of what is drawn, m. */
const drawn = ({ geometry }: Casters): Vector3[] => {
  const index = geometry.index!;
  const position = geometry.getAttribute("position");
  return Array.from({ length: geometry.drawRange.count }, (_, i) =>
    new Vector3().fromBufferAttribute(position, index.getX(i)),
  );
};

test("each caster stands where its box does, turned as it is", () => {
  const box: Box = { x: 100, y: 2, z: -50, yaw: Math.PI / 2, width: 30, height: 10, depth: 4 };
  const casters = new Casters([box], []);
  expect(casters.within(toLight(new Vector3(0, 1, 0.001).normalize(), new Vector3(100, 0, -50)), 50)).toBe(1);
  const corners = drawn(casters);
  expect(corners).toHaveLength(36);
  const reach = (of: (at: Vector3) => number): readonly [number, number] => [
    Math.min(...corners.map(of)),
    Math.max(...corners.map(of)),
  ];
  const [west, east] = reach(({ x }) => x);
  const [foot, top] = reach(({ y }) => y);
  const [north, south] = reach(({ z }) => z);
  for (const [found, wanted] of [
    [west, 98],
    [east, 102],
    [foot, 2],
    [top, 12],
    [north, -65],
    [south, -35],
  ] as const)
    expect(found).toBeCloseTo(wanted, 3);
});

test("casters are closed and face outwards: what their map keeps is their far sides", () => {
  const box: Box = { x: 5, y: 1, z: -7, yaw: 0.7, width: 3, height: 4, depth: 5 };
  for (const [casters, least, most] of [
    [new Casters([box], []), 60, 60],
    [new Casters([], [box]), 5, 59],
  ] as const) {
    casters.within(toLight(new Vector3(0, 1, 0.001).normalize(), new Vector3()), 100);
    const corners = drawn(casters).map((at) => at.sub(new Vector3(5, 3, -7)));
    let volume = 0;
    for (let i = 0; i < corners.length; i += 3)
      volume += corners[i]!.dot(corners[i + 1]!.clone().cross(corners[i + 2]!)) / 6;
    expect(volume).toBeGreaterThan(least - 0.01);
    expect(volume).toBeLessThan(most + 0.01);
  }
});

test("no caster that can throw a shadow into the square is left out", () => {
  fc.assert(
    fc.property(
      fc.array(one, { minLength: 1, maxLength: 12 }),
      fc.array(one, { maxLength: 12 }),
      fc.double({ min: 0.1, max: 1.5, noNaN: true }),
      fc.double({ min: 40, max: 700, noNaN: true }),
      (boxes, crowns, height, reachM) => {
        const casters = new Casters(boxes, crowns);
        const sun = new Vector3(Math.cos(height), Math.sin(height), 0.2).normalize();
        const light = toLight(sun, new Vector3(10, 0, 20));
        const count = casters.within(light, 1e6);
        expect(count).toBe(boxes.length + crowns.length);
        const inside = drawn(casters).filter((at) => {
          const { x, y } = at.clone().applyMatrix4(light);
          return Math.abs(x) <= reachM && Math.abs(y) <= reachM;
        });
        casters.within(light, reachM);
        const left = new Set(drawn(casters).map((at) => at.toArray().join()));
        for (const at of inside) expect(left.has(at.toArray().join())).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test("what stands far from the square is not drawn into its map", () => {
  const near: Box = { x: 0, y: 0, z: 0, yaw: 0, width: 10, height: 10, depth: 10 };
  const casters = new Casters([near, { ...near, x: 1500 }], [{ ...near, z: 900 }]);
  const noon = toLight(new Vector3(0, 1, 0.001).normalize(), new Vector3());
  expect(casters.within(noon, 100)).toBe(1);
  expect(casters.within(noon, 2000)).toBe(3);
});
