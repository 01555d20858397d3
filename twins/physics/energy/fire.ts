import type { AssetTable } from "#twins/model/twin.ts";
import { exp, square } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp, lookUp, unit } from "#twins/physics/noise.ts";

/**
 * Thermal runaway of battery containers. Lithium cells that fail heat their neighbours: within minutes the container
 * smokes, then burns for hours until its cells are gone, and may set fire to the containers beside it. Everything
 * follows from the second of ignition, so no step's length changes it.
 * Sources: Larsson et al. 2017 (28–75 kJ of heat per Wh of cells; 40 taken), public reports of container fires (four to
 * seven hours; smoke within a minute or two, flames within ten). The rest is assumed.
 */

/** Kelvin over the container's usual temperature, by minutes since ignition at full severity. */
const minutes = [0, 1, 2, 3, 5, 8];
const rises = [0, 8, 25, 60, 250, 650];
const highestRise = 650;
/** Detectors sense it from here on, and the container is disconnected, K. */
const smokeRise = 5;
/** Cells burn from this minute on, at full severity. */
const flamesMinute = 3;
/** Shares of the burn by which it has grown, and begins to fade. */
const grown = 0.05;
const fading = 0.7;
/** Part of the full rise that is left when the last cells are burnt. */
const emberRise = 0.3;
const coolingS = 3600;
/** Heat of the cells, kW·h per kW·h of capacity: 40 MJ over 3.6. */
export const heatPerKwh = 40 / 3.6;
const [shortestH, longestH] = [4.5, 7];

/** Nearest containers that a fire can reach, how likely at full severity, after how many minutes, and what of its severity. */
const neighbours = 2;
const spreadChance = 0.6;
const [earliestMinute, latestMinute] = [6, 20];
const passedOn = 0.8;

/** Fires of a row of containers. Index of each: container. */
export interface Fires {
  readonly seed: number;
  /** Second of ignition; NaN: none. */
  readonly sinceS: Float64Array;
  /** Second in which it was put out; NaN: not. */
  readonly outS: Float64Array;
  readonly severity: Float64Array;
  /** Container whose fault it began with; putting that right puts out all that came of it. */
  readonly origin: Int32Array;
  readonly burnS: Float64Array;
  /** Nearest containers, then the second a fire reaches each; NaN: never. Row-major, containers × neighbours. */
  readonly near: Int32Array;
  readonly reachS: Float64Array;
  /** Kelvin over usual, and part of the cells burnt, at the end of the step. */
  readonly rise: Float64Array;
  readonly burnt: Float64Array;
}

const nearestTo = ({ count, pose }: AssetTable): Int32Array => {
  const near = new Int32Array(count * neighbours).fill(-1);
  for (let i = 0; i < count; i++) {
    const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i);
    const distance = (j: number): number =>
      square(pose[j * 4]! - pose[i * 4]!) + square(pose[j * 4 + 1]! - pose[i * 4 + 1]!);
    others.sort((a, b) => distance(a) - distance(b) || a - b);
    near.set(others.slice(0, neighbours), i * neighbours);
  }
  return near;
};

export const createFires = (containers: AssetTable, seed: number): Fires => {
  const { count } = containers;
  const column = (): Float64Array => new Float64Array(count);
  return {
    seed,
    sinceS: column().fill(Number.NaN),
    outS: column().fill(Number.NaN),
    severity: column(),
    origin: new Int32Array(count).fill(-1),
    burnS: column(),
    near: nearestTo(containers),
    reachS: new Float64Array(count * neighbours).fill(Number.NaN),
    rise: column(),
    burnt: column(),
  };
};

/** Milder faults take up to twice as long. */
const pace = ({ severity }: Fires, row: number): number => 0.5 + 0.5 * severity[row]!;

const ignite = (fires: Fires, row: number, from: { atS: number; origin: number; severity: number }): void => {
  const { seed } = fires;
  fires.sinceS[row] = from.atS;
  fires.outS[row] = Number.NaN;
  fires.severity[row] = from.severity;
  fires.origin[row] = from.origin;
  fires.burnS[row] = 3600 * (shortestH + (longestH - shortestH) * unit(seed + 431, row));
  for (let i = row * neighbours; i < (row + 1) * neighbours; i++) {
    const isReached = unit(seed + 432, i) < spreadChance * from.severity;
    const minute = earliestMinute + (latestMinute - earliestMinute) * unit(seed + 433, i);
    fires.reachS[i] = isReached ? from.atS + (60 * minute) / pace(fires, row) : Number.NaN;
  }
};

