import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import { attributeOr, commissioned, commissionedBuildings, rangesBelow } from "#twins/physics/places.ts";
import { drivePower } from "./curves.ts";
import type { Drives, PlantOrder, Span } from "./drives.ts";
import { createDrives, hasPower, showRunning, soundOf, spansOf, stepDrives } from "./drives.ts";
import { freezeBelow } from "./outside.ts";
import type { TowerWork } from "./tower-heat.ts";
import { naturalDraught, setOutside } from "./tower-heat.ts";
import { machineStatus } from "./units.ts";

/** Cells of towers: which take water, whose fans run, what they draw. All cells of a building run alike. */

/** Below this speed a fan goes on and off: on the mean it draws the part of its power at the floor. */
const fanFloor = 0.25;
/** Spray pump of a closed tower while wet, part of the fan's rating. */
const sprayPart = 0.1;
/**
 * Freeze protection of open towers: heaters of basins, make-up and idle pipes, part of the fan's rating at their
 * coldest, from 3 °C down. What they give is lost to outside. Assumed: from 0…10 to −15…−10 °C a large building's PUE
 * rises by 0.004 (fans save a part of it); the measured site of STANDARDS rises by 0.009.
 */
const heaterPart = 0.4;
const heaterFullAt = -25;

/** Codes of coolingTower.coolingMode (catalogue). */
export const towerMode = { stopped: 0, dry: 2, wet: 3 } as const;

const towerMetrics = [
  "power",
  "leavingTemperature",
  "fanSpeed",
  "heat",
  "makeUpWater",
  "coolingMode",
  "status",
] as const;

export interface Towers extends Drives {
  readonly spans: readonly Span[];
  /** Truth. Shape: coolingTower rows. */
  readonly columns: Readonly<Record<(typeof towerMetrics)[number], Float64Array>>;
  readonly conditions: ClassConditions<"coolingTower">;
  readonly ratedKw: Float32Array;
  readonly capacityKw: Float32Array;
  /** Capacity that takes water: without ice and, in open towers, with its spray. */
  readonly open: Float64Array;
  /** Freeze protection: part of the towers' power, kW. Shape: buildings. */
  readonly heaterKw: Float64Array;
}

export const createTowers = (twin: Twin, columns: PlantColumns, conditions: Conditions): Towers => {
  const ranges = rangesBelow(twin, "building", "coolingTower");
  const parts = commissionedBuildings(twin);
  // Classes other than the rack are stored in 64 bits (catalogue).
  const own = columnsOf(columns, "coolingTower", towerMetrics) as Towers["columns"];
  const rated = (attribute: string, otherwise: number): Float32Array =>
    commissioned(attributeOr(twin, "coolingTower", attribute, otherwise), ranges, parts);
  return {
    ...createDrives(conditions.of("coolingTower").failed, own.status),
    spans: spansOf(ranges),
    columns: own,
    conditions: conditions.of("coolingTower"),
    ratedKw: rated("ratedKw", 75),
    capacityKw: rated("capacityKw", 5000),
    open: new Float64Array(own.power.length),
    heaterKw: new Float64Array(ranges.length / 2),
  };
};

export interface TowerTask {
  readonly order: PlantOrder;
  moment: Moment;
  isClosed: boolean;
}

const sprayOf = (towers: Towers, cell: number): number => 1 - clamp(towers.conditions.sprayLost[cell]!, 0, 1);

/** Moves the fans of a building's towers on; fills what its cells can do. Water and kind are the caller's. */
export const stepTowers = (
  towers: Towers,
  building: number,
  { task, work }: { readonly task: TowerTask; readonly work: TowerWork },
): void => {
  const span = towers.spans[building]!;
  const { conditions } = towers;
  stepDrives(towers, span, task);
  work.open = 0;
  work.driven = 0;
  work.sprayed = 0;
  work.sprayedDriven = 0;
  for (let cell = span.start; cell < span.end; cell++) {
    towers.isOn[cell] = towers.canRun[cell]!;
    const spray = sprayOf(towers, cell);
    const open =
      towers.capacityKw[cell]! *
      soundOf(towers, cell) *
      (1 - clamp(conditions.frozen[cell]!, 0, 1)) *
      (task.isClosed ? 1 : spray);
    towers.open[cell] = open;
    const sprayed = task.isClosed ? open * spray : open;
    work.open += open;
    work.sprayed += sprayed;
    if (towers.isOn[cell] === 1) {
      work.driven += open;
      work.sprayedDriven += sprayed;
      showRunning(towers, cell);
    }
    if (conditions.frozen[cell]! > 0 || conditions.sprayLost[cell]! > 0) showFault(towers, cell);
  }
  setOutside(work, task.moment.weather);
};

const showFault = (towers: Towers, cell: number): void => {
  towers.status[cell] = machineStatus.fault;
};

/** Power of fans that rate 1 kW at a mean speed. */
const towerFanPower = (speed: number): number =>
  speed >= fanFloor
    ? drivePower(1, speed)
    : drivePower(1, fanFloor) * Math.max(0, (speed - naturalDraught) / (fanFloor - naturalDraught));

/** Power of towers per kW of fans: fans at a mean speed, and the spray pumps of wet closed ones. */
export const towerPower = (speed: number, isSprayed: boolean): number =>
  towerFanPower(speed) + (isSprayed ? sprayPart : 0);

/** What a building's towers do in a step. */
export interface TowerResult {
  heat: number;
  /** Speed of the fans that run; 0 and no heat where no water goes round. */
  speed: number;
  mode: number;
  leaving: number;
  water: number;
}

/** Writes what each cell does; returns the power of all, kW. */
export const showTowers = (
  towers: Towers,
  building: number,
  {
    result,
    task,
    work,
  }: { readonly result: TowerResult; readonly task: TowerTask; readonly work: TowerWork },
): number => {
  const { start, end } = towers.spans[building]!;
  const { order, moment, isClosed } = task;
  const isWet = result.mode === towerMode.wet;
  const runs = result.mode !== towerMode.stopped;
  const drive = runs ? towerPower(result.speed, isClosed && isWet) : 0;
  const frost = clamp((freezeBelow - moment.weather.airTemperature) / (freezeBelow - heaterFullAt), 0, 1);
  const all = isWet ? work.sprayed : work.open;
  let power = 0;
  let heaters = 0;
  for (let cell = start; cell < end; cell++) {
    const isOn = towers.isOn[cell] === 1;
    const part = all > 0 ? (towers.open[cell]! * (isClosed && isWet ? sprayOf(towers, cell) : 1)) / all : 0;
    const heats = !isClosed && hasPower(order, cell - start, end - start);
    const heater = heats ? heaterPart * towers.ratedKw[cell]! * frost : 0;
    const own = (isOn ? order.wear * towers.ratedKw[cell]! * soundOf(towers, cell) * drive : 0) + heater;
    power += own;
    heaters += heater;
    towers.columns.power[cell] = own;
    towers.columns.fanSpeed[cell] = isOn && runs && result.speed > naturalDraught ? result.speed * 100 : 0;
    towers.columns.heat[cell] = part * result.heat;
    towers.columns.makeUpWater[cell] = part * result.water;
    towers.columns.leavingTemperature[cell] = result.leaving;
    towers.columns.coolingMode[cell] = part > 0 ? result.mode : towerMode.stopped;
  }
  towers.heaterKw[building] = heaters;
  return power;
};
