import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTwin } from "#twins/model/load.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { createSupply } from "#twins/physics/supply.ts";
import { createSky, readSky } from "#twins/physics/weather/sky.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { createEnergy, stepEnergy } from "./energy.ts";

const directory = join(import.meta.dirname, "../../horinger");
const files = Object.fromEntries(
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(json|csv)$/.test(path))
    .map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
);
/** The campus without racks: sun, wind and storage as they stand. */
export const twin = loadTwin(files, { racks: 0 });

/** A summer's afternoon: storage is at rest. */
export const afternoon = Date.UTC(2026, 6, 10, 7);

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

export type EnergyBench = ReturnType<typeof energyBench>;
