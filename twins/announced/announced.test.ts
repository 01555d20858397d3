import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { campusPoints } from "./announced.fixture.ts";
import { type AnnouncedPoint, announceTwin } from "./announced.ts";

const point = (externalId: string, said: Partial<AnnouncedPoint> = {}): AnnouncedPoint => ({
  externalId,
  className: "rack",
  metric: "power",
  rackLocationId: (said.className ?? "rack") === "rack" ? externalId : null,
  serves: [],
  associates: [],
  name: null,
  ...said,
});

const laidOut = (...points: readonly AnnouncedPoint[]): Twin => loadTwin(announceTwin(points, []));

const idFor = (twin: Twin, external: string): string | undefined => {
  const ref = twin.aliases.get(external);
  return ref && twin.idOf(ref);
};

const everyAsset = (twin: Twin): readonly AssetRef[] =>
  [...twin.tables].flatMap(([className, table]) =>
    Array.from({ length: table.count }, (_, row) => ({ className, row })),
  );

describe("levels of ids", () => {
  it.each([
    ["DC1-DH2-R03-K12", "campus/dc1/f1/dh2/r03/k12"],
    ["dc1/dh2/r03/k12", "campus/dc1/f1/dh2/r03/k12"],
    ["DC1_DH2_R03_K12", "campus/dc1/f1/dh2/r03/k12"],
    ["dc1.dh2.r03.k12", "campus/dc1/f1/dh2/r03/k12"],
    ["dc1/dh2/R03-K12", "campus/dc1/f1/dh2/r03/k12"],
    ["ROW-3-RACK-12", "campus/hall/f1/room/row-3/rack-12"],
    ["north/DC1/DH2/R03/K12", "north/dc1/f1/dh2/r03/k12"],
    ["EU-DC1-B2-R4-W5-K6", "eu-dc1/b2/f1/r4/w5/k6"],
    ["DC1-B2-F3-DH4-R5-K6", "dc1/b2/f3/dh4/r5/k6"],
    ["HALL-7-K12", "campus/hall/f1/hall-7/row01/k12"],
    ["RACK-001", "campus/hall/f1/room/row01/rack-001"],
    ["机房1/机柜7", "campus/hall/f1/r1-"],
    ["550e8400-e29b-41d4-a716-446655440000", "campus/hall/f1/room/row01/k550e8400-e29b-41d4-a716-"],
  ])("of %s put the rack at %s", (external, id) => {
    expect(idFor(laidOut(point(external)), external)).toMatch(new RegExp(`^${id}`));
  });

  it("make a level with more racks than a row can have a room", () => {
    const racks = Array.from({ length: 60 }, (_, i) => point(`DC1-DH2-K${i + 1}`));
    const twin = laidOut(...racks);
    expect(idFor(twin, "DC1-DH2-K60")).toMatch(/^campus\/dc1\/f1\/dh2\/row\d\d\/k60$/);
  });

  it("are none where they tell nearly every rack from every other", () => {
    const twin = laidOut(...Array.from({ length: 12 }, (_, i) => point(`S${i}-R1-U1`)));
    expect(twin.table("building").count).toBe(1);
    expect(twin.table("room").count).toBe(1);
  });

  it("are none where there would be more of them than any campus has", () => {
    const racks = Array.from({ length: 3_000 }, (_, i) => point(`B${Math.floor(i / 2)}-R1-W1-K${i % 2}`));
    const twin = laidOut(...racks);
    expect(twin.problems).toEqual([]);
    expect(twin.table("building").count).toBe(1);
    expect(twin.table("rack").count).toBe(3_000);
  });

  it("leave a rack that is named in another way than its neighbours unplaced", () => {
    const usual = Array.from({ length: 6 }, (_, i) => point(`DC1-DH2-R03-K${i}`));
    const twin = laidOut(...usual, point("DC1-X9"));
    expect(idFor(twin, "DC1-X9")).toBe("campus/hall/f1/room/row01/x9");
    expect(twin.table("building").nameOf(1).en).toBe("Building (illustrative layout)");
  });

  it("of Sparkplug are building, room and rack", () => {
    const twin = laidOut(point("Plant A/Hall 1/Rack 7", { rackLocationId: null }));
    expect(idFor(twin, "Plant A/Hall 1/Rack 7")).toBe("campus/plant-a/f1/hall-1/row01/rack-7");
  });
});

