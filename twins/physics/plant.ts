import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { createCentres, stepCentres } from "#twins/physics/compute/centres.ts";
import type { Dispatch } from "#twins/physics/compute/dispatch.ts";
import { createDispatch, stepDispatch } from "#twins/physics/compute/dispatch.ts";
import { stepRackHeat } from "#twins/physics/compute/rack-heat.ts";
import { stepRackPower } from "#twins/physics/compute/rack-power.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { createRacks, dealRacks } from "#twins/physics/compute/racks.ts";
import type { Makings } from "#twins/physics/compute/totals.ts";
import { sumRows } from "#twins/physics/compute/totals.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import { createLoops } from "#twins/physics/cooling/loops.ts";
import type { Rooms } from "#twins/physics/cooling/rooms.ts";
import { createRooms, stepRoomMachines, stepRoomSupply } from "#twins/physics/cooling/rooms.ts";
import type { WaterMeters } from "#twins/physics/cooling/water-meters.ts";
import { createWaterMeters, stepWaterMeters } from "#twins/physics/cooling/water-meters.ts";
import type { Waterside } from "#twins/physics/cooling/waterside.ts";
import { createWaterside, stepWaterside } from "#twins/physics/cooling/waterside.ts";
import type { Energy } from "#twins/physics/energy/energy.ts";
import { createEnergy, stepEnergy } from "#twins/physics/energy/energy.ts";
import type { Instruments } from "#twins/physics/instruments/instruments.ts";
import { createInstruments } from "#twins/physics/instruments/instruments.ts";
import type { BoundaryPower, Meters } from "#twins/physics/instruments/meters.ts";
import { createMeters, stepMeters } from "#twins/physics/instruments/meters.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { smoothStep } from "#twins/physics/noise.ts";
import type { Distribution } from "#twins/physics/power/distribution.ts";
import type { Grid } from "#twins/physics/power/grid.ts";
import type { Power } from "#twins/physics/power/power.ts";
import { createPower, stepDemand, stepImport, stepSupply } from "#twins/physics/power/power.ts";
import type { RoomSupply, Supply } from "#twins/physics/supply.ts";
import { createRoomSupply, createSupply } from "#twins/physics/supply.ts";
import type { EpwYear } from "#twins/physics/weather/epw.ts";
import type { LedWeather } from "#twins/physics/weather/shift.ts";
import { createSky, readSky } from "#twins/physics/weather/sky.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";

export interface PlantOptions {
  readonly seed: number;
  /** Time of the first step, ms UTC. */
  readonly startMs: number;
  /** Measured or typical weather instead of the seeded one; dust and soiling stay seeded: no file has them. */
  readonly weather?: EpwYear;
  /** Where a scenario leads the weather, whoever it comes from. */
  readonly shifts?: LedWeather;
  /**
   * "totals" sums racks of one room, job and feed into one, and like air handlers of a room (compute/totals.ts): for
   * sums over years of large campuses. Campus totals are those of the full plant within 0.1 %; tables and conditions of
   * the classes row, rack and crah then have a row for each of these sums, and instruments are not read: `columns` is
   * the truth.
   */
  readonly detail?: "full" | "totals";
  /** False: instruments are not read, and `columns` is the truth; for those who look at nothing else. */
  readonly readsInstruments?: boolean;
}

/**
 * The simulated campus: weather, load, power, cooling and energy of every asset of a twin, all from one seed.
 * Same twin, seed, conditions and steps give the same bits. A step allocates a few small objects, none per asset.
 * Power adds up exactly along the topology; see docs/PLANT.md for the formulas and their sources.
 */
export interface Plant {
  /** What instruments show, and what is published. */
  readonly columns: PlantColumns;
  /** What is true, for tests and figures; never published. */
  readonly truth: PlantColumns;
  /** What is wrong, asset by asset; faults and scenarios write it between steps. */
  readonly conditions: Conditions;
  /** Sensors, meters and gateways: where readings go wrong on their way from the truth. */
  readonly instruments: Instruments;
  /** The dispatch platform: takes orders for jobs that move here, and for loads that people hold. */
  readonly dispatch: Dispatch;
  readonly weather: Readonly<Weather>;
  readonly timeMs: number;
  /**
   * Moves the campus on. The first step, at `startMs`, has already been made. Steps of up to ten minutes are made in
   * parts that its thermal and electrical memory can follow; longer ones, for sums over years, at once.
   * @param meteredSeconds time that registers count, where the simulated world runs faster than its meters are read
   */
  step(seconds: number, meteredSeconds?: number): void;
  /** Rooms, buildings and sources behind the meters, for tests and figures; read only. */
  readonly parts: {
    readonly supply: Supply;
    readonly roomSupply: RoomSupply;
    readonly racks: Racks;
    readonly rooms: Rooms;
    readonly waterside: Waterside;
    readonly power: Power;
    readonly distribution: Distribution;
    readonly energy: Energy;
    readonly grid: Grid;
    readonly meters: Meters;
    readonly waterMeters: WaterMeters;
  };
}

