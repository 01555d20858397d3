import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import { createColumns } from "#twins/physics/columns.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import { createWindFarm, stepWindFarm } from "#twins/physics/energy/wind.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { createSupply } from "#twins/physics/supply.ts";
import { snowShare } from "#twins/physics/weather/light.ts";
import { createSky, readSky } from "#twins/physics/weather/sky.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";

/** `npm run bench -- climate --json`: the seeded weather over many years against the Hohhot typical year (STANDARDS, CAMPUS §2). */
const twin = loadTwin(await readTwinDirectory(null), { racks: 0 });
const seeds = 20;
const hours = 8766;
const hourMs = 3_600_000;
const { site } = twin;
/** A day counts as one of rain or snow from so much on (WMO). */
const measurableMm = 0.1;

/** What is published; null where only our own spread is of interest. */
const published = {
  meanC: 7.33,
  januaryC: -11,
  julyC: 23.3,
  lowestC: -32.8,
  highestC: 38.9,
  wetBulbTo14Percent: 79,
  wetBulbTo18Percent: 94,
  dryBulbTo18Percent: 75,
  highestWetBulbC: 22.8,
  ghiKwhPerM2: 1545,
  precipitationMm: 396,
  juneToSeptemberPercent: null,
  wetDays: null,
  snowDays: null,
  deepestSnowCm: null,
  meanPressureHpa: null,
  windFullLoadHours: 2111,
} as const;
type Statistic = keyof typeof published;
type Year = Readonly<Record<Statistic, number>>;

/** What is added up over a year of hours. */
const emptyYear = () => ({
  sum: 0,
  low: Infinity,
  high: -Infinity,
  wetHigh: -Infinity,
  wet14: 0,
  wet18: 0,
  dry18: 0,
  ghi: 0,
  rain: 0,
  summerRain: 0,
  dayMm: 0,
  daySnowMm: 0,
  wetDays: 0,
  snowDays: 0,
  deepest: 0,
  pressure: 0,
  wind: 0,
});
type Sums = ReturnType<typeof emptyYear>;

const addAir = (year: Sums, { airTemperature: t, wetBulb, globalIrradiance, pressure }: Weather): void => {
  year.sum += t;
  year.low = Math.min(year.low, t);
  year.high = Math.max(year.high, t);
  year.wetHigh = Math.max(year.wetHigh, wetBulb);
  year.wet14 += wetBulb <= 14 ? 1 : 0;
  year.wet18 += wetBulb <= 18 ? 1 : 0;
  year.dry18 += t <= 18 ? 1 : 0;
  year.ghi += globalIrradiance / 1000;
  year.pressure += pressure;
};

const addFallen = (
  year: Sums,
  { airTemperature, precipitation, snowDepth }: Weather,
  { month, isDayOver }: { month: number; isDayOver: boolean },
): void => {
  year.rain += precipitation;
  if (month >= 5 && month <= 8) year.summerRain += precipitation;
  year.deepest = Math.max(year.deepest, snowDepth);
  year.dayMm += precipitation;
  year.daySnowMm += precipitation * snowShare(airTemperature);
  if (!isDayOver) return;
  if (year.dayMm >= measurableMm) year.wetDays++;
  if (year.daySnowMm >= measurableMm) year.snowDays++;
  year.dayMm = 0;
  year.daySnowMm = 0;
};

/** One year of hours from one seed; each seed takes another year, so that calendars vary too. */
const yearOf = (seed: number): Year => {
  const months = Array.from({ length: 12 }, () => ({ sum: 0, count: 0 }));
  const year = emptyYear();
  const sky = createSky({ site, seed });
  const parts = { conditions: createConditions(twin), supply: createSupply(twin), seed };
  const farm = createWindFarm(twin, createColumns(twin), parts);
  const farmKw = farm.rated.reduce((sum, kw) => sum + kw, 0);
  const moment = createMoment();
  const { weather } = moment;
  const startMs = Date.UTC(2005 + seed, 0, 1) - site.utcOffsetMin * 60_000;
  for (let hour = 0; hour < hours; hour++) {
    const timeMs = startMs + hour * hourMs;
    setMoment(moment, { timeMs, stepSeconds: hour === 0 ? 0 : 3600, utcOffsetMin: site.utcOffsetMin });
    readSky(weather, sky, timeMs);
    year.wind += stepWindFarm(farm, moment) / farmKw;
    moment.first = false;
    const month = new Date(timeMs + site.utcOffsetMin * 60_000).getUTCMonth();
    months[month]!.sum += weather.airTemperature;
    months[month]!.count++;
    addAir(year, weather);
    addFallen(year, weather, { month, isDayOver: hour % 24 === 23 });
  }
  const monthly = (i: number): number => months[i]!.sum / months[i]!.count;
  const percent = (count: number): number => (100 * count) / hours;
  return {
    meanC: year.sum / hours,
    januaryC: monthly(0),
    julyC: monthly(6),
    lowestC: year.low,
    highestC: year.high,
    wetBulbTo14Percent: percent(year.wet14),
    wetBulbTo18Percent: percent(year.wet18),
    dryBulbTo18Percent: percent(year.dry18),
    highestWetBulbC: year.wetHigh,
    ghiKwhPerM2: year.ghi,
    precipitationMm: year.rain,
    juneToSeptemberPercent: (100 * year.summerRain) / year.rain,
    wetDays: year.wetDays,
    snowDays: year.snowDays,
    deepestSnowCm: year.deepest,
    meanPressureHpa: year.pressure / hours,
    windFullLoadHours: year.wind,
  };
};

/** Mean and standard deviation over the seeds, and the extremes of all of them, beside what is published. */
export const run = () => {
  const years = Array.from({ length: seeds }, (_, i) => yearOf(i + 1));
  const round = (value: number): number => Math.round(value * 100) / 100;
  const summary = (name: Statistic) => {
    const values = years.map((year) => year[name]);
    const mean = values.reduce((sum, v) => sum + v, 0) / seeds;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (seeds - 1));
    return {
      published: published[name],
      mean: round(mean),
      deviation: round(deviation),
      lowest: round(Math.min(...values)),
      highest: round(Math.max(...values)),
    };
  };
  const names = Object.keys(published) as Statistic[];
  return { seeds, ...Object.fromEntries(names.map((name) => [name, summary(name)])) };
};

if (import.meta.main) console.log(JSON.stringify(run()));
