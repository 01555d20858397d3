import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Racks } from "./racks.ts";
import { coldPlateShare } from "./racks.ts";

/** Servers are shut down in good order, and load up again after their start, within so many seconds. */
const shutDownS = 120;
const startUpS = 180;

/**
 * Server fans follow the inlet from 27 °C on (the end of ASHRAE's recommended range) and chips leak more: +2 % at
 * 30 °C, +10 % at 35 °C, at most +20 %. ASHRAE TC 9.9, "2011 Thermal Guidelines for Data Processing Environments",
 * figure of server power over inlet temperature: volume servers of class A2 draw about 7–20 % more at 35 °C than at
 * 15 °C; the curve runs through the lower middle of that band.
 */
const fansFromC = 27;
const fansOverK = 8;
const fanLinear = 0.02;
const fanSquare = 0.08;
const mostFans = 0.2;

/** Racks of rows without a place in the twin have no breaker that could open. */
const isFed = ({ facts, supply }: Racks, rack: number): boolean => {
  const row = facts.row[rack]!;
  return row < 0 || supply.row[row] === 1;
};

/**
 * Part of a rack's servers that is on after a step. Power and trips take them away at once, people in two minutes;
 * they come back after the row's delay and then load up.
 */
const stepServers = (racks: Racks, rack: number, moment: Moment): number => {
  const { state, facts, conditions, jobs } = racks;
  const job = jobs.ofRack[rack]!;
  const before = state.on[rack]!;
  const isUp = state.fault[rack] === 0 && isFed(racks, rack);
  const target = isUp ? 1 - clamp(conditions.shed[rack]!, 0, 1) : 0;
  if (moment.first) return target;
  if (target <= before) {
    state.waitS[rack] = facts.bootDelayS[rack]!;
    if (isUp) return Math.max(target, before - moment.stepSeconds / shutDownS);
    if (before > 0) jobs.brokenS[job] = moment.seconds;
    return 0;
  }
  jobs.starting[job] = jobs.starting[job]! + facts.occupied[rack]!;
  const left = state.waitS[rack]! - moment.stepSeconds;
  state.waitS[rack] = Math.max(0, left);
  return left > 0 ? before : Math.min(target, before - left / startUpS);
};

/**
 * Utilisation and power of every rack over a step, once its jobs are known (stepDispatch). An empty rack draws nothing
 * and has no load, nor has one whose servers are off; none draws more than its rating.
 */
export const stepRackPower = (racks: Racks, moment: Moment): void => {
  const { length } = racks.columns.power;
  for (let start = 0; start < length; start += blockRacks)
    stepBlock(racks, moment, { start, end: Math.min(length, start + blockRacks) });
};

/** A loop over all racks that is entered once a step stays slow code for long; a block is entered often. */
const blockRacks = 1024;

const stepBlock = (
  racks: Racks,
  moment: Moment,
  { start, end }: { readonly start: number; readonly end: number },
): void => {
  const { jobs, facts, columns, state, supply, conditions } = racks;
  const { load: jobLoads, rippleSin, rippleCos, ofRack } = jobs;
  const { gain, phaseSin, phaseCos, installedKw, idleKw, spanKw, liquid, row } = facts;
  const { load, power, inletTemperature } = columns;
  const { on, speed, fault } = state;
  const { shed } = conditions;
  for (let rack = start; rack < end; rack++) {
    const rated = installedKw[rack]!;
    if (rated === 0) continue;
    const ownRow = row[rack]!;
    let servers = on[rack]!;
    // What is well stays so: the rest is for racks that something happens to.
    if (servers !== 1 || fault[rack] !== 0 || shed[rack] !== 0 || (ownRow >= 0 && supply.row[ownRow] === 0)) {
      servers = stepServers(racks, rack, moment);
      on[rack] = servers;
    }
    const job = ofRack[rack]!;
    const ripple = 0.012 * (rippleSin[job]! * phaseCos[rack]! + rippleCos[job]! * phaseSin[rack]!);
    const share = clamp(jobLoads[job]! * gain[rack]! + ripple, 0, 1) * speed[rack]!;
    const warm = Math.max(0, inletTemperature[rack]! - fansFromC) / fansOverK;
    const byAir = liquid[rack] === 1 ? 1 - coldPlateShare : 1;
    const fans = Math.min(mostFans, warm * (fanLinear + fanSquare * warm)) * byAir;
    load[rack] = share * servers * 100;
    power[rack] = Math.min(rated, (idleKw[rack]! + spanKw[rack]! * share) * (1 + fans)) * servers;
  }
};