/** Longest part of a step, s, and the longest step that is made in parts. */
const partSeconds = 10;
const longestSteppedInParts = 600;

const makingsOf = (twin: Twin, seed: number, detail: PlantOptions["detail"]): Makings => {
  const dealt = dealRacks(twin, seed);
  return detail === "totals" ? sumRows(twin, dealt) : { twin, places: twin, dealt };
};

export const createPlant = (whole: Twin, options: PlantOptions): Plant => {
  const { seed, startMs, weather: year, shifts, detail = "full", readsInstruments = true } = options;
  const { twin, places, dealt, unitsOfCrah } = makingsOf(whole, seed, detail);
  const truth = createColumns(twin);
  const conditions = createConditions(twin);
  const supply = createSupply(twin);
  const roomSupply = createRoomSupply(twin);
  const racks = createRacks(twin, truth, { dealt, supply, conditions });
  const dispatch = createDispatch(places, { ...dealt, seed });
  const loops = createLoops(twin);
  const rooms = createRooms(twin, { columns: truth, conditions, loops, seed, unitsOfCrah });
  const waterside = createWaterside(twin, { columns: truth, conditions, loops, supply, seed });
  const power = createPower(twin, truth, { conditions, supply, seed });
  const { distribution, grid } = power;
  const energy = createEnergy(twin, truth, { conditions, supply, seed });
  const centres = createCentres(twin, truth, seed);
  const boundaries: BoundaryPower = {
    room: { it: distribution.roomIt, cooling: rooms.coolingPower },
    building: {
      main: distribution.main,
      it: distribution.it,
      cooling: distribution.cooling,
      aux: distribution.aux,
    },
    zone: { main: grid.zoneMain },
    site: {
      main: grid.total,
      grid: grid.import,
      pv: grid.pv,
      wind: grid.wind,
      storage: grid.storage,
      generator: grid.generator,
    },
  };
  const meters = createMeters(twin, truth, { boundaries, seed });
  const waterMeters = createWaterMeters(twin, truth, seed);
  const instruments = createInstruments(twin, { truth, conditions, seed });
  const moment = createMoment();
  const { weather } = moment;
  const sky = createSky({ site: twin.site, seed, year, shifts });

  const roomStep = { racks, supply, roomSupply, moment };
  const loads = {
    rackPower: racks.columns.power,
    roomCooling: rooms.coolingPower,
    plantCooling: waterside.power,
    daylight: 0,
  };

  const settle = (meteredSeconds: number): void => {
    readSky(weather, sky, moment.timeMs);
    stepSupply(power, moment);
    stepDispatch(dispatch, moment);
    stepRackPower(racks, moment);
    stepRoomSupply(rooms, roomStep);
    stepRackHeat(racks, roomSupply, moment);
    stepRoomMachines(rooms, roomStep);
    stepWaterside(waterside, moment);
    loads.daylight = smoothStep(-4, 8, weather.sunAltitudeDeg);
    const loadKw = stepDemand(power, loads, moment);
    stepEnergy(energy, moment, loadKw);
    stepImport(power, moment);
    stepCentres(centres, dispatch, moment);
    stepMeters(meters, { seconds: moment.seconds, meteredSeconds });
    stepWaterMeters(waterMeters, { rooms, waterside }, meteredSeconds);
    moment.first = false;
  };
  const move = (timeMs: number, stepSeconds: number, meteredSeconds: number): void => {
    setMoment(moment, { timeMs, stepSeconds, utcOffsetMin: twin.site.utcOffsetMin });
    settle(meteredSeconds);
  };
  move(startMs, 0, 0);
  const isRead = readsInstruments && detail === "full";
  if (isRead) instruments.read(moment.timeMs);
  return {
    columns: isRead ? instruments.readings : truth,
    truth,
    conditions,
    instruments,
    dispatch,
    weather,
    get timeMs() {
      return moment.timeMs;
    },
    step: (seconds, meteredSeconds = seconds) => {
      const parts = seconds > longestSteppedInParts ? 1 : Math.max(1, Math.ceil(seconds / partSeconds));
      const fromMs = moment.timeMs;
      for (let part = 1; part <= parts; part++)
        move(fromMs + (part * seconds * 1000) / parts, seconds / parts, meteredSeconds / parts);
      if (isRead) instruments.read(moment.timeMs);
    },
    parts: {
      supply,
      roomSupply,
      racks,
      rooms,
      waterside,
      power,
      distribution,
      energy,
      grid,
      meters,
      waterMeters,
    },
  };
};
