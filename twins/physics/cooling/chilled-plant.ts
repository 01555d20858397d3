import { clamp } from "#twins/physics/noise.ts";
import { controlChillers } from "./chiller-control.ts";
import type { ChillerResult } from "./chillers.ts";
import { capacityShare, fouledLiftK, loadRatio, readyChillers, showChillers } from "./chillers.ts";
import { chilledWater, chillerPower } from "./curves.ts";
import { effectiveness } from "./exchanger.ts";
import type { PlantStep, WaterParts } from "./plant-loop.ts";
import { holdSetPoint, longStepS, riseOf, startBody, stepLoopFlow, stepTowerFlow } from "./plant-loop.ts";
import { pumpGroup } from "./pumps.ts";
import { isSettled } from "./room-air.ts";
import type { SpeedSearch } from "./tower-heat.ts";
import {
  aimAt,
  createTowerWork,
  findFanSpeed,
  hasWater,
  makeUpWater,
  openTower,
  sinkOf,
  towerSlope,
} from "./tower-heat.ts";
import type { TowerResult } from "./towers.ts";
import { showTowers, stepTowers, towerMode } from "./towers.ts";
import { createBody, lineLimit, solveBody } from "./water-body.ts";

/**
 * Chilled water: the loop to the rooms, plate exchangers against the towers' water, chillers in series behind them, whose
 * condensers the same tower water goes through next. Plates take what they can, chillers the rest; tower fans hold the
 * water that plates need, and run as fast as the load asks where that cannot be had. Free cooling is full, partial or
 * none by what the temperatures allow, nothing is switched.
 */

/** Transfer units of the plates at design flow: 1.5 K between 14.5 °C tower water and 16 °C chilled water. */
const plateNtu = 3;
/** Tower water flow over the loop's: it carries the compressors' heat as well. */
const towerFlowPart = 1.15;
/** Coldest set-point of tower water, °C: nothing freezes on its way. */
const coldestTowerWater = 6;
/** No evaporator cools by more, K. */
const mostChill = 12;
/** What rounding leaves is nothing that a chiller runs for. */
const rounding = 1e-9;
/**
 * Speed of tower fans beyond which they cost more than they save compressors: it grows with the load on the towers
 * (J. E. Braun and G. T. Diderrich, ASHRAE Transactions 96-2, 1990); slope and floor assumed.
 */
const fastestAt = (load: number): number => clamp(0.2 + load, 0.25, 1);

const loop = createBody();
const tower = createBody();
const work = createTowerWork(openTower);
const fans: SpeedSearch = { heat: 0.5, hot: 0.5, most: 0.5, speed: 0.5 };
const towerResult: TowerResult = { heat: 0.5, speed: 0.5, mode: 0, leaving: 0.5, water: 0.5 };
const chillerResult: ChillerResult = {
  heat: 0.5,
  power: 0.5,
  share: 0.5,
  settled: false,
  locked: false,
  entering: 0.5,
  leaving: 0.5,
};
/** The building at hand: kW, kW/K, °C. Reused. */
const now = {
  /** From rooms and pumps. */
  heat: 0.5,
  pumpHeat: 0.5,
  towerPumpHeat: 0.5,
  rate: 0.5,
  towerRate: 0.5,
  /** Conductance of the plates, by effectiveness. */
  plate: 0.5,
  /** Tower water that plates need to carry all, and the fastest that fans run for it. */
  needed: 0.5,
  fastest: 0.5,
  /** What plates and chillers took, the chillers' power, and the tower water that came of it. */
  plateHeat: 0.5,
  chillerHeat: 0.5,
  power: 0.5,
  share: 0.5,
  wear: 1.5,
  settled: false,
};

