import { liquidLoop } from "./curves.ts";
import { freezeBelow, thawAbove } from "./outside.ts";
import type { PlantStep, WaterParts } from "./plant-loop.ts";
import { holdSetPoint, riseOf, startBody, stepLoopFlow } from "./plant-loop.ts";
import { pumpGroup } from "./pumps.ts";
import { isSettled } from "./room-air.ts";
import type { TowerWork } from "./tower-heat.ts";
import { closedTower, fanSpeedFor, makeUpWater, towerHeat, towerLine } from "./tower-heat.ts";
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
const work: TowerWork = {
  kind: closedTower,
  open: 0.5,
  driven: 0.5,
  wetPart: 1,
  rate: 0.5,
  airTemperature: 0.5,
  wetBulb: 0.5,
};
const towerResult: TowerResult = { heat: 0.5, speed: 0.5, mode: 0, leaving: 0.5, water: 0.5 };

/** Whether spray is there to be used; the pan is drained for frost. */
const maySpray = ({ state }: WaterParts, building: number, { moment }: PlantStep): boolean => {
  const below = state.drained[building] === 1 && !isSettled(moment) ? thawAbove : freezeBelow;
  state.drained[building] = moment.weather.airTemperature < below ? 1 : 0;
  return state.drained[building] === 0;
};

/** Sets the line of the way that carries more at a temperature of entering water; returns how much of it is wetted. */
const setLimit = (hot: number, sprayed: number, rise: number): number => {
  work.wetPart = sprayed;
  if (sprayed > 0) {
    const wet = towerHeat(work, 1, hot);
    work.wetPart = 0;
    if (wet > towerHeat(work, 1, hot)) work.wetPart = sprayed;
  }
  const line = towerLine(work, 1, hot);
  loop.limitSlope = line.slope;
  loop.limitAt = line.at - line.slope * rise;
  return work.wetPart;
};

const never = Number.POSITIVE_INFINITY;

/** Speed that carries a heat in one mode, or infinity. */
const speedIn = (heat: number, hot: number, wetPart: number): number => {
  work.wetPart = wetPart;
  if (towerHeat(work, 1, hot) < heat * (1 - 1e-9)) return never;
  return fanSpeedFor(work, { heat, hot, most: 1 });
};

/** Chooses the cheaper mode for the heat that is taken; `limit` where neither carries it. */
const chooseMode = (
  hot: number,
  { sprayed, limit, before }: { sprayed: number; limit: number; before: number },
): void => {
  const { taken } = loop;
  const dry = speedIn(taken, hot, 0);
  const wet = sprayed > 0 ? speedIn(taken, hot, sprayed) : never;
  const dryPower = dry === never ? never : towerPower(dry, false);
  const wetPower = wet === never ? never : towerPower(wet, true);
  const isWet =
    dry === never && wet === never
      ? limit > 0
      : wetPower + (before === 1 ? -reluctance : before === 0 ? reluctance : 0) < dryPower;
  work.wetPart = isWet ? sprayed : 0;
  towerResult.mode = isWet ? towerMode.wet : towerMode.dry;
  towerResult.speed = Math.min(1, isWet ? wet : dry);
  towerResult.water = isWet ? makeUpWater(work, { heat: taken, hot, speed: towerResult.speed }) : 0;
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
  const sprayed = maySpray(parts, building, step) ? work.wetPart : 0;

  const before = moment.first ? setPoint : state.temperature[building]!;
  startBody(loop, { store: state.store[building]!, before, designHeat: design }, moment);
  loop.heat = loops.heat[building]! + pumps.power[group]!;
  const rise = riseOf(loop.heat, rate);
  holdSetPoint(loop, rate, setPoint);
  loop.temperature = before;
  let limit = 0;
  for (let turn = 0; turn < (settled ? settlingTurns : 1); turn++) {
    const guess = loop.temperature;
    limit = setLimit(guess + rise, sprayed, rise);
    solveBody(loop);
    if (Math.abs(loop.temperature - guess) < 1e-9) break;
  }

  const runs = rate > 0 && work.open > 0;
  towerResult.heat = loop.taken;
  towerResult.leaving = loop.temperature;
  towerResult.mode = towerMode.stopped;
  towerResult.speed = 0;
  towerResult.water = 0;
  if (runs)
    chooseMode(loop.temperature + rise, { sprayed, limit, before: settled ? -1 : state.isWet[building]! });
  state.isWet[building] = towerResult.mode === towerMode.wet ? 1 : 0;
  parts.makeUp[building] = towerResult.water;
  const towerKw = showTowers(parts.towers, building, {
    result: towerResult,
    task: step.towers,
    open: work.open,
  });
  state.temperature[building] = loop.temperature;
  state.towerTemperature[building] = loop.temperature;
  state.plate[building] = loop.taken;
  state.stored[building] = loop.stored;
  state.relieved[building] = loop.relieved;
  parts.power[building] = towerKw + pumps.power[group]!;
};
