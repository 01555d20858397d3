import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { createSearch } from "#twins/model/search.ts";
import type { Twin } from "#twins/model/twin.ts";
import { Stage } from "#twins/model/twin.ts";

const files = Object.fromEntries(
  readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(`${import.meta.dirname}/${path}`, "utf8")]),
);
const twin = loadTwin(files);

const sum = (name: ClassName, attribute: string): number =>
  twin
    .table(name)
    .attribute(attribute)!
    .reduce((total, value) => total + value, 0);

const racksBelow = (of: Twin, id: string): number => {
  const [start, end] = of.rangeBelow(of.find(id)!, "rack") ?? [0, 0];
  return end - start;
};

/** Buildings of a zone by build stage of the published plan. */
const stages = (zone: string): Readonly<Record<number, number>> => {
  const [start, end] = twin.rangeBelow(twin.find(zone)!, "building")!;
  const column = twin.table("building").attribute("publishedStage")!;
  const counts: Record<number, number> = {};
  for (let row = start; row < end; row++) counts[column[row]!] = (counts[column[row]!] ?? 0) + 1;
  return counts;
};

describe("the Horinger campus (CAMPUS §3)", () => {
  it("loads without a problem, every telemetered zone included", () => {
    expect(twin.problems).toEqual([]);
    expect(twin.table("rack").count).toBe(50_000);
    for (const zone of ["a", "an", "b", "cw", "ce", "d", "e", "f"])
      expect(racksBelow(twin, zone), zone).toBeGreaterThan(0);
  });

  it("has the hero building: 8 pods of 96 positions, 759 racks of 20 kW, liquid", () => {
    const hero = twin.find("a/hero")!;
    const [firstRoom, endRoom] = twin.rangeBelow(hero, "room")!;
    expect(endRoom - firstRoom).toBe(8);
    expect(racksBelow(twin, "a/hero")).toBe(759);
    const [start, end] = twin.rangeBelow(hero, "rack")!;
    const racks = twin.table("rack");
    for (let row = start; row < end; row++) {
      expect(racks.attribute("ratedKw")![row]).toBe(20);
      expect(racks.attribute("liquid")![row]).toBe(1);
      expect(racks.attribute("standardRackEq")![row]).toBe(8);
    }
    expect(twin.rangeBelow(hero, "cdu")).not.toBeNull();
    expect(twin.rangeBelow(hero, "chiller")).toBeNull();
  });

  it("has the published numbers of buildings, by stage", () => {
    expect(stages("a")).toEqual({ [Stage.built]: 10, [Stage.construction]: 9 });
    expect(stages("an")).toEqual({ [Stage.built]: 10 });
    expect(stages("b")).toEqual({ [Stage.built]: 22, [Stage.planned]: 21 });
    for (const zone of ["cw", "ce"]) expect(stages(zone)).toEqual({ [Stage.built]: 2, [Stage.planned]: 1 });
    expect(stages("d")).toEqual({ [Stage.built]: 21, [Stage.construction]: 4, [Stage.planned]: 6 });
    expect(stages("e")).toEqual({ [Stage.built]: 1, [Stage.planned]: 7 });
    expect(stages("f")).toEqual({ [Stage.built]: 1 });
  });

  it("has no rack in a building that is not built", () => {
    const { count } = twin.table("building");
    const stage = twin.table("building").attribute("stage")!;
    for (let row = 0; row < count; row++)
      if (stage[row] !== Stage.built)
        expect(twin.rangeBelow({ className: "building", row }, "rack")).toBeNull();
  });

  it("has the energy inset: 60 MW solar, 300 MW wind, 64.8 MW / 259.2 MWh storage", () => {
    expect(sum("pvTable", "kWp")).toBe(60_000);
    expect(sum("pvTable", "modules")).toBe(100_000);
    expect(twin.table("windTurbine").count).toBe(48);
    expect(sum("windTurbine", "ratedKw")).toBe(300_000);
    expect(twin.table("battery").count).toBe(52);
    expect(sum("battery", "powerKw") / 1000).toBeCloseTo(64.8, 1);
    expect(sum("battery", "energyKwh") / 1000).toBeCloseTo(259.2, 1);
    expect(twin.table("zone").attribute("notToScale")![twin.find("i")!.row]).toBe(1);
  });

  it("has the six dispatch centres, a place for samples from elsewhere, and the meters of the site", () => {
    const centres = twin.table("centre");
    const ids = Array.from({ length: centres.count }, (_, row) => centres.idOf(row).slice("net/".length));
    expect(ids).toEqual(["hohhot", "beijing", "wuhu", "guizhou", "chongqing", "suzhou", "sample"]);
    for (const role of ["grid", "pv", "wind", "storage", "generator"])
      expect(twin.find(`site/m-${role}`)).toBeDefined();
  });

  it("rates UPS, air and liquid cooling for the racks of every room", () => {
    const rooms = twin.table("room");
    const below = (row: number, name: ClassName, attribute: string): number => {
      const [start, end] = twin.rangeBelow({ className: "room", row }, name) ?? [0, 0];
      return (
        twin
          .table(name)
          .attribute(attribute)
          ?.subarray(start, end)
          .reduce((a, b) => a + b, 0) ?? 0
      );
    };
    for (let row = 0; row < rooms.count; row++) {
      const ratedKw = rooms.attribute("ratedKw")![row]!;
      expect(below(row, "rack", "ratedKw")).toBeLessThanOrEqual(ratedKw * 1.0001);
      expect(below(row, "ups", "ratedKw") / 2).toBeGreaterThanOrEqual(ratedKw);
      expect(below(row, "crah", "capacityKw") + below(row, "cdu", "capacityKw")).toBeGreaterThan(
        below(row, "rack", "ratedKw") * 0.95,
      );
    }
  });

  it.each([10_000, 100_000, 400_000])("scales to %i racks", (racks) => {
    const scaled = loadTwin(files, { racks });
    expect(scaled.problems).toEqual([]);
    expect(scaled.table("rack").count).toBe(racks);
    expect(racksBelow(scaled, "a/hero")).toBe(759);
    expect(scaled.find("x") !== undefined).toBe(racks === 400_000);
  });
});

