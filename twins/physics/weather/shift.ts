import { clamp, smoothStep } from "#twins/physics/noise.ts";
import { dustingPerHour } from "./ground.ts";
import { cloudTransmission, diffuseShare, dustTransmission, snowShare, visibilityOf } from "./light.ts";
import { humidityOf, saturation, wetBulbStull } from "./moist-air.ts";
import type { Weather } from "./weather.ts";

/** Quantities of the weather that can be led. */
export const weatherQuantities = [
  "airTemperature", // °C
  "windSpeed", // m/s at 10 m
  "cloud", // 0…1
  "pm10", // µg/m³
  "precipitation", // mm/h
] as const;
export type WeatherQuantity = (typeof weatherQuantities)[number];

/** Lowest and highest value each quantity may be led to: a little beyond what was ever seen in Inner Mongolia. */
export const weatherBounds: Readonly<Record<WeatherQuantity, readonly [low: number, high: number]>> = {
  airTemperature: [-45, 50],
  windSpeed: [0, 45],
  cloud: [0, 1],
  pm10: [0, 10_000],
  precipitation: [0, 100],
};

/**
 * One quantity led to a value: from `fromS` on along a straight line, reached at `atS`, kept until `untilS`, and given
 * back to the campus's own weather in the time it took to come. Everything that hangs on it (wet bulb, irradiance,
 * visibility) follows. Several of one quantity are led one after the other, each from what the one before leaves.
 */
export interface WeatherShift {
  readonly quantity: WeatherQuantity;
  readonly fromS: number;
  readonly atS: number;
  readonly untilS: number;
  readonly value: number;
}

/** Weather that somebody leads, and the time its seconds are counted from. */
export interface LedWeather {
  /** ms UTC. */
  readonly startMs: number;
  readonly shifts: readonly WeatherShift[];
}

/** How far a shift leads at a moment: 0 not at all, 1 all the way. */
const grip = ({ fromS, atS, untilS }: WeatherShift, s: number): number => {
  if (s <= fromS) return 0;
  if (s < atS) return (s - fromS) / (atS - fromS);
  if (s <= untilS) return 1;
  return s < untilS + atS - fromS ? 1 - (s - untilS) / (atS - fromS) : 0;
};

/** Seconds that a shift has led so far, the partly led ones in part: the integral of its grip. */
const grippedS = ({ fromS, atS, untilS }: WeatherShift, s: number): number => {
  const ramp = atS - fromS;
  const up = clamp(s - fromS, 0, ramp);
  const down = clamp(s - untilS, 0, ramp);
  const held = clamp(s - atS, 0, untilS - atS);
  return ramp > 0 ? held + (up * up) / (2 * ramp) + down - (down * down) / (2 * ramp) : held;
};

const daySeconds = 86_400;
/** Snow lies ten times as deep as its water; 1 mm of it is 1 cm. */
const cmPerMm = 1;
/** Degree-day melt: 4 mm of water per K and day (Hock 2003: 3–6), from lying snow of 300 kg/m³. */
const meltCmPerKDay = 4 / 3;
/** Rain that washes panels, mm (Kimber 2006). */
const washingMm = 6;
const dirtiest = 0.3;

/** Snow that led precipitation lays down and led warmth takes away, cm; rain and dust on panels. */
const leaveTraces = (out: Weather, led: LedWeather, timeMs: number): void => {
  const s = (timeMs - led.startMs) / 1000;
  let fallenMm = 0;
  let meltedCm = 0;
  let dustHours = 0;
  for (const shift of led.shifts) {
    const hours = grippedS(shift, s) / 3600;
    if (shift.quantity === "precipitation") fallenMm += shift.value * hours;
    if (shift.quantity === "airTemperature")
      meltedCm += (Math.max(0, shift.value) * meltCmPerKDay * hours * 3600) / daySeconds;
    if (shift.quantity === "pm10") dustHours += shift.value * hours;
  }
  const snowCm = fallenMm * cmPerMm * snowShare(out.airTemperature);
  out.snowDepth = Math.max(0, out.snowDepth + snowCm - meltedCm);
  // A centimetre covers a tilted table; it slides off in one piece as soon as it thaws.
  out.panelSnow = Math.max(out.panelSnow, smoothStep(0.1, 1, snowCm) * smoothStep(2, -1, out.airTemperature));
  const washed = smoothStep(0, washingMm, fallenMm * (1 - snowShare(out.airTemperature)));
  out.soiling = Math.min(dirtiest, (out.soiling + dustingPerHour * dustHours) * (1 - washed));
};

/** A share of the way from one value to another, and never, by rounding, a bit beyond either. */
const towards = (from: number, to: number, share: number): number =>
  share >= 1 ? to : clamp(from + (to - from) * share, Math.min(from, to), Math.max(from, to));

/**
 * Leads the weather of a moment, in place. Wet bulb and humidity follow the temperature with the vapour that is in the
 * air, irradiance the clouds and the dust, visibility dust and precipitation; snow, panels and their dirt keep the
 * traces of what fell. Without shifts nothing changes, to the bit.
 */
export const leadWeather = (out: Weather, led: LedWeather, timeMs: number): void => {
  if (led.shifts.length === 0) return;
  const s = (timeMs - led.startMs) / 1000;
  const { airTemperature, cloud, pm10, globalIrradiance } = out;
  const vapour = (out.humidity / 100) * saturation(airTemperature);
  for (const shift of led.shifts)
    out[shift.quantity] = towards(out[shift.quantity], shift.value, grip(shift, s));
  if (out.airTemperature !== airTemperature) {
    out.humidity = humidityOf(vapour, out.airTemperature);
    out.wetBulb = Math.min(out.airTemperature - 0.1, wetBulbStull(out.airTemperature, out.humidity));
  }
  if (globalIrradiance > 0 && (out.cloud !== cloud || out.pm10 !== pm10)) {
    const owned = out.diffuseIrradiance / globalIrradiance - diffuseShare(globalIrradiance, out);
    out.globalIrradiance *=
      (cloudTransmission(out.cloud) / cloudTransmission(cloud)) * dustTransmission(out.pm10, pm10);
    const share = clamp(owned + diffuseShare(out.globalIrradiance, out), 0, 1);
    out.diffuseIrradiance = out.globalIrradiance * share;
  }
  leaveTraces(out, led, timeMs);
  out.visibility = visibilityOf(out);
};
