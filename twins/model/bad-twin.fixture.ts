import { sampleEast, sampleFiles, sampleTwin, sampleWest } from "./sample.fixture.ts";
import type { TwinProblemCode } from "./schema.ts";
import type { TwinFiles } from "./twin.ts";

/**
 * A twin directory with one fault of each kind that people make by hand. What is good in it: `east/b01` to `b03` with
 * 100 racks, `west/pods`, `west/office`, the substation, the PV tables, and `north/hall` of the asset list.
 */

const block = (
  id: string,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  id,
  name: { zh: `楼 ${id}`, en: `Building ${id}` },
  at: [0, 150],
  size: [60, 30, 12],
  built: 1,
  ...changes,
});

const field = (
  id: string,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  ...sampleEast.fields[0],
  id,
  at: [250, 0],
  ...changes,
});

const listHeader = "id,class,nameZh,nameEn,east,north,width,depth,height,up,yawDeg,serves,attributes";

const list = [
  listHeader,
  "north,zone,北区,North,0,600,300,200,40,,,,",
  "north/hall,building,,Hall,0,0,60,40,8,,,,",
  "north/twin,building,,Twin,50,10,60,40,8,,45,,",
  "north/twin/f1,floor,,,0,0,60,40,5,,,,",
  "north/lost/r1,room,,,0,0,20,15,4,,,,",
  "north/lost/r1/k1,rack,,,0,0,0.6,1.2,2.2,,,,",
  "north/flat,building,,Flat,100,0,60,-40,8,,,,",
  "north/far,building,,Far,1000000000,0,60,40,8,,,,",
  "north/odd,unicorn,,Odd,100,50,60,40,8,,,,",
  "north/nan,building,,NaN,NaN,50,60,40,8,,,,",
].join("\n");

export const badTwinFiles = (): TwinFiles =>
  sampleFiles({
    "twin.json": { ...sampleTwin, assets: ["list.csv"] },
    "east.json": {
      ...sampleEast,
      buildings: [
        ...sampleEast.buildings,
        block("over", { at: [-90, 5] }),
        block("minus", { size: [60, -30, 12] }),
        block("far", { at: [1e9, 150] }),
        block("wild", { count: 4, columns: 4, pitch: [20_000, 0], at: [0, 300], built: 4 }),
        block("words", { at: ["west", "north"] }),
        block("textual", { size: "60x30" }),
      ],
      fields: [
        ...sampleEast.fields,
        field("odd", { class: "unicorn" }),
        field("strewn", { class: "pvTable", count: 5, columns: 5, pitch: [19_999, 0] }),
      ],
    },
    "list.csv": list,
    "west.json": JSON.stringify(sampleWest, null, 2).replace('"yawDeg": 90', '"yawDeg": 90,\n"share": NaN'),
  });

/** Every fault of it: what kind, which asset, which file. */
export const badTwinFaults: readonly (readonly [
  code: TwinProblemCode,
  asset: string | undefined,
  file: string,
])[] = [
  ["twin-overlap", "east/over", "east.json"],
  ["twin-field-range", "east/minus", "east.json"],
  ["twin-field-range", "east/far", "east.json"],
  ["twin-field-range", "east/wild04", "east.json"],
  ["twin-field-type", "east/words", "east.json"],
  ["twin-field-type", "east/textual", "east.json"],
  ["twin-class-unknown", "east/odd", "east.json"],
  ["twin-field-range", "east/strewn04", "east.json"],
  ["twin-json-syntax", undefined, "west.json"],
  ["twin-overlap", "north/twin", "list.csv"],
  ["twin-parent-unknown", "north/lost/r1", "list.csv"],
  ["twin-field-range", "north/flat", "list.csv"],
  ["twin-field-range", "north/far", "list.csv"],
  ["twin-class-unknown", "north/odd", "list.csv"],
  ["twin-field-type", "north/nan", "list.csv"],
];