describe("classes", () => {
  it("come from the wire, from a rack location, or from metrics that only one class has", () => {
    const twin = laidOut(
      point("a", { className: null, rackLocationId: "a" }),
      point("b", { className: null, rackLocationId: null, metric: "load" }),
      point("b", { className: null, rackLocationId: null, metric: "outletTemperature" }),
      point("c", { className: "chiller" }),
    );
    expect(twin.aliases.get("a")?.className).toBe("rack");
    expect(twin.aliases.get("b")?.className).toBe("rack");
    expect(twin.aliases.get("c")?.className).toBe("chiller");
  });

  it("that nobody tells are not guessed", () => {
    const twin = laidOut(
      point("power only", { className: null, rackLocationId: null }),
      point("no metric", { className: null, rackLocationId: null, metric: null }),
      point("two", { className: "crah" }),
      point("two", { className: "pump" }),
    );
    expect(twin.aliases.size).toBe(0);
  });

  it("claim nothing that was not announced", () => {
    const twin = loadTwin(announceTwin(campusPoints(200), []));
    expect(twin.illustrative).toBe(true);
    for (const name of ["ratedKw", "capacityKw", "cooling", "occupied", "role", "physicalRacks"])
      for (const className of classNames) expect(twin.table(className).attribute(name)).toBeUndefined();
  });

  it("of a heartbeat are the facility monitoring that every twin has", () => {
    expect(idFor(laidOut(point("BMS", { className: "system" })), "BMS")).toBe("site/sys");
  });
});

describe("machines", () => {
  const racks = ["DC1-DH1-R1-K1", "DC1-DH1-R1-K2", "DC1-DH2-R1-K1", "DC2-DH1-R1-K1"].map((id) => point(id));
  const where = (className: ClassName, serves: readonly string[], id = "Unit 7"): string | undefined =>
    idFor(laidOut(...racks, point(id, { className, serves })), id);

  it.each<[ClassName, string[], string]>([
    ["crah", ["DC1-DH1-R1-K1", "DC1-DH1-R1-K2"], "campus/dc1/f1/dh1/unit-7"],
    ["ups", ["DC1-DH1-R1-K1", "DC1-DH2-R1-K1"], "campus/dc1/unit-7"],
    ["chiller", ["DC1-DH1-R1-K1"], "campus/dc1/unit-7"],
    ["ups", ["DC1-DH1"], "campus/dc1/f1/dh1/unit-7"],
    ["generator", ["DC1-DH1-R1-K1", "DC2-DH1-R1-K1"], "campus/unit-7"],
    ["battery", [], "campus/unit-7"],
    ["ups", ["nobody knows"], "campus/unit-7"],
  ])("%s that serves %s stands at %s", (className, serves, id) => {
    expect(where(className, serves)).toBe(id);
  });

  it("stand where their own id says, when nothing else does", () => {
    expect(where("crah", [], "DC1-DH2-CRAH01")).toBe("campus/dc1/f1/dh2/crah01");
  });

  it("stand beside what is served through others, and circles of them in the yard", () => {
    const twin = laidOut(
      ...racks,
      point("pump", { className: "pump", serves: ["chiller"] }),
      point("chiller", { className: "chiller", serves: ["crah"] }),
      point("crah", { className: "crah", serves: ["DC2-DH1-R1-K1"] }),
      point("a", { className: "ups", serves: ["b"] }),
      point("b", { className: "ups", serves: ["a"] }),
    );
    expect(idFor(twin, "pump")).toBe("campus/dc2/pump");
    expect(idFor(twin, "chiller")).toBe("campus/dc2/chiller");
    expect(idFor(twin, "a")).toBe("campus/a");
    expect(twin.links.count).toBe(5);
  });

  it("are found however many they serve one through another", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      point(`U${i}`, { className: "ups", serves: [`U${i + 1}`] }),
    );
    expect(laidOut(...racks, ...chain).table("ups").count).toBe(20_000);
  });

  it("bring a rack with them that only they speak of", () => {
    const twin = laidOut(point("strip", { className: "ups", rackLocationId: "DC1-DH1-R1-K9" }));
    expect(idFor(twin, "DC1-DH1-R1-K9")).toBe("campus/dc1/f1/dh1/r1/k9");
    expect(idFor(twin, "strip")).toBe("campus/dc1/f1/dh1/strip");
  });
});

describe("names", () => {
  it("are the plant's words for people, without those of their place, on one line that fits a label", () => {
    const twin = laidOut(
      point("DC1-DH2-R03-K12", { name: "网络机柜 12" }),
      point("DC1-DH2-R03-K13", { name: "DC1-DH2-R03-K13" }),
      point("DC1-DH2-R03-K14", { name: `a\nb${"c".repeat(100)}` }),
    );
    const names = [0, 1, 2].map((row) => twin.table("rack").nameOf(row).en);
    expect(names.slice(0, 2)).toEqual(["网络机柜 12", "K13"]);
    expect(names[2]).toMatch(/^a bc+…$/);
    expect(names[2]).toHaveLength(40);
    expect(twin.table("room").nameOf(0)).toEqual({ zh: "DH2", en: "DH2" });
  });
});

