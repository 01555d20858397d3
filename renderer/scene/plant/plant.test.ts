import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import { Style } from "#renderer/scene/campus/shellForm.ts";
import { buildingVolumes } from "#renderer/scene/campus/volumes.ts";
import { type AnnouncedPoint, announceTwin } from "#twins/announced/announced.ts";
import { loadTwin } from "#twins/model/load.ts";
import { Stage } from "#twins/model/twin.ts";
import { airUnits, roofUnits, towers } from "./cooling.ts";
import { pipes } from "./pipes.ts";
import { shellParts } from "./roof.ts";
import { yardBays } from "./yards.ts";

const layout = layoutOf(campusTwin());
const { twin } = layout;
const rowOf = (id: string): number => twin.find(id)!.row;

describe("outdoor plant of the built-in campus", () => {
  it("has open towers on halls with chillers and closed ones on liquid-cooled halls, each on its roof", () => {
    const { members } = towers(layout);
    const kinds = (building: number): Set<number | undefined> =>
      new Set(members.filter(({ on }) => on === building).map(({ kit }) => kit));
    expect(kinds(rowOf("a/hero"))).toEqual(new Set([1]));
    expect(kinds(rowOf("a/b01"))).toEqual(new Set([0]));
    for (const { on, y } of members) expect(y).toBeCloseTo(layout.buildings[on!]!.height - 1.1, 3);
  });

  it("hangs units on evaporative halls only: those of the twin first, each with its row", () => {
    // Racks of evaporative halls are telemetered from this size on.
    const layout = layoutOf(campusTwin(50_000));
    const { twin } = layout;
    const { members, rows } = airUnits(layout);
    const evaporative = new Set(
      layout.buildings
        .filter(({ row }) => twin.table("building").attribute("cooling")![row] === 1)
        .map(({ row }) => row),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { on } of members) expect(evaporative.has(on!)).toBe(true);
    for (let i = 0; i < rows.length; i++)
      expect(members[i]!.on).toBe(
        layout.buildingOfRoom[twin.parentOf({ className: "crah", row: rows[i]! })!.row],
      );
  });

  it("pipes every building with towers and no other", () => {
    const piped = layout.buildings.filter((b) =>
      pipes(layout).some(({ x, z }) => Math.abs(x - b.x) < b.width / 2 && Math.abs(z - b.z) < b.depth / 2),
    );
    const cooled = layout.buildings.filter((b) =>
      twin.rangeBelow({ className: "building", row: b.row }, "coolingTower"),
    );
    expect(piped.map(({ row }) => row)).toEqual(cooled.map(({ row }) => row));
  });

  it("builds no yard that is only planned", () => {
    const stage = twin.table("substation").attribute("stage")!;
    const planned = [...stage].indexOf(Stage.planned);
    const [x, north] = twin.table("substation").pose.subarray(planned * 4);
    expect(planned).toBeGreaterThanOrEqual(0);
    for (const bay of yardBays(layout)) expect(Math.hypot(bay.x - x!, bay.z + north!)).toBeGreaterThan(60);
  });

  it("gives halls the looks of who builds so", () => {
    const styleAt = (id: string): number =>
      buildingVolumes(layout).find(({ extra }) => extra?.[0] === rowOf(id) && extra[1] === 0)!.extra![3]! %
      16;
    expect([
      styleAt("a/hero"),
      styleAt("a/b01"),
      styleAt("b/b01"),
      styleAt("cw/w01"),
      styleAt("d/n01"),
      styleAt("b/office"),
    ]).toEqual([
      Style.liquid,
      Style.telecomTower,
      Style.telecomHall,
      Style.cloud,
      Style.finance,
      Style.office,
    ]);
  });
});

describe("an announced campus", () => {
  it("gets no plant that nobody announced", () => {
    const rack = (i: number): AnnouncedPoint => ({
      externalId: `B1-R1-W1-K${i}`,
      className: "rack",
      metric: null,
      rackLocationId: `B1-R1-W1-K${i}`,
      serves: [],
      associates: [],
      name: null,
    });
    const announced = layoutOf(
      loadTwin(
        announceTwin(
          Array.from({ length: 40 }, (_, i) => rack(i)),
          [],
        ),
      ),
    );
    expect(roofUnits(announced)).toEqual([]);
    expect(airUnits(announced).members).toEqual([]);
    expect(pipes(announced)).toEqual([]);
    expect(shellParts(announced).every(({ isSkin }) => isSkin)).toBe(true);
  });
});