/** Part of the burn that is over, 0…1. */
const progressOf = (fires: Fires, row: number, atS: number): number =>
  clamp((atS - fires.sinceS[row]! - (60 * flamesMinute) / pace(fires, row)) / fires.burnS[row]!, 0, 1);

/** Part of the cells that are gone: a burn that grows, stays and fades along straight lines. */
const whole = grown / 2 + (fading - grown) + (1 - fading) / 2;
const burntBy = (x: number): number => {
  const growing = Math.min(x, grown);
  const full = clamp(x - grown, 0, fading - grown);
  const faded = Math.max(0, x - fading);
  return ((growing * growing) / (2 * grown) + full + faded - (faded * faded) / (2 * (1 - fading))) / whole;
};

/** Kelvin over usual while it burns, and after. */
const riseOf = (fires: Fires, row: number, atS: number): number => {
  const sinceS = fires.sinceS[row]!;
  const minute = ((atS - sinceS) / 60) * pace(fires, row);
  if (minute < minutes.at(-1)!) return lookUp(minutes, rises, minute);
  const progress = progressOf(fires, row, atS);
  const faded = Math.max(0, progress - fading) / (1 - fading);
  const burning = highestRise * (1 - (1 - emberRise) * faded);
  const overS = sinceS + (60 * flamesMinute) / pace(fires, row) + fires.burnS[row]!;
  return progress < 1 ? burning : burning * exp(-(atS - overS) / coolingS);
};

/** Cold enough to be a container again. */
const coldRise = 3;

export const isSmoking = ({ rise }: Fires, row: number): boolean => rise[row]! >= smokeRise;

/** Disconnected: it has smoked, and nobody has made it good yet. */
export const isLost = (fires: Fires, row: number): boolean =>
  isSmoking(fires, row) || fires.burnt[row]! > 0 || !Number.isNaN(fires.outS[row]!);

const stepFire = (fires: Fires, row: number, atS: number): void => {
  const outS = fires.outS[row]!;
  const heldS = Number.isNaN(outS) ? atS : Math.min(atS, outS);
  fires.burnt[row] = burntBy(progressOf(fires, row, heldS));
  fires.rise[row] = riseOf(fires, row, heldS) * (atS > heldS ? exp(-(atS - heldS) / coolingS) : 1);
  if (Number.isNaN(outS) || fires.rise[row]! > coldRise) return;
  fires.sinceS[row] = Number.NaN;
  fires.outS[row] = Number.NaN;
  fires.burnt[row] = 0;
  fires.rise[row] = 0;
};

const isBurning = (fires: Fires, row: number): boolean =>
  !Number.isNaN(fires.sinceS[row]!) && Number.isNaN(fires.outS[row]!);

/** Leaps over where a fire has reached a neighbour by now; returns whether any did. */
const leap = (fires: Fires, row: number, atS: number): boolean => {
  let leapt = false;
  for (let i = row * neighbours; i < (row + 1) * neighbours; i++) {
    const other = fires.near[i]!;
    const reachS = fires.reachS[i]!;
    if (!(reachS <= atS) || other < 0) continue;
    fires.reachS[i] = Number.NaN;
    if (!Number.isNaN(fires.sinceS[other]!)) continue;
    const severity = fires.severity[row]! * passedOn;
    ignite(fires, other, { atS: reachS, origin: fires.origin[row]!, severity });
    leapt = true;
  }
  return leapt;
};

/**
 * Moves all fires on by a step. What was set right or wrong was so at its beginning.
 * @param runaway condition of each container: its severity while the fault stands
 */
export const stepFires = (fires: Fires, runaway: Float32Array, moment: Moment): void => {
  const { sinceS, outS, origin } = fires;
  const atS = moment.seconds;
  const fromS = atS - moment.stepSeconds;
  for (let row = 0; row < runaway.length; row++) {
    if (runaway[row]! > 0 && Number.isNaN(sinceS[row]!))
      ignite(fires, row, { atS: fromS, origin: row, severity: runaway[row]! });
    // Put right where it began: the crew is there, and what is left of it cools.
    if (isBurning(fires, row) && runaway[origin[row]!]! === 0) outS[row] = fromS;
  }
  for (let again = true; again; ) {
    again = false;
    for (let row = 0; row < runaway.length; row++)
      if (isBurning(fires, row) && leap(fires, row, atS)) again = true;
  }
  for (let row = 0; row < runaway.length; row++) if (!Number.isNaN(sinceS[row]!)) stepFire(fires, row, atS);
};
