import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { smoothStep, unit } from "#twins/physics/noise.ts";

/**
 * The queue of the high-performance partition: jobs arrive by the site's working day, wait first come first served (a job
 * that fits may pass one that does not: backfill) and fill free slots, which are runs of whole rows of racks. Everything
 * happens at times of its own, not at steps, so that the same hours bring the same jobs whatever the step.
 */

/** Part of all slots that is taken in the long run; sites report 70–85 % for busy batch clusters (assumed). */
const offeredShare = 0.78;
/** Hours a job runs, evenly spread, and slots it asks for at most. */
const hours = [1, 9] as const;
const mostSlots = 4;
/** Utilisation of a running job, evenly spread, and of a slot that waits. */
const level = [0.66, 0.96] as const;
const waiting = 0.05;
/** A job loads its data, and lets go of it, within a minute or so. */
const rampS = 40;
/** Before the start the queue is filled by living through so many days. */
const historyDays = 3;

const middle = ([from, to]: readonly [number, number]): number => (from + to) / 2;

/** Mean utilisation of a batch job while it runs, and of a slot over weeks, 0…1. */
export const batchLevel = middle(level);
export const batchMean = offeredShare * batchLevel + (1 - offeredShare) * waiting;

interface Waiting {
  readonly slots: number;
  readonly durationS: number;
  readonly level: number;
}

export interface Batch {
  readonly seed: number;
  /** Mean utilisation of each slot within the last step, 0…1. Shape: slots. */
  readonly load: Float64Array;
  /** Utilisation of the job in each slot, and when it ends, s; Infinity where none runs. */
  readonly level: Float64Array;
  readonly endS: Float64Array;
  /** Utilisation × seconds of each slot within the step, and until when it has been counted. */
  readonly work: Float64Array;
  readonly countedS: Float64Array;
  readonly queue: Waiting[];
  /** Where it stands, and the hour whose arrivals are in `arrivals`, s each, ascending. */
  nowS: number;
  hour: number;
  readonly arrivals: number[];
  /** Slots taken. */
  busy: number;
  /** Jobs that have arrived, and that run. */
  arrived: number;
  running: number;
}

export const createBatch = (slots: number, seed: number): Batch => ({
  seed,
  load: new Float64Array(slots).fill(waiting),
  level: new Float64Array(slots).fill(waiting),
  endS: new Float64Array(slots).fill(Number.POSITIVE_INFINITY),
  work: new Float64Array(slots),
  countedS: new Float64Array(slots),
  queue: [],
  nowS: Number.NaN,
  hour: 0,
  arrivals: [],
  busy: 0,
  arrived: 0,
  running: 0,
});

const salt = { count: 1, time: 2, slots: 3, duration: 4, level: 5 };
/** Most arrivals in an hour; more than 400,000 racks ever need. */
const perHour = 256;

const largest = (batch: Batch): number => Math.max(1, Math.min(mostSlots, batch.load.length >> 2));

/** How many jobs arrive at an hour of the site's day: twice as many at work as by night. */
const dayWeight = (hour: number): number => 1 + smoothStep(7, 10, hour) * (1 - smoothStep(18, 22, hour));

const meanDayWeight = Array.from({ length: 24 }, (_, hour) => dayWeight(hour)).reduce((a, b) => a + b) / 24;

/** Arrivals of an hour since 1970: as many as keep the offered share. */
const drawHour = (batch: Batch, hour: number, utcOffsetHours: number): void => {
  const { seed, arrivals } = batch;
  const byDay = (((hour + utcOffsetHours) % 24) + 24) % 24;
  const meanSlots = (1 + largest(batch)) / 2;
  const rate =
    (dayWeight(byDay) / meanDayWeight) * ((offeredShare * batch.load.length) / (meanSlots * middle(hours)));
  const count = Math.min(perHour, Math.floor(rate + unit(seed + salt.count, hour)));
  arrivals.length = 0;
  for (let i = 0; i < count; i++) arrivals.push((hour + unit(seed + salt.time, hour * perHour + i)) * 3600);
  arrivals.sort((a, b) => a - b);
  batch.hour = hour;
};

/** Counts what a slot has done until a time. */
const count = (batch: Batch, slot: number, untilS: number): void => {
  batch.work[slot] = batch.work[slot]! + batch.level[slot]! * (untilS - batch.countedS[slot]!);
  batch.countedS[slot] = untilS;
};

