import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadTwin } from "./load.ts";
import { classNames } from "./metric.ts";
import { sampleEast, sampleFiles, sampleTwin, sampleWest } from "./sample.fixture.ts";
import type { AssetRef, Twin } from "./twin.ts";
import { linkKinds, Stage } from "./twin.ts";

const everyAsset = (twin: Twin): readonly AssetRef[] =>
  [...twin.tables].flatMap(([className, table]) =>
    Array.from({ length: table.count }, (_, row) => ({ className, row })),
  );

const isBelow = (twin: Twin, ref: AssetRef, ancestor: AssetRef): boolean => {
  const parent = twin.parentOf(ref);
  if (parent === undefined) return false;
  return (
    (parent.className === ancestor.className && parent.row === ancestor.row) ||
    isBelow(twin, parent, ancestor)
  );
};

describe("an expanded twin", () => {
  const twin = loadTwin(sampleFiles());

  it("has no problems and the racks it was asked for", () => {
    expect(twin.problems).toEqual([]);
    expect(twin.table("rack").count).toBe(100);
    expect(twin.find("east/b03")).toBeDefined();
    expect(twin.rangeBelow(twin.find("east/b03")!, "rack")).toBeNull();
  });

  it("finds every asset by the id it gives it, and no two share one", () => {
    const assets = everyAsset(twin);
    for (const ref of assets) expect(twin.find(twin.idOf(ref))).toEqual(ref);
    expect(new Set(assets.map((ref) => twin.idOf(ref))).size).toBe(assets.length);
  });

  it("keeps everything below an asset in one range of rows", () => {
    const assets = everyAsset(twin);
    for (const ancestor of assets)
      for (const child of classNames) {
        const rows = assets
          .filter((ref) => ref.className === child && isBelow(twin, ref, ancestor))
          .map(({ row }) => row);
        const range = twin.rangeBelow(ancestor, child);
        expect(range).toEqual(rows.length === 0 ? null : [rows[0], rows.at(-1)! + 1]);
        expect(rows.length).toBe(range === null ? 0 : range[1] - range[0]);
      }
  });

  it("writes ids as paths of zone, building, floor, room, row and rack", () => {
    const ref = twin.find("east/b01/f2/r1/row03/k05")!;
    expect(ref.className).toBe("rack");
    expect(twin.idOf(twin.parentOf(ref)!)).toBe("east/b01/f2/r1/row03");
    expect(twin.table("rack").nameOf(ref.row)).toEqual({ zh: "机柜 5", en: "Rack 5" });
    for (const id of [
      "",
      "east/",
      "east/b1",
      "east/b01/f3",
      "nowhere",
      "east/b01/f2/r1/row03/k99",
      "site/east",
    ])
      expect(twin.find(id), id).toBeUndefined();
  });

  it("gives meters the boundary they measure as parent", () => {
    for (const [id, boundary] of [
      ["site/m-grid", "site"],
      ["east/m-main", "east"],
      ["east/b01/m-cooling", "east/b01"],
      ["east/b01/f1/r2/m-it", "east/b01/f1/r2"],
    ] as const)
      expect(twin.idOf(twin.parentOf(twin.find(id)!)!)).toBe(boundary);
  });

  it("links power from the substation down to rows by two paths", () => {
    const { links } = twin;
    const feeders = (target: string): readonly string[] => {
      const to = twin.find(target)!;
      const name = (codes: Uint8Array, rows: Int32Array, i: number): AssetRef => ({
        className: classNames[codes[i]!]!,
        row: rows[i]!,
      });
      return Array.from({ length: links.count }, (_, i) => i)
        .filter((i) => linkKinds[links.kind[i]!] === "power")
        .filter((i) => {
          const ref = name(links.toClass, links.toRow, i);
          return ref.className === to.className && ref.row === to.row;
        })
        .map((i) => twin.idOf(name(links.fromClass, links.fromRow, i)));
    };
    expect(feeders("east/b01/f1/r1/row01")).toEqual(["east/b01/f1/r1/ups1", "east/b01/f1/r1/ups2"]);
    expect(feeders("east/b01/f1/r1/ups1")).toEqual(["east/b01/f1/r1/tx1"]);
    expect(feeders("east/b01/f1/r1/tx1")).toEqual(["east/s110"]);
    expect(feeders("east/s110")).toHaveLength(12);
  });

  it("adds up its reconciliation table whatever is telemetered", () => {
    const { lines, sumMw, publishedMw, residualMw } = twin.reconciliation;
    expect(lines.map(({ scope, racks }) => [scope, racks])).toEqual([
      ["east/b", 120],
      ["west/pods", 45],
      ["west/facade", 72],
    ]);
    for (const line of lines)
      expect(line.mw).toBeCloseTo((line.racks * line.kwPerRack * line.occupancy * line.load) / 1000, 12);
    expect(sumMw).toBeCloseTo(0.237 * 5 * 0.8 * 0.5, 12);
    expect(residualMw).toBeCloseTo(publishedMw - sumMw, 12);
    expect(loadTwin(sampleFiles(), { racks: 7 }).reconciliation).toEqual(twin.reconciliation);
  });
});

