import type { CarbonFactor, Tariff } from "#twins/model/tariff.ts";
import type { JobOrder } from "#twins/scenario/scenario.ts";

/** What happens to a job that comes from another centre, in its order. */
export const storySteps = ["order", "reserve", "stage", "load", "run", "done"] as const;
export type StoryStep = (typeof storySteps)[number];

/** What telemetry tells of a job now; null where nothing usable is known. */
export interface StorySeen {
  /** Seconds of plant time since it was ordered; negative before. */
  readonly sinceOrderS: number;
  /** TB that its centre has sent here, and Gbit/s that it sends. */
  readonly movedTb: number | null;
  readonly gbitPerS: number | null;
  /** Mean load of the racks that it goes to, %. */
  readonly loadPercent: number | null;
}

/** From this load on the racks run the job: waiting ones are below a tenth. */
const runsFrom = 50;
/** The resolution of what is told of moved data. */
const leastTb = 0.1;
const [gbitPerTb, reserveS] = [8000, 60];

/** Seconds that the data of a job take on its line. */
const transferS = ({ dataTb, gbitPerS }: JobOrder): number => (dataTb * gbitPerTb) / gbitPerS;

/**
 * Where a job is, by what is measured: data on the line, data moved, load of the racks. The order itself only says
 * when it was given, and whether nothing moved yet or nothing moves any more. Null before the order, and where
 * telemetry says nothing usable.
 */
export const stepNow = (job: JobOrder, seen: StorySeen): StoryStep | null => {
  const { sinceOrderS, movedTb, gbitPerS, loadPercent } = seen;
  if (sinceOrderS < 0 || movedTb === null || gbitPerS === null) return null;
  if (movedTb < leastTb && gbitPerS === 0)
    return sinceOrderS <= reserveS + transferS(job) / 2 ? "reserve" : "done";
  if (gbitPerS > 0 || movedTb < job.dataTb - leastTb) return "stage";
  return loadPercent !== null && loadPercent >= runsFrom ? "run" : "load";
};

/** Price of a kilowatt-hour at a moment of site time; null where the tariff names none. */
export const priceAt = ({ periods }: Tariff, siteMs: number): number | null => {
  const site = new Date(siteMs);
  const hour = site.getUTCHours() + site.getUTCMinutes() / 60;
  const month = site.getUTCMonth() + 1;
  const holds = (from: number, to: number): boolean =>
    from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  return (
    periods.findLast(({ from, to, months }) => months.includes(month) && holds(from, to))?.pricePerKwh ?? null
  );
};

/** What so much power emits in an hour by a published factor, kg. */
export const kgPerHour = (powerKw: number, { kgPerKwh }: CarbonFactor): number => powerKw * kgPerKwh;