/** Flows, plates and fans of a step. */
const prepare = (parts: WaterParts, building: number, step: PlantStep): void => {
  const { loops, pumps, designHeat } = parts;
  const design = designHeat[building]! / chilledWater.rise;
  const groups = building * 2;
  const group = groups + pumpGroup.loop;
  const part = stepLoopFlow(parts, building, { step, group, setPoint: chilledWater.supply });
  const towerGroup = groups + pumpGroup.tower;
  now.rate = part * design;
  now.towerRate = stepTowerFlow(parts, building, { step, group: towerGroup }) * towerFlowPart * design;
  now.pumpHeat = pumps.power[group]!;
  now.towerPumpHeat = pumps.power[towerGroup]!;
  now.heat = loops.heat[building]! + now.pumpHeat;
  now.settled = isSettled(step.moment);
  now.wear = step.order.wear;
  now.plate =
    now.rate > 0 ? now.rate * effectiveness(plateNtu / Math.sqrt(part), now.towerRate / now.rate) : 0;
  step.towers.isClosed = false;
  stepTowers(parts.towers, building, { task: step.towers, work });
  work.rate = now.towerRate;
  now.fastest = fastestAt(work.open > 0 ? now.heat / work.open : 1);
  now.needed =
    now.plate > 0
      ? Math.max(
          coldestTowerWater,
          chilledWater.supply + riseOf(loops.heat[building]!, now.rate) - now.heat / now.plate,
        )
      : coldestTowerWater;
};

/** Lines of the loop: its plates against tower water of a temperature. */
const setLoop = (parts: WaterParts, building: number, towerTemperature: number): void => {
  const rise = riseOf(parts.loops.heat[building]!, now.rate);
  loop.heat = now.heat;
  loop.wantedSlope = now.rate;
  loop.wantedAt = now.rate * (chilledWater.supply - rise) - (now.rate > 0 ? now.pumpHeat : 0);
  loop.limitSlope = now.plate;
  loop.limitAt = now.plate * (towerTemperature - rise);
};

/** Moves the loop and the towers' water on from a temperature of the latter; returns where that would come to. */
const evaluate = (parts: WaterParts, building: number, towerTemperature: number): number => {
  const { chillers } = parts;
  setLoop(parts, building, towerTemperature);
  now.share = capacityShare(chillers, building, towerTemperature);
  loop.constant = Math.min(chillers.ready[building]! * now.share, mostChill * now.rate);
  solveBody(loop);
  const left = loop.taken - lineLimit(loop, loop.temperature);
  now.chillerHeat = left > rounding * loop.taken ? left : 0;
  now.plateHeat = loop.taken - now.chillerHeat;
  const entering =
    towerTemperature + riseOf(now.plateHeat, now.towerRate) + fouledLiftK * chillers.fouled[building]!;
  now.power = now.wear * chillerPower(now.chillerHeat, loadRatio(chillers, building, now), entering);
  tower.heat = loop.taken + now.power + now.towerPumpHeat;
  const rise = riseOf(tower.heat, now.towerRate);
  aimAt(work, towerTemperature + rise, true);
  tower.limitSlope = towerSlope(work, now.fastest);
  tower.limitAt = tower.limitSlope * (sinkOf(work) - rise);
  holdSetPoint(tower, now.towerRate, now.needed);
  solveBody(tower);
  return tower.temperature;
};

/** Turns of the search in long steps, and how near is near enough, K. */
const mostTurns = 40;
const nearK = 1e-9;

/**
 * In long steps both waters have to agree: secants on the temperature of the tower water, kept between bounds where
 * they are known. Hotter tower water leaves plates less and chillers more, so there is one such temperature.
 */
const agree = (parts: WaterParts, building: number, start: number): void => {
  let at = start;
  let off = evaluate(parts, building, at) - at;
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let next = at + off;
  for (let turn = 0; turn < mostTurns && Math.abs(off) > nearK; turn++) {
    if (off > 0) low = at;
    else high = at;
    if (!(next > low && next < high))
      next = low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY ? (low + high) / 2 : at + off;
    const nextOff = evaluate(parts, building, next) - next;
    const slope = (nextOff - off) / (next - at);
    at = next;
    off = nextOff;
    next = slope < 0 ? at - off / slope : at + off;
  }
};

