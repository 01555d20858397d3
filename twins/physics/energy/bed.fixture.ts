import { loadTwin } from "#twins/model/load.ts";
import { sampleTwin } from "#twins/model/sample.fixture.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { createSupply } from "#twins/physics/supply.ts";
import { createSky, readSky } from "#twins/physics/weather/sky.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { createEnergy, stepEnergy } from "./energy.ts";

const name = { zh: "园", en: "Park" };
const field = (className: string, id: string, own: object): object => ({
  class: className,
  id,
  name,
  serves: ["i/s110"],
  ...own,
});

/** Sun, wind and storage as large as those of Horinger, drawn as close, with a hundred tables for its two thousand. */
const zone = {
  id: "i",
  name,
  at: [0, 0],
  size: [3700, 1500],
  notToScale: true,
  fields: [
    field("substation", "s110", { at: [-980, 330], size: [80, 60, 10], serves: [] }),
    field("transformer", "mt", {
      at: [-1004, 372],
      size: [9, 6, 6],
      attributes: { ratedKw: 424_800 },
    }),
    field("pvTable", "pv", {
      count: 100,
      at: [-800, 400],
      columns: 50,
      pitch: [32, 9.5],
      size: [28.5, 3.7, 3],
      attributes: { modules: 50, kWp: 30, tiltDeg: 38 },
    }),
    field("windTurbine", "wt", {
      count: 48,
      at: [-1650, -120],
      columns: 12,
      pitch: [300, 180],
      size: [6, 6, 110],
      attributes: { ratedKw: 6250, hubHeightM: 110, rotorM: 172 },
    }),
    field("battery", "bat", {
      count: 52,
      at: [850, 390],
      columns: 13,
      pitch: [9, 18],
      size: [2.6, 12.2, 2.9],
      attributes: { energyKwh: 4984.6, powerKw: 1246.2 },
    }),
  ],
};

const twin = loadTwin({
  "twin.json": JSON.stringify({
    ...sampleTwin,
    site: { latitudeDeg: 40.539, longitudeDeg: 111.823, altitudeM: 1050, utcOffsetMin: 480 },
    defaultRacks: 0,
    zones: ["i.json"],
    templates: {},
    loadTest: undefined,
    facts: undefined,
    aliases: undefined,
  }),
  "i.json": JSON.stringify(zone),
});

/** A summer's afternoon: storage is at rest. */
const afternoon = Date.UTC(2026, 6, 10, 7);

/** Sun, wind and storage on a bench of their own; `weather` is what a test wants other than the seed's. */
export const energyBench = (startMs = afternoon, weather: Partial<Weather> = {}) => {
  const conditions = createConditions(twin);
  const supply = createSupply(twin);
  const seed = 1;
  const energy = createEnergy(twin, createColumns(twin), { conditions, supply, seed });
  const moment = createMoment();
  const sky = createSky({ site: twin.site, seed });
  let timeMs = startMs;
  const bench = {
    twin,
    energy,
    conditions,
    supply,
    moment,
    weather,
    /** What the campus draws, kW: more than sun and wind give. */
    loadKw: 600_000,
    step: (stepSeconds: number): void => {
      timeMs += stepSeconds * 1000;
      setMoment(moment, { timeMs, stepSeconds, utcOffsetMin: twin.site.utcOffsetMin });
      readSky(moment.weather, sky, timeMs);
      Object.assign(moment.weather, bench.weather);
      stepEnergy(energy, moment, bench.loadKw);
      moment.first = false;
    },
    /** So many steps of so many seconds. */
    run: (steps: number, stepSeconds: number): void => {
      for (let i = 0; i < steps; i++) bench.step(stepSeconds);
    },
  };
  bench.step(0);
  return bench;
};
