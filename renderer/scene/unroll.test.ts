import { BoxGeometry, InstancedBufferAttribute, PlaneGeometry } from "three";
import { describe, expect, test } from "vitest";
import { instancesOf, type Placed } from "./campus/instances.ts";
import { isUnrollable, Unrolled } from "./unroll.ts";

const boxes = (count: number): Placed[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ x: i, y: 0, z: -i, yaw: 0, width: 1, height: 2, depth: 3 },
    extra: [i],
  }));

const crowd = (count: number) => {
  const { geometry } = instancesOf(new PlaneGeometry(1, 1), boxes(count), undefined as never);
  geometry.setAttribute(
    "iLive",
    new InstancedBufferAttribute(
      Float32Array.from({ length: count }, (_, i) => i),
      1,
    ),
  );
  return geometry;
};

/** iLive of each corner that is drawn. */
const drawnOf = ({ geometry }: Unrolled): number[] => {
  const live = geometry.getAttribute("iLive").array;
  const corners = [...geometry.index!.array].slice(0, geometry.drawRange.count);
  return corners.map((corner) => live[corner]!);
};

describe("instances with vertices of their own", () => {
  test("are those that are kept, each with the kit's corners and its own attributes", () => {
    const whole = crowd(40);
    const unrolled = new Unrolled(whole);
    unrolled.draw(Uint32Array.of(3, 39, 7), 2);
    expect(drawnOf(unrolled)).toEqual([...Array<number>(6).fill(3), ...Array<number>(6).fill(39)]);
    const { geometry } = unrolled;
    const corner = geometry.index!.array[6]!;
    const kit = whole.index!.array[0]!;
    for (const name of ["position", "uv", "normal"] as const) {
      const own = geometry.getAttribute(name);
      for (let k = 0; k < own.itemSize; k++)
        expect(own.getComponent(corner, k)).toBe(whole.getAttribute(name).getComponent(kit, k));
    }
    expect(geometry.getAttribute("iPose").getZ(corner)).toBe(-39);
    expect(geometry.getAttribute("iPose").itemSize).toBe(4);
  });

  test("take over what telemetry has changed, and only when it says so", () => {
    const whole = crowd(40);
    const unrolled = new Unrolled(whole);
    unrolled.draw(Uint32Array.of(5), 1);
    const live = whole.getAttribute("iLive");
    live.array[5] = 88;
    live.needsUpdate = true;
    unrolled.draw(Uint32Array.of(5), 1);
    expect(new Set(drawnOf(unrolled))).toEqual(new Set([88]));
  });

  test("grow with a level of detail that shows more of them: then another is made", () => {
    const whole = crowd(60);
    whole.instanceCount = 40;
    const unrolled = new Unrolled(whole);
    unrolled.draw(Uint32Array.of(39), 1);
    expect(unrolled.fits).toBe(true);
    whole.instanceCount = 41;
    expect(unrolled.fits).toBe(false);
  });

  test("are taken over anew when more of them are shown than before", () => {
    const whole = crowd(60);
    const unrolled = new Unrolled(whole);
    whole.instanceCount = 40;
    unrolled.draw(Uint32Array.of(1), 1);
    whole.instanceCount = 60;
    unrolled.draw(Uint32Array.of(59), 1);
    expect(new Set(drawnOf(unrolled))).toEqual(new Set([59]));
  });
});

describe("what is unrolled", () => {
  test("is many of few vertices", () => {
    expect(isUnrollable(crowd(40))).toBe(true);
    expect(isUnrollable(crowd(8))).toBe(false);
    const costly = instancesOf(new BoxGeometry(1, 1, 1, 12, 12, 12), boxes(40), undefined as never);
    expect(isUnrollable(costly.geometry)).toBe(false);
    const whole = crowd(40);
    whole.instanceCount = 200_000;
    expect(isUnrollable(whole)).toBe(false);
  });
});