describe("scale", () => {
  it("expands exactly the racks asked for, until plan and load test are full", () => {
    const most = 4 * 60 + 45 + 72 + 2 * 60;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), (racks) => {
        const twin = loadTwin(sampleFiles(), { racks });
        expect(twin.table("rack").count).toBe(Math.min(racks, most));
        const telemetered = twin.table("building").attribute("telemetered")!;
        expect(telemetered.reduce((sum, n) => sum + n, 0)).toBe(Math.min(racks, most));
        expect(twin.problems.length).toBe(racks > most ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });

  it("takes built buildings first, then planned ones, then the load-test zone", () => {
    const stageOf = (racks: number, id: string): number | undefined => {
      const twin = loadTwin(sampleFiles(), { racks });
      const ref = twin.find(id);
      return ref && twin.table("building").attribute("stage")![ref.row];
    };
    expect(stageOf(237, "east/b03")).toBe(Stage.planned);
    expect(stageOf(238, "east/b03")).toBe(Stage.built);
    expect(stageOf(297, "x/b01")).toBeUndefined();
    expect(stageOf(298, "x/b01")).toBe(Stage.built);
  });

  it("does not fill up with load-test racks when buildings are lost to an error", () => {
    const twin = loadTwin(sampleFiles({ "twin.json": { ...sampleTwin, defaultRacks: 1000 } }));
    expect(twin.problems).toEqual([]);
    expect(twin.table("rack").count).toBe(297);
    expect(twin.find("x")).toBeUndefined();
  });

  it("is deterministic, and its epoch changes with files and racks", () => {
    const twins = [loadTwin(sampleFiles()), loadTwin(sampleFiles()), loadTwin(sampleFiles(), { racks: 100 })];
    expect(new Set(twins.map(({ epoch }) => epoch)).size).toBe(1);
    expect(twins[0]!.table("rack").pose).toEqual(twins[1]!.table("rack").pose);
    const others = [
      loadTwin(sampleFiles(), { racks: 99 }),
      loadTwin(sampleFiles({ "aliases.csv": "" })),
      loadTwin(sampleFiles({ "west.json": { ...sampleWest, size: [301, 300] } })),
    ];
    for (const { epoch } of others) expect(epoch).not.toBe(twins[0]!.epoch);
  });
});

describe("positions", () => {
  it("turn with their building", () => {
    const twin = loadTwin(sampleFiles(), { racks: 237 });
    const { pose } = twin.table("rack");
    const [start, end] = twin.rangeBelow(twin.find("west/pods")!, "rack")!;
    expect(end - start).toBe(45);
    for (let row = start; row < end; row++) {
      expect(Math.abs(pose[row * 4]! + 500)).toBeLessThan(20);
      expect(Math.abs(pose[row * 4 + 1]!)).toBeLessThan(30);
      expect([90, 270]).toContain(pose[row * 4 + 3]);
    }
  });

  it("do not depend on how many racks are telemetered", () => {
    const [few, many] = [60, 237].map((racks) => loadTwin(sampleFiles(), { racks })) as [Twin, Twin];
    for (let row = 0; row < few.table("rack").count; row++) {
      const ref = many.find(few.table("rack").idOf(row))!;
      expect(many.table("rack").pose.slice(ref.row * 4, ref.row * 4 + 4)).toEqual(
        few.table("rack").pose.slice(row * 4, row * 4 + 4),
      );
      for (const name of ["ratedKw", "occupied", "liquid"])
        expect(many.table("rack").attribute(name)![ref.row]).toBe(few.table("rack").attribute(name)![row]);
    }
  });
});

describe("a directory that is hardly there", () => {
  it.each([
    ["nothing", {}],
    ["an empty main file", { "twin.json": "" }],
    ["a list", { "twin.json": "[1, 2]" }],
    ["null", { "twin.json": "null" }],
  ])("%s gives an empty site with problems", (_, files) => {
    const twin = loadTwin(files);
    expect(twin.problems.length).toBeGreaterThan(0);
    expect(twin.table("site").count).toBe(1);
    expect(twin.table("rack").count).toBe(0);
  });

  it("never throws, whatever value stands anywhere", () => {
    const values = fc.oneof(
      fc.constantFrom(null, "", "x", -1, 0, 1e300, 1.5, true, [], {}, [[]], [null], { zh: 1 }, [1e9, 1e9]),
    );
    const paths = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
      typeof value === "object" && value !== null
        ? [at, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, key]))]
        : [at];
    const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
      if (key === undefined) return by;
      const copy = structuredClone(value) as Record<string, unknown>;
      copy[key] = replaced(copy[key], rest, by);
      return copy;
    };
    const files = { "twin.json": sampleTwin, "east.json": sampleEast };
    for (const [name, document] of Object.entries(files))
      fc.assert(
        fc.property(fc.constantFrom(...paths(document)), values, (path, value) => {
          const twin = loadTwin(sampleFiles({ [name]: replaced(document, path, value) }), { racks: 80 });
          for (const { line, file } of twin.problems)
            expect([file === undefined, line === undefined]).not.toContain(true);
        }),
        { numRuns: 120 },
      );
  });
});
