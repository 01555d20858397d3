import { loadTwin } from "#twins/model/load.ts";
import { sampleFiles, sampleTwin } from "#twins/model/sample.fixture.ts";
import type { Twin } from "#twins/model/twin.ts";

/** A campus with one of everything that can break, and a second of it to make up for it: three buildings, sun, wind and storage. */

const name = { zh: "园", en: "Campus" };
const template = (own: object): object => ({
  ...sampleTwin.templates.small,
  floors: 1,
  columns: 2,
  occupancy: 1,
  ...own,
});

const templates = {
  // So full that its fans are off their floor: what one no longer does the others have to.
  cool: template({ rowsPerRoom: 6, racksPerRow: 20, rackKw: 8, load: 0.85 }),
  wet: template({ rowsPerRoom: 6, racksPerRow: 20, rackKw: 5, cooling: "evaporative", power: "hvdc" }),
  pods: template({
    rowsPerRoom: 4,
    racksPerRow: 20,
    rackKw: 20,
    liquid: true,
    cooling: "closedTowerLiquid",
    power: "mainsHvdc",
  }),
};

const zone = (id: string, north: number, own: object): object => ({
  id,
  name,
  at: [0, north],
  size: [2000, 400],
  ...own,
});

const station = (own: object): object => ({
  class: "substation",
  id: "s110",
  name,
  at: [-600, 0],
  size: [40, 30, 8],
  attributes: { voltageKv: 110 },
  ...own,
});

const machines = (className: string, id: string, own: object): object => ({
  class: className,
  id,
  columns: 10,
  pitch: [60, 20],
  size: [9, 6, 6],
  ...own,
});

const building = (id: keyof typeof templates, east: number): object => ({
  id,
  name,
  at: [east, 0],
  size: [110, 60, 14],
  built: 1,
  template: id,
  fedBy: "h/s110",
});

export const faultCampus = (): Twin =>
  loadTwin(
    sampleFiles({
      "twin.json": {
        ...sampleTwin,
        templates,
        zones: ["h.json", "a.json", "i.json"],
        loadTest: undefined,
        facts: undefined,
        aliases: undefined,
      },
      "h.json": zone("h", 500, {
        fields: [
          station({}),
          machines("transformer", "mt", {
            count: 2,
            at: [-600, 100],
            attributes: { ratedKw: 20_000 },
            serves: ["h/s110"],
          }),
          machines("weatherStation", "wx", { at: [0, 0] }),
        ],
      }),
      "a.json": zone("a", 0, {
        buildings: [building("cool", -300), building("wet", 0), building("pods", 300)],
      }),
      "i.json": zone("i", -500, {
        notToScale: true,
        fields: [
          station({ serves: ["h/s110"] }),
          machines("transformer", "mt", {
            count: 2,
            at: [-600, 100],
            attributes: { ratedKw: 20_000 },
            serves: ["i/s110"],
          }),
          machines("pvTable", "pv", {
            count: 4,
            at: [-300, 0],
            attributes: { kWp: 1000, tiltDeg: 38 },
            serves: ["i/s110"],
          }),
          machines("windTurbine", "wt", {
            count: 3,
            at: [-300, 100],
            attributes: { ratedKw: 6250, hubHeightM: 110, rotorM: 172 },
            serves: ["i/s110"],
          }),
          machines("battery", "bat", {
            count: 3,
            at: [300, 0],
            attributes: { energyKwh: 5000, powerKw: 1250 },
            serves: ["i/s110"],
          }),
        ],
      }),
      "aliases.csv": undefined,
      "facts.json": undefined,
    }),
    { racks: 640 },
  );