describe("the reconciliation table (对账表)", () => {
  const { lines, sumMw, publishedMw, residualMw } = twin.reconciliation;

  it("adds up to the published value with its residual", () => {
    for (const line of lines)
      expect(line.mw).toBeCloseTo((line.racks * line.kwPerRack * line.occupancy * line.load) / 1000, 9);
    expect(lines.reduce((total, line) => total + line.mw, 0)).toBeCloseTo(sumMw, 9);
    expect(publishedMw).toBe(554);
    expect(sumMw + residualMw).toBeCloseTo(554, 9);
    expect(Math.abs(residualMw) / publishedMw).toBeLessThan(0.1);
  });

  it("counts the racks of the buildings that are published as built", () => {
    const buildings = twin.table("building");
    let racks = 0;
    for (let row = 0; row < buildings.count; row++)
      if (buildings.attribute("publishedStage")![row] === Stage.built)
        racks += buildings.attribute("physicalRacks")![row]!;
    expect(lines.reduce((total, line) => total + line.racks, 0)).toBe(racks);
  });

  it("gives each block the standard racks that its power is worth, within 2 %", () => {
    const buildings = twin.table("building");
    for (const [id, kw] of [
      ["a/hero", 20],
      ["a/b01", 5.27],
      ["b/b01", 5.17],
      ["d/n01", 4.88],
      ["f/b01", 20],
    ] as const) {
      const { row } = twin.find(id)!;
      const worth = (buildings.attribute("physicalRacks")![row]! * kw) / 2.5;
      expect(worth / buildings.attribute("plannedStandardRacks")![row]!, id).toBeCloseTo(1, 1.7);
    }
  });
});

describe("facts", () => {
  /** Ids of CAMPUS §1. */
  const systems =
    "city-titles cmcc-aidc ai-share city-compute dispatch six-cities first-orders remote-use wind-solar-storage green-project price bonc paratera pipeline new-deals bytedance med-ai city-brain p4-lab annotation exchange data-services digital-park policy-fund two-hour-circle ranking economy landmarks";

  it("keep every system of the article, with source, date and grade", () => {
    const ids = twin.facts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(systems.split(" ")));
    for (const fact of twin.facts) {
      for (const text of [fact.quote, fact.source, fact.date, fact.title.zh, fact.title.en])
        expect(text.trim(), fact.id).not.toBe("");
      if (fact.kind === "site") expect(fact.caveat?.en, fact.id).toContain("Paraphrased");
    }
  });

  it("stand at assets that exist", () => {
    for (const { id, asset } of twin.facts)
      if (asset !== undefined) expect(twin.find(asset), id).toBeDefined();
  });

  it("quarantine 3693万P and nothing else", () => {
    expect(twin.facts.filter(({ quarantined }) => quarantined).map(({ id }) => id)).toEqual(["first-orders"]);
  });

  it("print no coordinates", () => {
    for (const { quote } of twin.facts) expect(quote).not.toMatch(/\d+\.\d+\s*°?\s*[NE]\b|[东北](经|纬)/);
  });
});

describe("search", () => {
  const search = createSearch(twin);
  const first = (text: string): string | undefined => search(text, 1)[0]?.id;

  it.each([
    ["a/b01/f2/r1/row03/k12", "a/b01/f2/r1/row03/k12"],
    ["A b01 F2", "a/b01/f2"],
    ["HT-HERO", "a/hero"],
    ["zsjl", "a/hero"],
    ["智算机楼", "a/hero"],
    ["AI computing", "a/hero"],
    ["cq", "net/chongqing"],
    ["重庆", "net/chongqing"],
    ["风机 12", "i/wt12"],
    ["fj12", "i/wt12"],
    ["wind turbine 12", "i/wt12"],
    ["wt12", "i/wt12"],
    ["一期机楼3", "d/n03"],
  ])("%s → %s", (text, id) => {
    expect(first(text)).toBe(id);
  });

  it.each([
    ["k05", /\/k05$/],
    ["row03 k05", /\/row03\/k05$/],
    ["row03k05", /\/row03\/k05$/],
    ["row 3 rack 5", /\/row03\/k05$/],
    ["列3 机柜5", /\/row03\/k05$/],
    ["f1 r2 row03", /\/f1\/r2\/row03$/],
    ["a/b01 楼层 2 机房 1 列 3 机柜 12", /^a\/b01\/f2\/r1\/row03\/k12$/],
    ["ups1", /\/ups1$/],
  ])("%s: whatever is numbered so, and nothing else", (text, id) => {
    const found = search(text, 20);
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each.id).toMatch(id);
  });

  it("completes a path and keeps to its limit", () => {
    expect(search("a/b01/f2/r1/row03/k2", 50).map(({ id }) => id.slice(-3))).toEqual([
      "k20",
      "k21",
      "k22",
      "k23",
      "k24",
    ]);
    expect(search("机", 7)).toHaveLength(7);
    for (const nothing of ["", "  ", "qqqq", "a/b99/f1", "\u0000"]) expect(search(nothing)).toEqual([]);
  });
});