describe("edits", () => {
  const points = campusPoints(240);
  const before = loadTwin(announceTwin(points, []));

  it("name, move and turn an asset with all that stands in it", () => {
    const name = { zh: "一号机房", en: "Hall one" };
    const twin = loadTwin(
      announceTwin(points, [{ id: "campus/dc1/f1/dh1", name, at: [30, 40], yawDeg: 90 }]),
    );
    const room = twin.find("campus/dc1/f1/dh1")!;
    expect(twin.table("room").nameOf(room.row)).toEqual(name);
    const [east, north] = twin.table("building").pose;
    expect([...twin.table("room").pose.slice(0, 4)]).toEqual(
      [east! + 30, north! + 40, 0, 90].map((value) => Math.fround(value)),
    );
    const fromRoom = (of: Twin): readonly number[] => {
      const rack = of.find("campus/dc1/f1/dh1/r03/k12")!;
      const { pose } = of.table("rack");
      return [0, 1].map((axis) => pose[rack.row * 4 + axis]! - of.table("room").pose[room.row * 4 + axis]!);
    };
    const [e, n] = fromRoom(before);
    expect(fromRoom(twin)[0]).toBeCloseTo(n!, 4);
    expect(fromRoom(twin)[1]).toBeCloseTo(-e!, 4);
  });

  it("change the epoch, and so does every asset that comes or goes", () => {
    const epoch = (files: ReturnType<typeof announceTwin>): number => loadTwin(files).epoch;
    const moved = announceTwin(points, [{ id: "campus/dc1", at: [1, 2] }]);
    const more = announceTwin([...points, point("DC1-DH1-R01-K99")], []);
    expect(new Set([before.epoch, epoch(moved), epoch(more)]).size).toBe(3);
  });

  it("of what is not there do nothing", () => {
    expect(announceTwin(points, [{ id: "campus/nowhere", at: [0, 0] }])).toEqual(announceTwin(points, []));
  });
});

/** Ids as plants write them, and some that nobody should. */
const anyId = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("/", "-", "_", "."),
      fc.array(fc.constantFrom("DC1", "dc2", "F1", "Hall A", "R03", "K1", "k1", "12", "机房", "x,y", '"'), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([separator, words]) => words.join(separator)),
  fc.string({ minLength: 1, maxLength: 40 }),
);

const anyPoint: fc.Arbitrary<AnnouncedPoint> = fc.record({
  externalId: anyId,
  className: fc.option(fc.constantFrom(...classNames), { nil: null }),
  metric: fc.option(fc.constantFrom("power", "load", "inletTemperature", "flow"), { nil: null }),
  rackLocationId: fc.option(anyId, { nil: null }),
  serves: fc.array(anyId, { maxLength: 3 }),
  associates: fc.array(anyId, { maxLength: 2 }),
  name: fc.option(fc.string(), { nil: null }),
});

/** Many racks named alike, and machines that serve them: announcements that fill rooms. */
const anyCampus: fc.Arbitrary<readonly AnnouncedPoint[]> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 30 }),
    fc.array(fc.tuple(fc.constantFrom(...classNames), fc.nat({ max: 400 }), fc.nat({ max: 400 })), {
      maxLength: 40,
    }),
    fc.array(anyPoint, { maxLength: 6 }),
  )
  .map(([levels, racksEach, machines, noise]) => {
    let prefixes = [""];
    for (const [depth, count] of levels.entries())
      prefixes = prefixes.flatMap((prefix) =>
        Array.from({ length: count }, (_, i) => `${prefix}${"ABCD"[depth]}${i + 1}-`),
      );
    const racks = prefixes
      .slice(0, 40)
      .flatMap((prefix) => Array.from({ length: racksEach }, (_, i) => point(`${prefix}K${i + 1}`)));
    const served = (index: number): string => racks[index % racks.length]!.externalId;
    return [
      ...racks,
      ...machines.map(([className, a, b], i) =>
        point(`unit ${i}`, { className, rackLocationId: null, serves: [served(a), served(b)] }),
      ),
      ...noise,
    ];
  });

interface Ground {
  readonly id: string;
  readonly at: readonly [number, number];
  readonly half: readonly [number, number];
  readonly low: number;
  readonly high: number;
}

