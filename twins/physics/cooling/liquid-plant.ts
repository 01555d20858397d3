import { liquidLoop } from "./curves.ts";
import { freezeBelow, thawAbove } from "./outside.ts";
import type { PlantStep, WaterParts } from "./plant-loop.ts";
import { holdSetPoint, riseOf, startBody, stepLoopFlow } from "./plant-loop.ts";
import { pumpGroup } from "./pumps.ts";
import { isSettled } from "./room-air.ts";
import type { SpeedSearch } from "./tower-heat.ts";
import {
  aimAt,
  closedTower,
  createTowerWork,
  findFanSpeed,
  hasWater,
  makeUpWater,
  sinkOf,
  towerSlope,
} from "./tower-heat.ts";
import type { TowerResult } from "./towers.ts";
import { showTowers, stepTowers, towerMode, towerPower } from "./towers.ts";
import { createBody, solveBody } from "./water-body.ts";

/**
 * The primary water of liquid-cooled rooms: pumped straight through the coils of closed towers and back to the CDUs at
 * 33 °C, with anti-freeze in it; no chiller anywhere. Towers run dry as long as that is cheaper than spraying, so their
 * plume is gone in the cold; below 3 °C their spray is drained.
 */

/** A running mode is kept until the other saves this part of the fans' rated power. */
const reluctance = 0.04;
/** Turns in which the towers' line, taken at a guess of the water's temperature, meets it in settled steps. */
const settlingTurns = 6;

const loop = createBody();
const work = createTowerWork(closedTower);
const fans: SpeedSearch = { heat: 0.5, hot: 0.5, most: 1, speed: 0.5 };
const towerResult: TowerResult = { heat: 0.5, speed: 0.5, mode: 0, leaving: 0.5, water: 0.5 };

/** Whether spray is there to be used; the pan is drained for frost. */
const maySpray = ({ state }: WaterParts, building: number, { moment }: PlantStep): boolean => {
  const below = state.drained[building] === 1 && !isSettled(moment) ? thawAbove : freezeBelow;
  state.drained[building] = moment.weather.airTemperature < below ? 1 : 0;
  return state.drained[building] === 0;
};

const limitAt = (hot: number, isWet: boolean): number => {
  aimAt(work, hot, isWet);
  return towerSlope(work, 1) * (hot - sinkOf(work));
};

/** Sets the line of the way that carries more at a temperature of entering water; returns whether that is the wet one. */
const setLimit = (hot: number, rise: number, mayBeWet: boolean): boolean => {
  const isWet = mayBeWet && limitAt(hot, true) > limitAt(hot, false);
  aimAt(work, hot, isWet);
  loop.limitSlope = towerSlope(work, 1);
  loop.limitAt = loop.limitSlope * (sinkOf(work) - rise);
  return isWet;
};

/** Power in one mode for the heat that is taken, per kW of fans; infinite where it cannot be carried. */
const powerIn = (isWet: boolean): number => {
  aimAt(work, fans.hot, isWet);
  if (!hasWater(work)) return Number.POSITIVE_INFINITY;
  findFanSpeed(work, fans);
  return fans.speed === Number.POSITIVE_INFINITY ? fans.speed : towerPower(fans.speed, isWet);
};

/**
 * Chooses the cheaper mode for the heat that is taken, or stays in the one that runs if that is nearly as cheap.
 * @param isLimitWet the mode that carries more, where neither carries enough
 */
const chooseMode = (mayBeWet: boolean, isLimitWet: boolean, before: number): void => {
  const dry = powerIn(false);
  const wet = mayBeWet ? powerIn(true) : Number.POSITIVE_INFINITY;
  const isNone = dry === Number.POSITIVE_INFINITY && wet === dry;
  const isWet = isNone ? isLimitWet : wet + before * reluctance < dry;
  powerIn(isWet);
  towerResult.mode = isWet ? towerMode.wet : towerMode.dry;
  towerResult.speed = Math.min(1, fans.speed);
  towerResult.water = makeUpWater(work, loop.taken, towerResult.speed);
};

/** Moves the primary water of a building's liquid-cooled rooms on. */
export const stepLiquidPlant = (parts: WaterParts, building: number, step: PlantStep): void => {
  const { loops, pumps, state, designHeat } = parts;
  const { moment } = step;
  const settled = isSettled(moment);
  const design = designHeat[building]!;
  const setPoint = liquidLoop.supply;
  const group = building * 2 + pumpGroup.loop;
  const rate = (stepLoopFlow(parts, building, { step, group, setPoint }) * design) / liquidLoop.rise;
  step.towers.isClosed = true;
  stepTowers(parts.towers, building, { task: step.towers, work });
  work.rate = rate;
  const mayBeWet = maySpray(parts, building, step) && work.sprayed > 0;

  const cold = moment.first ? setPoint : state.temperature[building]!;
  startBody(loop, { store: state.store[building]!, before: cold, designHeat: design }, moment);
  loop.heat = loops.heat[building]! + pumps.power[group]!;
  const rise = riseOf(loop.heat, rate);
  holdSetPoint(loop, rate, setPoint);
  loop.temperature = cold;
  let isLimitWet = false;
  for (let turn = 0; turn < (settled ? settlingTurns : 1); turn++) {
    const guess = loop.temperature;
    isLimitWet = setLimit(guess + rise, rise, mayBeWet);
    solveBody(loop);
    if (Math.abs(loop.temperature - guess) < 1e-9) break;
  }

  const runs = rate > 0 && work.open > 0;
  towerResult.heat = loop.taken;
  towerResult.leaving = loop.temperature;
  towerResult.mode = towerMode.stopped;
  towerResult.speed = 0;
  towerResult.water = 0;
  fans.heat = loop.taken;
  fans.hot = loop.temperature + rise;
  // A settled step has no mode that it would rather keep.
  const before = settled ? 0 : 1 - 2 * state.isWet[building]!;
  if (runs) chooseMode(mayBeWet, isLimitWet, before);
  state.isWet[building] = towerResult.mode === towerMode.wet ? 1 : 0;
  parts.makeUp[building] = towerResult.water;
  const towerKw = showTowers(parts.towers, building, {
    result: towerResult,
    task: step.towers,
    work,
  });
  state.temperature[building] = loop.temperature;
  state.towerTemperature[building] = loop.temperature;
  state.plate[building] = loop.taken;
  state.stored[building] = loop.stored;
  state.relieved[building] = loop.relieved;
  parts.power[building] = towerKw + pumps.power[group]!;
};
