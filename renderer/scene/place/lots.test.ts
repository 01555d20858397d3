import { expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { type Box, layoutOf } from "#renderer/scene/campus/layout.ts";
import { windTracks } from "#renderer/scene/energy/windGround.ts";
import { Stage } from "#twins/model/twin.ts";
import { drives } from "./housePieces.ts";
import { driveOf } from "./lotPieces.ts";
import { lotsOf } from "./lots.ts";
import { merged } from "./merge.ts";
import { onRoad, roadsOf } from "./roads.ts";
import { Site, siteKits } from "./siteKits.ts";
import { cars, smallThings, yardThings } from "./siteThings.ts";

const layout = layoutOf(campusTwin(10));
const roads = roadsOf(layout);
const lots = lotsOf(layout, roads);

type Flat = Pick<Box, "x" | "z" | "width" | "depth">;
const meet = (a: Flat, b: Flat): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.z - b.z) < (a.depth + b.depth) / 2;

it("what is built lies inside plots, and no lot on a road, a hall or another lot", () => {
  expect(lots.length).toBeGreaterThan(100);
  for (const [i, lot] of lots.entries()) {
    const isInPlot = roads.plots.some(
      (p) => lot.x > p.west && lot.x < p.east && lot.z > p.north && lot.z < p.south,
    );
    // Between plots there are fields and woods only.
    if (!isInPlot) expect(["hay", "nursery", "grove", "meadow"]).toContain(lot.use);
    expect(layout.buildings.filter((b) => meet(lot, b))).toEqual([]);
    expect(lots.slice(i + 1).filter((other) => meet(lot, other))).toEqual([]);
    for (const r of roads.roads) {
      const [width, depth] = r.along === "x" ? [r.length, r.width] : [r.width, r.length];
      expect(meet(lot, { x: r.x, z: r.z, width, depth })).toBe(false);
    }
  }
});

it("each use is somewhere, and ground beside building sites is used for building", () => {
  for (const use of ["parking", "garden", "grove", "reserve", "laydown", "meadow"] as const)
    expect(lots.some((lot) => lot.use === use)).toBe(true);
  for (const { x, z, use } of lots) {
    const [nearest] = [...layout.buildings].sort(
      (a, b) => Math.hypot(a.x - x, a.z - z) - Math.hypot(b.x - x, b.z - z),
    );
    if (nearest!.stage === Stage.construction) expect(use).not.toBe("parking");
  }
});

it("most car parks are reached from a road, and every drive ends on one", () => {
  const parks = lots.filter(({ use }) => use === "parking");
  const ways = parks.map((lot) => driveOf(lot, roads.roads)).filter((way) => way !== null);
  expect(ways.length).toBeGreaterThan(parks.length / 2);
  for (const way of [...ways, ...drives(layout, roads.roads)]) {
    const ends = [-1, 1].map((e) =>
      way.along === "x" ? [way.x + (e * way.length) / 2, way.z] : [way.x, way.z + (e * way.length) / 2],
    );
    const isMet = ends.some(([x, z]) =>
      roads.roads.some((r) => {
        const [along, across] = onRoad(r, x!, z!);
        return Math.abs(along) < r.length / 2 + 5 && Math.abs(across) < r.width / 2 + 1;
      }),
    );
    expect(isMet).toBe(true);
  }
});

it("no car stands in a house or in another car", () => {
  const parked = cars(layout, lots);
  expect(parked.length).toBeGreaterThan(300);
  for (const [i, car] of parked.entries()) {
    expect(layout.buildings.some((b) => meet({ ...car, width: 2, depth: 2 }, b))).toBe(false);
    for (const other of parked.slice(i + 1))
      if (Math.abs(other.x - car.x) < 6)
        expect(Math.hypot(other.x - car.x, other.z - car.z)).toBeGreaterThan(2);
  }
});

it("one geometry holds every thing where it stands, in its own paint", () => {
  const kits = siteKits();
  const things = [...yardThings(layout, roads, lots), ...smallThings(layout, lots)];
  const geometry = merged(kits, things);
  const each = things.reduce((sum, { kit }) => sum + kits[kit]!.getAttribute("position").count, 0);
  expect(geometry.getAttribute("position").count).toBe(each);
  const turned = merged(kits, [
    { x: 10, y: 1, z: 20, yaw: Math.PI, width: 1, height: 1, depth: 1, kit: Site.container, tint: 0xffffff },
  ]);
  turned.computeBoundingBox();
  expect(turned.boundingBox!.min.y).toBeCloseTo(1);
  expect((turned.boundingBox!.min.x + turned.boundingBox!.max.x) / 2).toBeCloseTo(10);
  expect(turned.getAttribute("aColor").getX(0)).toBeCloseTo(1);
});

it("every turbine has a track before it, and the way in begins at a plot", () => {
  const tracks = windTracks(layout);
  const turbines = layout.twin.table("windTurbine");
  for (let row = 0; row < turbines.count; row++) {
    const z = -turbines.pose[row * 4 + 1]!;
    expect(tracks.some(([a, b]) => a![1] === b![1] && Math.abs(a![1] - z) < 40)).toBe(true);
  }
  const [x, z] = tracks.at(-1)![0]!;
  expect(roads.plots.some((p) => x > p.west && x < p.east && z >= p.north && z <= p.south)).toBe(true);
});
