import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell, csvRecords } from "./csv.ts";
import { loadTwin } from "./load.ts";
import { sampleFiles, sampleTwin } from "./sample.fixture.ts";
import type { Twin } from "./twin.ts";

const header = "id,class,nameZh,nameEn,east,north,width,depth,height,up,yawDeg,serves,attributes";

const hall = [
  "north,zone,北区,North,1000,0,200,200,40,,,,enclosed=1",
  "north/b1,building,,Hall one,10,20,60,40,8,,90,,",
  "north/b1/f1,floor,,,0,0,60,40,5,,,,",
  "north/b1/f1/r1,room,,,5,0,20,15,4.4,,,,",
  "north/b1/f1/r1/ups-a,ups,,,0,8,4,1.2,2.2,,,north/b1/f1/r1/row1 north/b1/f1/r1,ratedKw=500",
  "north/b1/f1/r1/row1,row,,,0,2,12,1.2,2.2,,180,,",
  'north/b1/f1/r1/row1/a-17,rack,"甲,十七",,-3,0,0.6,1.2,2.2,,,,',
  "north/b1/f1/r1/row1/a-18,rack,,A 18,-2.4,0,0.6,1.2,2.2,,,,ratedKw=12",
  "site/gate,meter,,Gate,0,0,1,1,1,,,,role=4",
];

const withList = (lines: readonly string[], first = header): Twin =>
  loadTwin(
    sampleFiles({
      "twin.json": { ...sampleTwin, assets: ["list.csv"] },
      "list.csv": [first, ...lines].join("\n"),
    }),
  );

const problemsOf = (lines: readonly string[], first?: string): unknown =>
  withList(lines, first).problems.map(({ code, line, asset }) => [code, line, asset]);

describe("an asset list", () => {
  const twin = withList(hall);

  it("stands beside what zone files repeat, found by its ids", () => {
    expect(twin.problems).toEqual([]);
    const rack = twin.find("north/b1/f1/r1/row1/a-17")!;
    expect(rack.className).toBe("rack");
    expect(twin.idOf(rack)).toBe("north/b1/f1/r1/row1/a-17");
    expect(twin.table("rack").nameOf(rack.row)).toEqual({ zh: "甲,十七", en: "甲,十七" });
    expect(twin.table("rack").count).toBe(102);
    expect(twin.rangeBelow(twin.find("north/b1")!, "rack")).toEqual([rack.row, rack.row + 2]);
    expect(twin.find("site/gate")?.className).toBe("meter");
    expect(twin.find("north/b1/f1/r1/row1/a-19")).toBeUndefined();
  });

  it("places each thing from its parent's centre, in the parent's axes", () => {
    const [east, north, , yaw] = [...twin.table("room").pose.slice(-4)];
    // The building is turned by 90°: its east is the site's south.
    expect([east, north, yaw]).toEqual([1010, 15, 90]);
  });

  it("says what stands, counts what stands in it, and leaves the rest unknown", () => {
    const building = twin.find("north/b1")!.row;
    const of = (name: string): number | undefined => twin.table("building").attribute(name)?.[building];
    expect([of("stage"), of("floors"), of("telemetered")]).toEqual([2, 1, 2]);
    expect(of("cooling")).toBeNaN();
    expect(of("physicalRacks")).toBeNaN();
    const { row } = twin.find("north/b1/f1/r1/row1/a-17")!;
    const rated = twin.table("rack").attribute("ratedKw")!;
    expect([rated[row], rated[row + 1]]).toEqual([Number.NaN, 12]);
    expect(twin.table("meter").attribute("role")?.[twin.find("site/gate")!.row]).toBe(4);
  });

  it("links what serves", () => {
    const { links } = twin;
    expect(links.count).toBe(
      withList(hall.map((line) => line.replace(/north\/b1\/f1\/r1\/row1 .*,rated/, ",rated"))).links.count +
        2,
    );
  });

  it("has no meters of a site that says so", () => {
    const bare = loadTwin({
      "twin.json": JSON.stringify({
        ...sampleTwin,
        zones: [],
        templates: {},
        loadTest: undefined,
        facts: undefined,
        aliases: undefined,
        metered: false,
        assets: ["l.csv"],
      }),
      "l.csv": [header, ...hall].join("\n"),
    });
    expect(bare.problems).toEqual([]);
    expect(bare.table("meter").count).toBe(1);
  });
});

