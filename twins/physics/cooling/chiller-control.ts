import { clamp } from "#twins/physics/noise.ts";
import type { Chillers, ChillerTask } from "./chillers.ts";
import {
  capacityShare,
  cutOutAt,
  fouledLiftK,
  isUsable,
  leastFlow,
  phases,
  withReserve,
} from "./chillers.ts";
import { leastPowerCount } from "./curves.ts";
import { hasPower } from "./drives.ts";

/** Group control and protection of chillers: timers, trips, starts and stops. */

/** From the order to start until the compressor loads, s (makers: 1–3 min). */
const startS = 90;
/** A machine that has run goes on for so long, and one that has stopped waits before it starts again, s (anti-recycle timers). */
const leastRunS = 600;
const restartS = 180;
/** Their controllers need so long once they have power again, s (assumed). */
const bootS = 60;
/** A changed need is waited for before a machine is added, added in haste, or taken away, s. */
const stageUpS = 60;
const hasteS = 15;
const stageDownS = 180;
/** Supply water so far above its set-point starts the first machine, and machines in haste, K. */
const firstAbove = 0.3;
const hasteAbove = 1.5;
/** Below this part of one machine's capacity there is nothing to run for. */
const leastDemand = 0.03;
/** Time for which there must be too little flow before flow switches let go, s. */
const flowDelayS = 10;
/** After a high-pressure cut-out it may start again with water to the condenser below this, °C. */
const cutInBelow = 36;

const stop = (c: Chillers, unit: number): void => {
  if (c.phase[unit] === phases.off) return;
  c.phase[unit] = phases.off;
  c.sinceS[unit] = 0;
  c.waitS[unit] = restartS;
};

const stepUnit = (
  c: Chillers,
  unit: number,
  { task, powered }: { task: ChillerTask; powered: boolean },
): void => {
  const { stepSeconds } = task.moment;
  c.sinceS[unit] = c.sinceS[unit]! + stepSeconds;
  c.waitS[unit] = Math.max(0, c.waitS[unit]! - stepSeconds);
  const hot = fouledLiftK * clamp(c.conditions.fouled[unit]!, 0, 1);
  if (!powered || !isUsable(c, unit)) stop(c, unit);
  if (!powered) c.waitS[unit] = Math.max(c.waitS[unit]!, bootS);
  if (c.phase[unit] !== phases.off && task.entering > cutOutAt - hot) {
    stop(c, unit);
    c.tripped[unit] = 1;
  }
  if (
    c.tripped[unit] === 1 &&
    c.waitS[unit] === 0 &&
    task.entering < cutInBelow - hot &&
    task.flow >= leastFlow
  )
    c.tripped[unit] = 0;
  if (c.phase[unit] === phases.starting && c.sinceS[unit]! >= startS) {
    c.phase[unit] = phases.on;
    c.sinceS[unit] = 0;
  }
};

/** Flow switches: too little for each machine that runs, for too long, and all of them trip. */
const checkFlow = (c: Chillers, building: number, task: ChillerTask): void => {
  const { start, end } = c.spans[building]!;
  let running = 0;
  for (let unit = start; unit < end; unit++) if (c.phase[unit] !== phases.off) running++;
  const isLow = running > 0 && task.flow < leastFlow * running;
  c.lowFlowS[building] = isLow ? c.lowFlowS[building]! + task.moment.stepSeconds : 0;
  if (c.lowFlowS[building]! < flowDelayS) return;
  for (let unit = start; unit < end; unit++) {
    if (c.phase[unit] === phases.off) continue;
    stop(c, unit);
    c.tripped[unit] = 1;
  }
};

const canStart = (c: Chillers, unit: number, powered: boolean): boolean =>
  powered &&
  c.phase[unit] === phases.off &&
  c.waitS[unit] === 0 &&
  c.tripped[unit] === 0 &&
  isUsable(c, unit);

/** Machines that a demand wants, one in reserve as long as the others carry it. */
const wantedCount = (c: Chillers, building: number, { demand, above, entering }: ChillerTask): number => {
  const { start, end } = c.spans[building]!;
  const own = c.capacityKw[start]! * Math.max(0.1, capacityShare(c, building, entering));
  let [usable, active] = [0, 0];
  for (let unit = start; unit < end; unit++) {
    if (isUsable(c, unit)) usable++;
    if (c.phase[unit] !== phases.off) active++;
  }
  const isWanted = demand > leastDemand * own && (active > 0 || above > firstAbove);
  return isWanted ? leastPowerCount(demand, own, withReserve(usable, end - start, demand / own)) : 0;
};

const stage = (c: Chillers, building: number, task: ChillerTask): void => {
  const { start, end } = c.spans[building]!;
  const { order, moment } = task;
  let active = 0;
  for (let unit = start; unit < end; unit++) if (c.phase[unit] !== phases.off) active++;
  const wanted = wantedCount(c, building, task);
  if (wanted === active) {
    c.stageS[building] = 0;
    return;
  }
  c.stageS[building] = c.stageS[building]! + moment.stepSeconds;
  const isUrgent = task.above > hasteAbove;
  const isDue = c.stageS[building]! >= (isUrgent ? hasteS : stageUpS);
  if (wanted > active && isDue && !order.locked && task.flow >= leastFlow * (active + 1))
    for (let unit = start; unit < end; unit++) {
      if (!canStart(c, unit, hasPower(order, unit - start, end - start))) continue;
      c.phase[unit] = phases.starting;
      c.sinceS[unit] = 0;
      c.stageS[building] = 0;
      break;
    }
  if (wanted < active && c.stageS[building]! >= stageDownS && !order.locked)
    for (let unit = end - 1; unit >= start; unit--) {
      if (c.phase[unit] !== phases.on || c.sinceS[unit]! < leastRunS) continue;
      stop(c, unit);
      c.stageS[building] = 0;
      break;
    }
};

/** Moves a building's chillers on, before the heat of the step is known. */
export const controlChillers = (c: Chillers, building: number, task: ChillerTask): void => {
  const { start, end } = c.spans[building]!;
  for (let unit = start; unit < end; unit++)
    stepUnit(c, unit, { task, powered: hasPower(task.order, unit - start, end - start) });
  checkFlow(c, building, task);
  stage(c, building, task);
};