const place = (batch: Batch, job: Waiting, nowS: number): void => {
  let left = job.slots;
  for (let slot = 0; left > 0; slot++) {
    if (batch.endS[slot]! < Number.POSITIVE_INFINITY) continue;
    count(batch, slot, nowS);
    batch.level[slot] = job.level;
    batch.endS[slot] = nowS + job.durationS;
    left--;
  }
  batch.busy += job.slots;
  batch.running++;
};

/** Places every waiting job that fits, oldest first. */
const placeAll = (batch: Batch, nowS: number): void => {
  const { queue } = batch;
  for (let i = 0; i < queue.length && batch.busy < batch.load.length; ) {
    const job = queue[i]!;
    if (job.slots <= batch.load.length - batch.busy) {
      place(batch, job, nowS);
      queue.splice(i, 1);
    } else i++;
  }
};

const arrive = (batch: Batch, atS: number): void => {
  // Numbered by its time, so that a plant that starts later draws the same job.
  const key = Math.floor(atS * 1000) | 0;
  const { seed } = batch;
  const durationS = 3600 * (hours[0] + (hours[1] - hours[0]) * unit(seed + salt.duration, key));
  batch.queue.push({
    slots: 1 + Math.floor(largest(batch) * unit(seed + salt.slots, key)),
    durationS,
    level: level[0] + (level[1] - level[0]) * unit(seed + salt.level, key),
  });
  batch.arrived++;
};

/** Frees the slots of every job that ends at this time; all slots of a job end together. */
const free = (batch: Batch, atS: number): void => {
  let freed = 0;
  for (let slot = 0; slot < batch.endS.length; slot++) {
    if (batch.endS[slot] !== atS) continue;
    count(batch, slot, atS);
    batch.level[slot] = waiting;
    batch.endS[slot] = Number.POSITIVE_INFINITY;
    freed++;
  }
  batch.busy -= freed;
  if (freed > 0) batch.running--;
};

const nextEnd = ({ endS }: Batch): number => {
  let next = Number.POSITIVE_INFINITY;
  for (let slot = 0; slot < endS.length; slot++) if (endS[slot]! < next) next = endS[slot]!;
  return next;
};

/** Lives through every arrival and end until a time, in order. */
const liveUntil = (batch: Batch, untilS: number, utcOffsetHours: number): void => {
  let end = nextEnd(batch);
  for (;;) {
    while (batch.arrivals.length === 0 && (batch.hour + 1) * 3600 <= untilS)
      drawHour(batch, batch.hour + 1, utcOffsetHours);
    const arrival = batch.arrivals[0] ?? Number.POSITIVE_INFINITY;
    const next = Math.min(arrival, end);
    if (next > untilS) break;
    if (arrival <= end) {
      batch.arrivals.shift();
      arrive(batch, arrival);
    } else free(batch, end);
    placeAll(batch, next);
    end = nextEnd(batch);
  }
  batch.nowS = untilS;
};

/** Moves the queue on to a moment; `load` is then the mean of each slot over the step. */
export const stepBatch = (batch: Batch, moment: Moment): void => {
  const slots = batch.load.length;
  if (slots === 0) return;
  // Site time less UTC, from the moment itself.
  const utcOffsetHours = Math.round(moment.day * 24 + moment.hour - moment.seconds / 3600);
  if (Number.isNaN(batch.nowS)) {
    const fromHour = Math.floor(moment.seconds / 3600) - historyDays * 24;
    batch.nowS = fromHour * 3600;
    batch.hour = fromHour - 1;
    batch.countedS.fill(batch.nowS);
    liveUntil(batch, moment.seconds - Math.max(1, moment.stepSeconds), utcOffsetHours);
  }
  const fromS = batch.nowS;
  batch.work.fill(0);
  batch.countedS.fill(fromS);
  liveUntil(batch, moment.seconds, utcOffsetHours);
  const seconds = moment.seconds - fromS;
  const step = approach(moment, rampS);
  for (let slot = 0; slot < slots; slot++) {
    count(batch, slot, moment.seconds);
    const mean = seconds > 0 ? batch.work[slot]! / seconds : batch.level[slot]!;
    batch.load[slot] = batch.load[slot]! + (mean - batch.load[slot]!) * step;
  }
};
