import type { Twin } from "#twins/model/twin.ts";
import type { Centres } from "#twins/physics/compute/centres.ts";
import { createCentres, stepCentres } from "#twins/physics/compute/centres.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { createRacks, stepRackPower } from "#twins/physics/compute/racks.ts";
import type { JobClock } from "#twins/physics/compute/workload.ts";
import { setJobClock } from "#twins/physics/compute/workload.ts";
import type { Buildings } from "#twins/physics/cooling/buildings.ts";
import { createBuildings, stepBuildings } from "#twins/physics/cooling/buildings.ts";
import type { Rooms } from "#twins/physics/cooling/rooms.ts";
import { createRooms, stepRooms } from "#twins/physics/cooling/rooms.ts";
import type { Energy } from "#twins/physics/energy/energy.ts";
import { createEnergy, stepEnergy } from "#twins/physics/energy/energy.ts";
import type { BoundaryPower, Meters } from "#twins/physics/instruments/meters.ts";
import { createMeters, stepMeters } from "#twins/physics/instruments/meters.ts";
import type { Grid } from "#twins/physics/power/grid.ts";
import { createGrid, stepGrid, stepSubstations } from "#twins/physics/power/grid.ts";
import { type EpwYear, readEpw } from "#twins/physics/weather/epw.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { createWeather, readWeather } from "#twins/physics/weather/weather.ts";
import type { PlantColumns } from "./columns.ts";
import { createColumns } from "./columns.ts";
import { smoothStep } from "./noise.ts";

export interface PlantOptions {
  readonly seed: number;
  /** Time of the first step, ms UTC. */
  readonly startMs: number;
  /** Measured or typical weather instead of the seeded one; dust and soiling stay seeded: no file has them. */
  readonly weather?: EpwYear;
}

/**
 * The simulated campus: weather, load, power, cooling and energy of every asset of a twin, all from one seed.
 * Same twin, seed and steps give the same bits. A step allocates a few small objects, none per asset.
 * Power adds up exactly along the topology; see docs/PLANT.md for the formulas and their sources.
 */
export interface Plant {
  readonly columns: PlantColumns;
  readonly weather: Readonly<Weather>;
  readonly timeMs: number;
  /**
   * Moves the campus on. The first step, at `startMs`, has already been made.
   * @param meteredSeconds time that registers count, where the simulated world runs faster than its meters are read
   */
  step(seconds: number, meteredSeconds?: number): void;
  /** Rooms, buildings and sources behind the meters, for tests and figures; read only. */
  readonly parts: {
    readonly racks: Racks;
    readonly rooms: Rooms;
    readonly buildings: Buildings;
    readonly energy: Energy;
    readonly grid: Grid;
    readonly meters: Meters;
  };
}

export const createPlant = (twin: Twin, { seed, startMs, weather: year }: PlantOptions): Plant => {
  const columns = createColumns(twin);
  const racks = createRacks(twin, columns, seed);
  const rooms = createRooms(twin, columns, seed);
  const buildings = createBuildings(twin, columns, seed);
  const energy = createEnergy(twin, columns, seed);
  const grid = createGrid(twin, columns, seed);
  const centres: Centres = createCentres(twin, columns, seed);
  const boundaries: BoundaryPower = {
    room: { it: rooms.it, cooling: rooms.coolingPower },
    building: { main: buildings.main, it: buildings.it, cooling: buildings.coolingPower, aux: buildings.aux },
    zone: { main: grid.zoneMain },
    site: { main: grid.total, grid: grid.import, pv: grid.pv, wind: grid.wind, storage: grid.storage },
  };
  const meters = createMeters(twin, columns, { boundaries, seed });
  const weather = createWeather();
  const clock: JobClock = { seconds: 0, stepSeconds: 1, hour: 0, day: 0 };
  let timeMs = startMs;

  const settle = (stepSeconds: number, meteredSeconds: number): void => {
    const first = !meters.started;
    readWeather(weather, twin.site, timeMs, seed);
    if (year) readEpw(weather, year, timeMs);
    setJobClock(clock, timeMs, stepSeconds, twin.site.utcOffsetMin);
    stepRackPower(racks, clock);
    stepRooms(rooms, racks, { weather, seconds: first ? Number.POSITIVE_INFINITY : stepSeconds });
    stepBuildings(buildings, rooms, { weather, daylight: smoothStep(-4, 8, weather.sunAltitudeDeg) });
    const loadKw = stepGrid(grid, buildings);
    stepEnergy(energy, weather, {
      loadKw,
      hour: clock.hour,
      seconds: clock.seconds,
      stepSeconds: first ? 0 : stepSeconds,
    });
    stepSubstations(grid, { loadKw, sums: energy.sums, seconds: clock.seconds });
    stepCentres(centres, racks, clock);
    stepMeters(meters, { seconds: clock.seconds, meteredSeconds: first ? 0 : meteredSeconds });
  };
  settle(1, 1);
  return {
    columns,
    weather,
    get timeMs() {
      return timeMs;
    },
    step: (seconds, meteredSeconds = seconds) => {
      timeMs += seconds * 1000;
      settle(seconds, meteredSeconds);
    },
    parts: { racks, rooms, buildings, energy, grid, meters },
  };
};
