import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles, sampleTwin } from "#twins/model/sample.fixture.ts";
import type { Twin } from "#twins/model/twin.ts";

/** A campus wired like the built-in one, but small: each power system once, three stations, a planned one, and the sun. */

const name = { zh: "园", en: "Campus" };
const template = (own: object): object => ({ ...sampleTwin.templates.small, occupancy: 1, ...own });

const templates = {
  pods: template({
    floors: 2,
    columns: 4,
    rowsPerRoom: 4,
    racksPerRow: 24,
    rackKw: 20,
    liquid: true,
    cooling: "closedTowerLiquid",
  }),
  medium: template({ columns: 4, rowsPerRoom: 6, racksPerRow: 24, rackKw: 5.17, power: "hvdc" }),
  cloud: template({ columns: 2, rowsPerRoom: 12, racksPerRow: 24, rackKw: 8, power: "mainsHvdc" }),
  large: template({ columns: 4, rowsPerRoom: 14, racksPerRow: 24, rackKw: 5.27 }),
};

const zone = (id: string, north: number, own: object): object => ({
  id,
  name,
  at: [0, north],
  size: [2000, 300],
  ...own,
});

const building = (id: string, used: keyof typeof templates, own: object): object => ({
  id,
  name,
  size: [110, 60, 24],
  built: 1,
  template: used,
  ...own,
});

const station = (id: string, voltageKv: number, own: object): object => ({
  class: "substation",
  id,
  name,
  size: [40, 30, 8],
  attributes: { voltageKv },
  ...own,
});

const mainTransformers = (
  id: string,
  serves: string,
  own: { count: number; ratedKw: number; at: readonly number[] },
): object => ({
  class: "transformer",
  id,
  count: own.count,
  at: own.at,
  columns: own.count,
  pitch: [16, 0],
  size: [9, 6, 6],
  attributes: { ratedKw: own.ratedKw },
  serves: [serves],
});

const grid = zone("h", 600, {
  fields: [
    station("s500", 500, { at: [-800, 0], serves: ["h/s220"] }),
    station("s220", 220, { at: [-700, 0], stage: "planned", serves: ["h/s110"] }),
    station("s110", 110, { at: [-600, 0] }),
    mainTransformers("mt", "h/s110", { count: 4, ratedKw: 63_000, at: [-600, 100] }),
    station("s110b", 110, { at: [0, 0] }),
    mainTransformers("mtb", "h/s110b", { count: 3, ratedKw: 63_000, at: [0, 100] }),
  ],
});

const sun = zone("i", 900, {
  notToScale: true,
  fields: [
    station("s110", 110, { at: [-600, 0], serves: ["h/s110"] }),
    mainTransformers("mt", "i/s110", { count: 2, ratedKw: 40_000, at: [-600, 100] }),
    {
      class: "pvTable",
      id: "pv",
      count: 40,
      at: [0, 0],
      columns: 20,
      pitch: [30, 10],
      size: [28, 4, 3],
      attributes: { kWp: 1500 },
      serves: ["i/s110"],
    },
  ],
});

export const campus = (): Twin =>
  loadTwin(
    sampleFiles({
      "twin.json": {
        ...sampleTwin,
        templates,
        zones: ["h.json", "a.json", "b.json", "cw.json", "i.json"],
        loadTest: undefined,
        facts: undefined,
        aliases: undefined,
      },
      "h.json": grid,
      "a.json": zone("a", 0, {
        buildings: [
          building("hero", "pods", { at: [-300, 0], physicalRacks: 759, fedBy: "h/s110" }),
          building("b01", "large", { at: [0, 0], fedBy: "h/s110" }),
        ],
      }),
      "b.json": zone("b", -400, {
        buildings: [
          building("b", "medium", {
            count: 2,
            at: [-300, 0],
            columns: 2,
            pitch: [300, 0],
            built: 2,
            fedBy: "h/s110b",
          }),
        ],
      }),
      "cw.json": zone("cw", -800, {
        fields: [
          station("s110", 110, { at: [300, 0] }),
          mainTransformers("mtw", "cw/s110", { count: 2, ratedKw: 63_000, at: [300, 100] }),
        ],
        buildings: [building("w01", "cloud", { at: [-300, 0], fedBy: "cw/s110" })],
      }),
      "i.json": sun,
      "aliases.csv": undefined,
      "facts.json": undefined,
    }),
    { racks: 6903 },
  );