describe("faults of an asset list", () => {
  it.each<[string, string[], unknown[]]>([
    ["a number that is none", ["n,zone,,,x,0,1,1,1,,,,"], [["twin-field-type", 2, "n"]]],
    ["a size of nothing", ["n,zone,,,0,0,0,1,1,,,,"], [["twin-field-range", 2, "n"]]],
    ["a number that is missing", ["n,zone,,,,0,1,1,1,,,,"], [["twin-field-type", 2, "n"]]],
    ["an id that is no path", ["North,zone,,,0,0,1,1,1,,,,"], [["twin-field-range", 2, "North"]]],
    ["a class that is none", ["n,zune,,,0,0,1,1,1,,,,"], [["twin-class-unknown", 2, "n"]]],
    ["a hall on the open plain", ["n,building,,,0,0,1,1,1,,,,"], [["twin-parent-unknown", 2, "n"]]],
    ["a parent that nobody lists", ["n/b,building,,,0,0,1,1,1,,,,"], [["twin-parent-unknown", 2, "n/b"]]],
    ["an id of a zone file", ["east,zone,,,0,0,1,1,1,,,,"], [["twin-duplicate-id", 2, "east"]]],
    [
      "an id said twice",
      ["n,zone,,,0,0,1,1,1,,,,", "n,zone,,,0,0,1,1,1,,,,"],
      [["twin-duplicate-id", 3, "n"]],
    ],
    ["an attribute without a number", ["n,zone,,,0,0,1,1,1,,,,a=b"], [["twin-field-type", 2, "n"]]],
    ["somebody served who is not there", ["n,zone,,,0,0,1,1,1,,,n/x,"], [["twin-link-unknown", 2, "n"]]],
    ["too few cells", ["# comment", "", "n,zone"], [["twin-list-malformed", 4, undefined]]],
    [
      "a quote left open",
      ['"n,zone,,,0,0,1,1,1,,,,', "m,zone,,,0,0,1,1,1,,,,"],
      [["twin-list-malformed", 2, undefined]],
    ],
  ])("%s", (_, lines, problems) => {
    expect(problemsOf(lines)).toEqual(problems);
  });

  it("a first line without the columns, or with others", () => {
    expect(problemsOf(hall, "id,class,east")).toEqual([["twin-list-malformed", 1, undefined]]);
    expect(problemsOf([], `${header},colour`)).toEqual([["twin-field-unknown", 1, undefined]]);
  });

  it("never throw, whatever stands in the file", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...header, ...hall.join(""), "\n", '"', ",", "/", "\u0000"), {
          maxLength: 400,
        }),
        (letters) => {
          expect(withList([letters.join("")]).table("site").count).toBe(1);
          expect(withList([], letters.join("")).table("site").count).toBe(1);
        },
      ),
    );
  });
});

describe("CSV", () => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 })),
        (rows) => {
          const text = rows.map((cells) => cells.map(csvCell).join(",")).join("\n");
          const read = [...csvRecords(text)].map(({ cells }) => cells);
          // A record of nothing but blanks is an empty line.
          expect(read).toEqual(rows);
        },
      ),
    );
  });

  it("counts lines through quoted line ends, comments and a byte order mark", () => {
    const records = [...csvRecords('\uFEFFa,"b\nc"\r\n# no\n\n d , "e" \nf,"g"h\ni')];
    expect(records.map(({ line, cells, isTorn }) => [line, cells, isTorn])).toEqual([
      [1, ["a", "b\nc"], false],
      [5, ["d", "e"], false],
      [6, [], true],
      [7, ["i"], false],
    ]);
  });
});
