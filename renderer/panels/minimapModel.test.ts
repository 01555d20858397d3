import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { fitPlan, groundAt, planOf, shapeAt } from "./minimapModel.ts";

const twin = campusTwin(0);
const plan = planOf(twin);
const scale = fitPlan(plan, [200, 130], 6);

describe("the plan in small", () => {
  it("has every zone of the campus, and not the region's diagram", () => {
    const ids = plan.zones.map(({ ref }) => twin.idOf(ref));
    expect(ids).toContain("a");
    expect(ids).toContain("i");
    expect(ids).not.toContain("net");
  });

  it("fits into its picture, north up", () => {
    for (const { west, east, south, north } of plan.zones) {
      expect(scale.left + scale.scale * west).toBeGreaterThanOrEqual(5.99);
      expect(scale.left + scale.scale * east).toBeLessThanOrEqual(194.01);
      expect(scale.top - scale.scale * north).toBeGreaterThanOrEqual(5.99);
      expect(scale.top - scale.scale * south).toBeLessThanOrEqual(124.01);
    }
    const [north, south] = [groundAt(scale, [100, 10]), groundAt(scale, [100, 100])];
    expect(north[1]).toBeGreaterThan(south[1]);
  });

  it("finds a building before its zone, its zone before open ground", () => {
    const building = plan.buildings[0]!;
    const middle = [(building.west + building.east) / 2, (building.south + building.north) / 2] as const;
    const pixel = [scale.left + scale.scale * middle[0], scale.top - scale.scale * middle[1]] as const;
    const found = shapeAt(plan, groundAt(scale, pixel), 0);
    expect(found?.ref).toEqual(building.ref);
    const zone = plan.zones.find(({ ref }) => twin.idOf(ref) === "i")!;
    const inZone = [(zone.west + zone.east) / 2, (zone.south + zone.north) / 2] as const;
    expect(shapeAt(plan, inZone, 0)?.ref).toEqual(zone.ref);
    expect(shapeAt(plan, [30_000, 30_000], 0)).toBeNull();
  });
});
