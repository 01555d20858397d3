import { metricIndex } from "#twins/model/catalogue.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { sampleFiles, sampleTwin } from "#twins/model/sample.fixture.ts";
import type { Column, PlantColumns } from "#twins/physics/columns.ts";
import { createColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import type { Instruments } from "./instruments.ts";
import { createInstruments } from "./instruments.ts";

const field = (className: ClassName, own: object): object => ({
  class: className,
  id: className.toLowerCase(),
  count: 4,
  columns: 4,
  pitch: [100, 0],
  size: [10, 10, 10],
  serves: ["east/s110"],
  ...own,
});

/** The sample with a zone of what it lacks: something of every class that is measured. */
const outside = {
  id: "out",
  name: { zh: "外", en: "Outside" },
  at: [0, 900],
  size: [900, 600],
  fields: [
    field("weatherStation", { at: [-400, 0], serves: [] }),
    field("windTurbine", { at: [-400, 100], attributes: { ratedKw: 6250, hubHeightM: 110, rotorM: 172 } }),
    field("battery", { at: [-400, 200], attributes: { energyKwh: 2500, powerKw: 1250 } }),
    field("transformer", { at: [-400, -100], attributes: { ratedKw: 63_000 } }),
    field("centre", { at: [-400, -200], serves: [], attributes: { roundTripMs: 12 } }),
  ],
};
export const twin = loadTwin(
  sampleFiles({
    "twin.json": { ...sampleTwin, zones: [...sampleTwin.zones, "out.json"] },
    "out.json": outside,
  }),
);
export const startMs = Date.UTC(2026, 6, 14, 4);

export const columnOf = (columns: PlantColumns, className: ClassName, metric: string): Column =>
  columns.get(className)![metricIndex(className, metric)]!;

/** Instruments alone: the test writes what is true and says when they are read. */
export interface InstrumentBench {
  readonly instruments: Instruments;
  readonly conditions: Conditions;
  truth(className: ClassName, metric: string): Column;
  reading(className: ClassName, metric: string): Column;
  /** Reads so many seconds after the reading before. */
  after(seconds: number): void;
}

export const createInstrumentBench = (seed = 1): InstrumentBench => {
  const truth = createColumns(twin);
  const conditions = createConditions(twin);
  const instruments = createInstruments(twin, { truth, conditions, seed });
  let timeMs = startMs;
  return {
    instruments,
    conditions,
    truth: (className, metric) => columnOf(truth, className, metric),
    reading: (className, metric) => columnOf(instruments.readings, className, metric),
    after: (seconds) => {
      timeMs += seconds * 1000;
      instruments.read(timeMs);
    },
  };
};