/** Footprint and height of an asset; everything stands at right angles. */
const groundOf = (twin: Twin, ref: AssetRef): Ground => {
  const table = twin.table(ref.className);
  const [east, north, up, yaw] = table.pose.subarray(ref.row * 4, ref.row * 4 + 4);
  const [width, depth, height] = table.size.subarray(ref.row * 3, ref.row * 3 + 3);
  const isAcross = Math.round(yaw! / 90) % 2 === 1;
  return {
    id: twin.idOf(ref),
    at: [east!, north!],
    half: isAcross ? [depth! / 2, width! / 2] : [width! / 2, depth! / 2],
    low: up!,
    high: up! + height!,
  };
};

const gapM = 1e-3;
const overlap = (a: Ground, b: Ground): boolean =>
  Math.abs(a.at[0] - b.at[0]) < a.half[0] + b.half[0] - gapM &&
  Math.abs(a.at[1] - b.at[1]) < a.half[1] + b.half[1] - gapM &&
  a.low < b.high - gapM &&
  b.low < a.high - gapM;
const isWithin = (a: Ground, b: Ground): boolean =>
  [0, 1].every((axis) => Math.abs(a.at[axis]! - b.at[axis]!) + a.half[axis]! <= b.half[axis]! + gapM);

const containers: ReadonlySet<ClassName> = new Set(["site", "zone", "building", "floor", "room", "row"]);

const collisions = (twin: Twin): string[] => {
  const found: string[] = [];
  const meet = (refs: readonly AssetRef[]): void => {
    const grounds = refs
      .map((ref) => groundOf(twin, ref))
      .sort((a, b) => a.at[0] - a.half[0] - b.at[0] + b.half[0]);
    for (let i = 0; i < grounds.length; i++)
      for (let j = i + 1; j < grounds.length; j++) {
        const [a, b] = [grounds[i]!, grounds[j]!];
        if (b.at[0] - b.half[0] > a.at[0] + a.half[0]) break;
        if (overlap(a, b)) found.push(`${a.id} meets ${b.id}`);
      }
  };
  const all = everyAsset(twin).filter(({ className }) => className !== "system");
  meet(all.filter(({ className }) => !containers.has(className)));
  for (const className of ["zone", "building", "room", "row"] as const)
    meet(all.filter((ref) => ref.className === className));
  for (const ref of all) {
    const parent = twin.parentOf(ref);
    // Power of a room stands in the strip beside it, machines of a building in its yard.
    if (!parent || (["room", "building"].includes(parent.className) && !containers.has(ref.className)))
      continue;
    if (parent.className !== "site" && !isWithin(groundOf(twin, ref), groundOf(twin, parent)))
      found.push(`${twin.idOf(ref)} is not within ${twin.idOf(parent)}`);
  }
  return found;
};

describe("any announcement", () => {
  it("gives the same bytes in any order, and said twice", () => {
    fc.assert(
      fc.property(anyCampus, fc.infiniteStream(fc.nat()), (points, order) => {
        const shuffled = [...points, ...points.slice(0, 3)]
          .map((value) => [order.next().value as number, value] as const)
          .sort(([a], [b]) => a - b)
          .map(([, value]) => value);
        expect(announceTwin(shuffled, [])).toEqual(announceTwin(points, []));
      }),
      { numRuns: 60 },
    );
  });

  it("is a twin directory without a fault, in which every asset has the plant's name for an alias", () => {
    fc.assert(
      fc.property(anyCampus, (points) => {
        const twin = loadTwin(announceTwin(points, []));
        expect(twin.problems).toEqual([]);
        for (const { externalId, className } of points)
          if (
            className === "rack" &&
            points.every((other) => other.externalId !== externalId || other.className === "rack")
          )
            expect(twin.aliases.get(externalId)?.className, externalId).toBe("rack");
        for (const ref of everyAsset(twin)) expect(twin.find(twin.idOf(ref))).toEqual(ref);
      }),
      { numRuns: 100 },
    );
  });

  it("is read from its saved files as it was", () => {
    fc.assert(
      fc.property(anyCampus, (points) => {
        const files = announceTwin([...points, point("half a \ud83d letter")], []);
        const saved = Object.fromEntries(
          Object.entries(files).map(([name, text]) => [name, Buffer.from(text, "utf8").toString("utf8")]),
        );
        const [before, after] = [loadTwin(files), loadTwin(saved)];
        expect(after.epoch).toBe(before.epoch);
        expect(after.tables).toEqual(before.tables);
        expect(after.links).toEqual(before.links);
        expect(after.aliases).toEqual(before.aliases);
      }),
      { numRuns: 30 },
    );
  });

  it("is laid out without overlaps, each thing within its place", () => {
    fc.assert(
      fc.property(anyCampus, (points) => {
        expect(collisions(loadTwin(announceTwin(points, [])))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
