import { describe, expect, test } from "vitest";
import { createPlant } from "#twins/physics/plant.ts";
import { campus } from "./bed.fixture.ts";

const seasons = {
  winter: Date.UTC(2026, 0, 14),
  spring: Date.UTC(2026, 3, 14),
  summer: Date.UTC(2026, 6, 14),
  autumn: Date.UTC(2026, 9, 14),
} as const;

/** MWh of a day by what draws it, hour by hour. */
const dayOf = (startMs: number, detail: "full" | "totals") => {
  const plant = createPlant(campus, { seed: 1, startMs, detail });
  const day = { it: 0, cooling: 0, total: 0 };
  const add = (values: Float64Array): number => values.reduce((sum, kw) => sum + kw, 0) / 1000;
  for (let hour = 0; hour < 24; hour++) {
    plant.step(3600);
    day.it += add(plant.parts.distribution.it);
    day.cooling += add(plant.parts.distribution.cooling);
    day.total += plant.parts.grid.total[0]! / 1000;
  }
  return { day, plant };
};

describe("totals without single racks are those of the full plant within 0.1 %", () => {
  test.each(Object.entries(seasons))("a day in %s", (_, startMs) => {
    const full = dayOf(startMs, "full").day;
    const totals = dayOf(startMs, "totals").day;
    for (const what of ["it", "cooling", "total"] as const)
      expect([what, Math.abs(totals[what] / full[what] - 1) < 0.001]).toEqual([what, true]);
  });

  test("with an order from elsewhere and a load that is held, too", () => {
    const drawn = (detail: "full" | "totals"): number => {
      const plant = createPlant(campus, { seed: 2, startMs: seasons.spring, detail });
      plant.dispatch.pin({ asset: "a/hero", load: 0.2 });
      plant.dispatch.migrate({
        fromCentre: "net/beijing",
        toBuilding: "a/b01",
        kind: "training",
        racks: 24,
        checkpointTb: 1,
        dataTb: 20,
        gbitPerS: 400,
        startMs: seasons.spring,
      });
      let mwh = 0;
      for (let i = 0; i < 24; i++) {
        plant.step(600);
        mwh += plant.parts.grid.total[0]! / 6000;
      }
      return mwh;
    };
    expect(Math.abs(drawn("totals") / drawn("full") - 1)).toBeLessThan(0.001);
  });

  test("racks are summed to a few, which find their place in the twin", () => {
    const { plant } = dayOf(seasons.winter, "totals");
    const racks = plant.truth.get("rack")![0]!.length;
    expect(racks).toBeLessThan(campus.table("rack").count / 20);
    expect(racks).toBeGreaterThanOrEqual(campus.table("room").count);
    const { ofRoom } = plant.parts.racks;
    expect(ofRoom[0]).toBe(0);
    for (let room = 1; room < campus.table("room").count; room++)
      expect(ofRoom[room * 2]).toBe(ofRoom[room * 2 - 1]);
  });

  test("like air handlers of a room are summed to one, with the power of all", () => {
    const [full, totals] = (["full", "totals"] as const).map((detail) => dayOf(seasons.summer, detail).plant);
    const units = totals!.parts.rooms.air.units;
    const { count } = campus.table("room");
    expect(units.columns.power.length).toBe(count);
    expect(units.standsFor.reduce((sum, own) => sum + own, 0)).toBe(campus.table("crah").count);
    for (let room = 0; room < count; room++) {
      // Racks that are summed draw a little more or less: that of a room does not cancel out.
      const kw = full!.parts.rooms.coolingPower[room]!;
      expect(kw).toBeGreaterThan(1);
      expect(Math.abs(totals!.parts.rooms.coolingPower[room]! / kw - 1)).toBeLessThan(0.03);
    }
  });

  test("power meets the rows of one feed as one; jobs still get the rows that they were dealt", () => {
    const plant = createPlant(campus, { seed: 1, startMs: seasons.winter, detail: "totals" });
    const { jobs, facts, ofRoom } = plant.parts.racks;
    const rows = plant.parts.distribution.rowPower.length;
    expect(rows).toBeLessThan(facts.row.length);
    expect(new Set(facts.row).size).toBe(rows);
    // A room with racks of several jobs behind one feed: an order for one of its rows leaves the other jobs theirs.
    const room = Array.from({ length: ofRoom.length / 2 }, (_, each) => each).find(
      (each) =>
        facts.row[ofRoom[each * 2]!] === facts.row[ofRoom[each * 2 + 1]! - 1] &&
        ofRoom[each * 2 + 1]! - ofRoom[each * 2]! > 1,
    );
    const [first, end] = [ofRoom[room! * 2]!, ofRoom[room! * 2 + 1]!];
    const dealt = jobs.ofRack.slice(first, end);
    const row = campus.rangeBelow({ className: "room", row: room! }, "row")![0];
    expect(plant.dispatch.pin({ asset: campus.table("row").idOf(row), load: 0 }).ok).toBe(true);
    expect(jobs.ofRack[first]).not.toBe(dealt[0]);
    expect(jobs.ofRack.slice(first + 1, end)).toEqual(dealt.slice(1));
  });
});
