import type { TwinFiles } from "./twin.ts";

/** A small, valid twin directory for tests: two zones, three buildings, a substation and a few PV tables. */

const text = (en: string): { zh: string; en: string } => ({ zh: `中${en}`, en });

const template = (racksPerRow: number): Record<string, unknown> => ({
  floors: 2,
  floorHeightM: 6,
  columns: 2,
  rowsPerRoom: 3,
  racksPerRow,
  rackKw: 5,
  cooling: "towerPlate",
  occupancy: 0.8,
  load: 0.5,
});

export const sampleTwin = {
  id: "sample",
  name: text("Sample"),
  site: { latitudeDeg: 40, longitudeDeg: 111, altitudeM: 1000, utcOffsetMin: 480 },
  illustrative: true,
  defaultRacks: 100,
  published: { builtItMw: 1, note: text("note") },
  zones: ["east.json", "west.json"],
  templates: {
    small: template(5),
    liquid: { ...template(4), liquid: true, cooling: "closedTowerLiquid" },
    outside: { ...template(6), cooling: "evaporative" },
  },
  loadTest: {
    id: "x",
    name: text("Load test"),
    at: [0, 5000],
    size: [500, 500],
    buildings: [
      {
        id: "b",
        name: text("Extra"),
        count: 3,
        at: [0, 0],
        columns: 3,
        pitch: [100, 100],
        size: [60, 30, 12],
        built: 0,
        template: "small",
      },
    ],
  },
  facts: "facts.json",
  aliases: "aliases.csv",
};

export const sampleEast = {
  id: "east",
  name: text("East"),
  at: [500, 0],
  size: [600, 400],
  fields: [
    {
      class: "substation",
      id: "s110",
      name: text("Substation"),
      at: [-250, 0],
      size: [40, 30, 8],
      attributes: { voltageKv: 110 },
    },
    {
      class: "pvTable",
      id: "pv",
      count: 12,
      at: [0, -150],
      columns: 6,
      pitch: [30, 8],
      size: [28, 4, 3],
      serves: ["east/s110"],
    },
  ],
  buildings: [
    {
      id: "b",
      name: text("Building"),
      count: 3,
      at: [-100, 0],
      columns: 3,
      pitch: [120, 90],
      size: [60, 30, 12],
      built: 2,
      template: "small",
      fedBy: "east/s110",
    },
  ],
};

export const sampleWest = {
  id: "west",
  name: text("West"),
  at: [-500, 0],
  size: [300, 300],
  buildings: [
    {
      id: "pods",
      name: text("Pods"),
      at: [0, 0],
      yawDeg: 90,
      size: [60, 40, 14],
      built: 1,
      template: "liquid",
      physicalRacks: 45,
      fedBy: "east/s110",
    },
    {
      id: "facade",
      name: text("Facade"),
      at: [0, 120],
      size: [60, 32, 12],
      built: 1,
      template: "outside",
    },
    { id: "office", name: text("Office"), at: [100, 0], size: [30, 20, 12], built: 1 },
  ],
};

const write = (value: unknown): string => JSON.stringify(value, null, 2);

/** The files of the sample; `changes` replaces or (undefined) removes single files. */
export const sampleFiles = (changes: Readonly<Record<string, unknown>> = {}): TwinFiles => {
  const files: Record<string, unknown> = {
    "twin.json": sampleTwin,
    "east.json": sampleEast,
    "west.json": sampleWest,
    "facts.json": { facts: [] },
    "aliases.csv": "# externalId,assetId\nBMS-7,east/b01\n",
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(files)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === "string" ? value : write(value)]),
  );
};
