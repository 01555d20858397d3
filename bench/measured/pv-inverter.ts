import { getPosition } from "suncalc";
import { readInverter } from "#feed/plant/trace/single.ts";
import { moduleTemperature, pvPower } from "#twins/physics/energy/pv.ts";
import { haurwitz } from "#twins/physics/weather/light.ts";
import { planeIrradiance } from "#twins/physics/weather/plane.ts";
import { minimise } from "./simplex.ts";

/** The file's clock is UTC; its days are those of the Pacific coast, where its noons lie. */
const zoneMs = -8 * 3_600_000;
const dayMs = 86_400_000;
/** A clear day rises once and falls once: its ups and downs add up to little more than twice its peak. */
const roughness = 1.03;
const readingsADay = 80;
/** Nothing in the file tells the weather: a mild day, and a light wind. */
const airC = 18;
const windSpeed = 2.5;
const clearDiffuse = 0.14;

interface Reading {
  readonly timeMs: number;
  readonly kw: number;
}
type Day = readonly Reading[];

/** Unknown of the site and the table: latitude, longitude, tilt, azimuth (degrees), DC rating (kW). */
type Table = readonly [latitude: number, longitude: number, tilt: number, azimuth: number, ratedKw: number];

export interface PvFigures {
  readonly days: number;
  readonly clearDays: number;
  readonly fittedOn: number;
  readonly table: Readonly<
    Record<"latitudeDeg" | "longitudeDeg" | "tiltDeg" | "azimuthDeg" | "ratedDcKw", number>
  >;
  /** On the clear days that were not fitted: of the highest reading, %, and of the energy. */
  readonly maePercent: number;
  readonly rmsePercent: number;
  readonly biasPercent: number;
  readonly energyRatio: number;
}

const daysOf = (file: string): readonly Day[] => {
  const { timesMs, columns } = readInverter(file);
  const days = new Map<number, Reading[]>();
  for (const [row, timeMs] of timesMs.entries()) {
    const day = Math.floor((timeMs + zoneMs) / dayMs);
    const kw = columns[0]![row]!;
    if (Number.isNaN(kw)) continue;
    const readings = days.get(day) ?? [];
    readings.push({ timeMs, kw });
    days.set(day, readings);
  }
  return [...days.values()];
};

const isClear = (day: Day): boolean => {
  const peak = Math.max(...day.map(({ kw }) => kw));
  const travel = day.slice(1).reduce((sum, { kw }, i) => sum + Math.abs(kw - day[i]!.kw), 0);
  return day.length > readingsADay && peak > 5 && travel / (2 * peak) < roughness;
};

const modelled = (timeMs: number, [latitude, longitude, tilt, azimuth, ratedKw]: Table): number => {
  const sun = getPosition(new Date(timeMs), latitude, longitude);
  const globalIrradiance = haurwitz(sun.altitude);
  const plane = planeIrradiance(
    {
      sunAltitudeDeg: sun.altitude,
      sunAzimuthDeg: sun.azimuth,
      globalIrradiance,
      diffuseIrradiance: globalIrradiance * clearDiffuse,
    },
    tilt,
    azimuth,
  );
  return pvPower(plane, moduleTemperature(plane, airC, windSpeed), ratedKw);
};

/** The plant's PV model fitted on every second clear day of a measured inverter, and its error on the others. */
export const comparePv = (file: string): PvFigures => {
  const days = daysOf(file);
  const clear = days.filter(isClear);
  const half = (parity: number): readonly Reading[] => clear.filter((_, i) => i % 2 === parity).flat();
  const meanSquare = (readings: readonly Reading[], table: Table): number =>
    readings.reduce((sum, { timeMs, kw }) => sum + (modelled(timeMs, table) - kw) ** 2, 0) / readings.length;
  const fitted = half(0);
  const table = minimise(
    (x) => meanSquare(fitted, x as unknown as Table),
    [37, -120, 20, 180, 30],
    [2, 3, 8, 15, 5],
  ) as unknown as Table;
  const rest = half(1);
  const errors = rest.map(({ timeMs, kw }) => modelled(timeMs, table) - kw);
  const peak = Math.max(...rest.map(({ kw }) => kw));
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const percent = (value: number): number => Math.round((value / peak) * 1e4) / 100;
  const [latitudeDeg, longitudeDeg, tiltDeg, azimuthDeg, ratedDcKw] = table.map(
    (v) => Math.round(v * 10) / 10,
  ) as unknown as Table;
  return {
    days: days.length,
    clearDays: clear.length,
    fittedOn: Math.ceil(clear.length / 2),
    table: { latitudeDeg, longitudeDeg, tiltDeg, azimuthDeg, ratedDcKw },
    maePercent: percent(sum(errors.map(Math.abs)) / errors.length),
    rmsePercent: percent(Math.sqrt(meanSquare(rest, table))),
    biasPercent: percent(sum(errors) / errors.length),
    energyRatio: Math.round((1 + sum(errors) / sum(rest.map(({ kw }) => kw))) * 1000) / 1000,
  };
};