/** What chillers are told: the heat that plates would leave at the temperatures there are. */
const askChillers = (parts: WaterParts, building: number, step: PlantStep): void => {
  const { chillers, state, pumps } = parts;
  const { start, end } = chillers.spans[building]!;
  const task = step.chillers;
  const towerTemperature = state.towerTemperature[building]!;
  setLoop(parts, building, towerTemperature);
  const plate = lineLimit(loop, loop.before);
  task.demand = Math.max(0, loop.wantedSlope * loop.before - loop.wantedAt - plate);
  task.above = loop.before - chilledWater.supply;
  const design = Math.max(1, end - start - 1);
  task.flow =
    design *
    Math.min(
      pumps.available[building * 2 + pumpGroup.loop]!,
      pumps.available[building * 2 + pumpGroup.tower]!,
    );
  task.entering = towerTemperature + riseOf(plate, now.towerRate);
  if (!now.settled) controlChillers(chillers, building, task);
  readyChillers(chillers, building, task);
};

/** Fans, cells and their water at what was found. */
const writeTowers = (parts: WaterParts, building: number, step: PlantStep): number => {
  const runs = hasWater(work);
  fans.heat = tower.taken;
  fans.hot = tower.temperature + riseOf(tower.heat, now.towerRate);
  fans.most = now.fastest;
  aimAt(work, fans.hot, true);
  if (runs) findFanSpeed(work, fans);
  towerResult.heat = tower.taken;
  towerResult.leaving = tower.temperature;
  towerResult.mode = runs ? towerMode.wet : towerMode.stopped;
  towerResult.speed = runs ? Math.min(now.fastest, fans.speed) : 0;
  towerResult.water = runs ? makeUpWater(work, tower.taken, towerResult.speed) : 0;
  parts.makeUp[building] = towerResult.water;
  return showTowers(parts.towers, building, { result: towerResult, task: step.towers, work });
};

const writeChillers = (parts: WaterParts, building: number, step: PlantStep): void => {
  const rise = riseOf(parts.loops.heat[building]!, now.rate);
  chillerResult.heat = now.chillerHeat;
  chillerResult.power = now.power;
  chillerResult.share = now.share;
  chillerResult.settled = now.settled;
  chillerResult.locked = step.order.locked;
  chillerResult.entering = loop.temperature + rise - riseOf(now.plateHeat, now.rate);
  chillerResult.leaving = chillerResult.entering - riseOf(now.chillerHeat, now.rate);
  showChillers(parts.chillers, building, chillerResult);
};

/** Moves the chilled water of a building on. */
export const stepChilledPlant = (parts: WaterParts, building: number, step: PlantStep): void => {
  const { state, designHeat } = parts;
  const { moment } = step;
  prepare(parts, building, step);
  const design = designHeat[building]!;
  const before = moment.first ? chilledWater.supply : state.temperature[building]!;
  const towerBefore = moment.first ? now.needed : state.towerTemperature[building]!;
  startBody(loop, { store: state.store[building]!, before, designHeat: design }, moment);
  startBody(tower, { store: state.towerStore[building]!, before: towerBefore, designHeat: design }, moment);
  askChillers(parts, building, step);
  if (now.settled || moment.stepSeconds > longStepS)
    agree(parts, building, now.settled ? now.needed : towerBefore);
  else evaluate(parts, building, towerBefore);
  const towerPower = writeTowers(parts, building, step);
  writeChillers(parts, building, step);
  state.temperature[building] = loop.temperature;
  state.towerTemperature[building] = tower.temperature;
  state.plate[building] = now.plateHeat;
  state.chilled[building] = now.chillerHeat;
  state.condensed[building] = tower.heat - now.plateHeat - now.towerPumpHeat;
  state.stored[building] = loop.stored;
  state.towerStored[building] = tower.stored;
  state.relieved[building] = loop.relieved;
  state.towerRelieved[building] = tower.relieved;
  parts.power[building] = now.power + towerPower + now.pumpHeat + now.towerPumpHeat;
};
