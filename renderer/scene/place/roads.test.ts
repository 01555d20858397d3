import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { junctionsOf, lampGapM, lampsOf, onRoad, roadsOf } from "./roads.ts";

const layout = layoutOf(campusTwin(10));
const { roads, gates, plots } = roadsOf(layout);

it("no road runs through a building", () => {
  for (const road of roads)
    for (const b of layout.buildings) {
      const [along, across] = onRoad(road, b.x, b.z);
      const half = road.along === "x" ? [b.width / 2, b.depth / 2] : [b.depth / 2, b.width / 2];
      const clear =
        Math.abs(along) - half[0]! > road.length / 2 || Math.abs(across) - half[1]! > road.width / 2;
      expect(clear, `${road.class} ${road.along} at ${road.x} ${road.z} and building ${b.row}`).toBe(true);
    }
});

it("lamps stand in a row, evenly, inside their road's ends", () => {
  for (const road of roads) {
    const lamps = lampsOf(road);
    for (const [i, at] of lamps.entries()) {
      expect(Math.abs(at)).toBeLessThan(road.length / 2);
      if (i > 0) expect(at - lamps[i - 1]!).toBeCloseTo(lampGapM, 6);
    }
  }
});

it("the trunk road opens to plots beside it, and roads meet in junctions with two arms at least", () => {
  expect(gates.length).toBeGreaterThan(plots.length / 2);
  for (const { arms } of junctionsOf(roads))
    expect([1, 2, 4, 8].filter((arm) => arms & arm).length).toBeGreaterThan(1);
});
