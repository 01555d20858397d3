import { describe, expect, it } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { deltaE, labOf } from "#renderer/data/colorDistance.fixture.ts";
import { diagramOf, radiusOf, ringsMs } from "./diagram.ts";
import { regionColours } from "./palette.ts";

const twin = campusTwin(0);
const middle = { x: 120, z: -60 };
const diagram = diagramOf(twin, middle)!;

/** Degrees clockwise from north, seen from the middle. */
const bearing = ({ x, z }: { x: number; z: number }): number =>
  ((Math.atan2(x - middle.x, -(z - middle.z)) * 180) / Math.PI + 360) % 360;
const away = ({ x, z }: { x: number; z: number }): number => Math.hypot(x - middle.x, z - middle.z);
const centre = (id: string) => diagram.centres.find(({ row }) => row === twin.find(id)?.row)!;

describe("the region's diagram", () => {
  it("has the campus in the middle, five centres, eight hubs, and no sample from elsewhere", () => {
    expect([diagram.home.x, diagram.home.z]).toEqual([middle.x, middle.z]);
    expect(diagram.centres).toHaveLength(5);
    expect(diagram.centres.map(({ row }) => twin.table("centre").idOf(row))).not.toContain("net/sample");
    const atCentres = [diagram.home, ...diagram.centres].filter(({ hub }) => hub !== null);
    expect(atCentres.length + diagram.hubs.length).toBe(8);
    expect(centre("net/wuhu").hub?.zh).toBe("长三角枢纽");
  });

  it("keeps distances by round trip and bearings roughly as they are", () => {
    const roundTrips = { beijing: 4.6, wuhu: 17, guizhou: 24, chongqing: 19, suzhou: 19 };
    for (const [id, ms] of Object.entries(roundTrips))
      expect(away(centre(`net/${id}`))).toBeCloseTo(radiusOf(ms), 3);
    const bearings = { beijing: 103, wuhu: 148, guizhou: 198, chongqing: 203, suzhou: 140 };
    for (const [id, degrees] of Object.entries(bearings))
      expect(Math.abs(bearing(centre(`net/${id}`)) - degrees)).toBeLessThan(10);
    for (const hub of diagram.hubs) expect(away(hub)).toBeLessThan(radiusOf(ringsMs.at(-1)!) * 1.05);
  });

  it("is none where no other centre is known", () => {
    const alone = {
      ...twin,
      table: (name: Parameters<typeof twin.table>[0]) => twin.table(name === "centre" ? "site" : name),
    };
    expect(diagramOf(alone, middle)).toBeNull();
  });
});

describe("its colours", () => {
  it("are no alarm's: 20 apart from each of the four hues", () => {
    const alarms = ["#FF4D4F", "#FF9A1F", "#FFE04D", "#4CC2FF"].map((hex) =>
      labOf(
        [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as [
          number,
          number,
          number,
        ],
      ),
    );
    for (const [name, rgb] of Object.entries(regionColours))
      for (const alarm of alarms)
        expect([
          name,
          deltaE(labOf(rgb.map((part) => part * 255) as unknown as [number, number, number]), alarm) >= 20,
        ]).toEqual([name, true]);
  });
});
