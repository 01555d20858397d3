import type { ClassConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";

/**
 * Filters of air handlers. Those in the outside air of units that give their heat to it take up its dust: what hangs in
 * the air times what flows through, until people change them. Those in the rooms' own air stay clean. Either can be
 * clogged by a fault; the worse of both counts.
 */

/**
 * Dust that fills a filter in the air outside at rated flow, as PM10 over time, µg/m³·h: panel filters of the coarse
 * class (EN ISO 16890) hold about 500 g on a square metre that 10,000 m³/h go through. Coarser grains come with PM10
 * and are in it. Assumed; 60 µg/m³ at half flow take ten weeks, a storm of 3,000 µg/m³ at full flow most of a day.
 */
const fullDose = 50_000;
/** Fuller than this it is changed on its morning round, at this hour of the site's day. */
const changedAbove = 0.35;
const changeHour = 9;

export interface Filters {
  /** Dust from outside, and what counts of it and of the fault, 0 clean … 1 full. Shape of each: crah rows. */
  readonly dust: Float64Array;
  readonly clogged: Float64Array;
  /** The fault as it was: repaired, there is a clean filter. */
  readonly fault: Float32Array;
  /** Outside air through it in the last step, over rated. */
  readonly flow: Float64Array;
}

/** Air handlers, as far as their filters are concerned. */
interface Filtered {
  readonly ofRoom: Ranges;
  readonly filters: Filters;
  readonly conditions: Pick<ClassConditions<"crah">, "filterClogged">;
}

/** All filters have just been changed. */
export const createFilters = (units: number): Filters => ({
  dust: new Float64Array(units),
  clogged: new Float64Array(units),
  fault: new Float32Array(units),
  flow: new Float64Array(units),
});

/** Whether a step passes the hour of the round. */
const passesRound = ({ hour, stepSeconds }: Moment): boolean => {
  const before = hour - stepSeconds / 3600;
  return (hour >= changeHour && before < changeHour) || before < changeHour - 24;
};

/** Moves the filters of a room on, before its fans are told what to bring. */
export const stepFilters = (units: Filtered, room: number, moment: Moment): void => {
  const { dust, clogged, fault, flow } = units.filters;
  const dose = (moment.weather.pm10 * moment.stepSeconds) / 3600 / fullDose;
  const isRound = passesRound(moment);
  const end = units.ofRoom[room * 2 + 1]!;
  for (let unit = units.ofRoom[room * 2]!; unit < end; unit++) {
    const now = clamp(units.conditions.filterClogged[unit]!, 0, 1);
    const isChanged = (isRound && dust[unit]! > changedAbove) || (now === 0 && fault[unit]! > 0);
    dust[unit] = isChanged ? 0 : Math.min(1, dust[unit]! + dose * flow[unit]!);
    clogged[unit] = Math.max(now, dust[unit]!);
    fault[unit] = now;
  }
};
