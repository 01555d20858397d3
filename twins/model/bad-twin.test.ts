import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badTwinFaults, badTwinFiles } from "./bad-twin.fixture.ts";
import { Ground } from "./ground.ts";
import { loadTwin } from "./load.ts";
import type { Pose } from "./table.ts";

describe("a twin directory full of faults", () => {
  const twin = loadTwin(badTwinFiles());

  it.each(badTwinFaults)("%s at %s in %s is told, with its line and what to do", (code, asset, file) => {
    const own = twin.problems.filter((problem) => problem.code === code && problem.asset === asset);
    expect(own.map((problem) => problem.file)).toEqual([file]);
    expect(own[0]!.line).toBeGreaterThan(0);
    expect(own[0]!.tip).toMatch(/^Correct /);
    if (asset !== undefined) expect(twin.find(asset)).toBeUndefined();
  });

  it("tells nothing else, but what follows from the broken number", () => {
    const told = new Set(badTwinFaults.map(([code, asset]) => `${code} ${asset}`));
    const others = twin.problems.filter(({ code, asset }) => !told.has(`${code} ${asset}`));
    expect(others.map(({ code, file }) => [code, file])).toEqual([]);
  });

  it("shows the rest all the same", () => {
    for (const id of [
      "east/b01/f1/r1/row01/k01",
      "east/b03",
      "east/wild03",
      "east/s110",
      "east/pv12",
      "east/strewn03",
      "west/pods",
      "west/office",
      "north/hall",
    ])
      expect(twin.find(id), id).toBeDefined();
    expect(twin.table("rack").count).toBe(100);
    for (const table of twin.tables.values())
      for (let row = 0; row < table.count; row++) {
        for (const metres of table.pose.subarray(row * 4, row * 4 + 3))
          expect(Math.abs(metres)).toBeLessThanOrEqual(50_000);
        for (const metres of table.size.subarray(row * 3, row * 3 + 3)) expect(metres).toBeGreaterThan(0);
      }
  });

  it("counts what goes with an asset that is left out", () => {
    const message = (asset: string): string | undefined =>
      twin.problems.find((problem) => problem.asset === asset)?.message;
    expect(message("north/twin")).toContain("stands on the ground of north/hall");
    expect(message("north/twin")).toContain("below it (1)");
    expect(message("north/lost/r1")).toContain("below it (1)");
    expect(twin.find("north/twin/f1")).toBeUndefined();
    expect(twin.find("north/lost/r1/k1")).toBeUndefined();
  });
});

/** Whether two turned rectangles share ground, by looking at points of one inside of the other. */
const shareGround = (a: readonly number[], b: readonly number[]): boolean => {
  const inside = ([east, north, width, depth, yawDeg]: readonly number[], x: number, y: number): boolean => {
    const yaw = (yawDeg! * Math.PI) / 180;
    const [dx, dy] = [x - east!, y - north!];
    const u = dx * Math.cos(yaw) - dy * Math.sin(yaw);
    const v = dx * Math.sin(yaw) + dy * Math.cos(yaw);
    return Math.abs(u) < width! / 2 && Math.abs(v) < depth! / 2;
  };
  const steps = 40;
  const [east, north, width, depth, yawDeg] = a as [number, number, number, number, number];
  const yaw = (yawDeg * Math.PI) / 180;
  for (let i = 0; i <= steps; i++)
    for (let j = 0; j <= steps; j++) {
      const u = (i / steps - 0.5) * width * 0.98;
      const v = (j / steps - 0.5) * depth * 0.98;
      const x = east + u * Math.cos(yaw) + v * Math.sin(yaw);
      const y = north - u * Math.sin(yaw) + v * Math.cos(yaw);
      if (inside(b, x, y)) return true;
    }
  return false;
};

const rectangle = fc.tuple(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: 10, max: 200 }),
  fc.integer({ min: 10, max: 200 }),
  fc.integer({ min: 0, max: 359 }),
);

const claim = (ground: Ground, id: string, [east, north, width, depth, yaw]: readonly number[]) =>
  ground.claim(id, [east, north, 0, yaw] as unknown as Pose, [width!, depth!]);

describe("ground", () => {
  it("is given once: two buildings share none of it, however they are turned", () => {
    fc.assert(
      fc.property(fc.array(rectangle, { minLength: 2, maxLength: 12 }), (rectangles) => {
        const ground = new Ground();
        const standing = new Map<string, readonly number[]>();
        for (const [i, each] of rectangles.entries()) {
          const other = claim(ground, `b${i}`, each);
          if (other === undefined) {
            for (const [id, stands] of standing) expect(shareGround(each, stands), id).toBe(false);
            standing.set(`b${i}`, each);
          } else expect(standing.has(other)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("is not taken by what only stands near: walls may touch, and corners of turned halls pass each other", () => {
    const ground = new Ground();
    expect(claim(ground, "a", [0, 0, 60, 40, 0])).toBeUndefined();
    expect(claim(ground, "b", [60, 0, 60, 40, 0])).toBeUndefined();
    // Its bounds cross those of a; it does not.
    expect(claim(ground, "c", [-50, 42, 60, 20, 315])).toBeUndefined();
    expect(claim(ground, "d", [-30, 20, 10, 10, 45])).toBe("a");
  });

  it("holds buildings of any size, however many there are", () => {
    const ground = new Ground();
    for (let i = 0; i < 20_000; i++)
      expect(claim(ground, `b${i}`, [(i % 200) * 70, Math.floor(i / 200) * 50, 60, 40, 0])).toBeUndefined();
    expect(claim(ground, "vast", [0, 0, 20_000, 20_000, 0])).toBe("b0");
    expect(claim(ground, "vast", [0, -10_030, 20_000, 20_000, 0])).toBeUndefined();
    expect(claim(ground, "small", [0, -100, 10, 10, 0])).toBe("vast");
  });
});
