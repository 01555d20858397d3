import { smoothNoise, smoothStep, unit } from "#twins/physics/noise.ts";
import type { JobClock } from "./clock.ts";

/**
 * Synchronous training: every accelerator computes, then all wait for the exchange of gradients, so thousands of racks
 * swing together. The pattern is that of 64 measured servers of 8×H100 (assets/traces, `npm run bench -- measured`),
 * read off their sum: an iteration of 10.73 s that ends in a dip of some three seconds; after every twelfth an evaluation
 * of 13 s at a lower, even load, which makes the cycle of 141.8 s whose harmonics (10.91, 10.13, 5.45 s) stand in the
 * spectrum.
 */
const iterationS = 10.73;
const iterations = 12;
const evaluationS = 13.05;
/** Load in the bottom of a dip and during evaluation, over that of computing. */
const dipDepth = 0.22;
const evaluationDepth = 0.18;
/** The dip: how long it falls, stays and rises, s. */
const [fallS, floorS, riseS] = [1.4, 0.8, 2.4] as const;
const dipS = fallS + floorS + riseS;
/** Other models are up to this much faster or slower. */
const paceSpread = 0.03;
/** Iterations are not all of one length: how far a moment runs ahead or behind, and over how long, s. */
const jitterS = 0.25;
const jitterOverS = 40;

/** A checkpoint is written every half hour; computing stands for seconds, since the write itself runs beside it. */
const checkpointEveryS = 1800;
const checkpointDepth = 0.45;
/** A node fails now and then: the job starts again from its checkpoint. Assumed: in two of five watches of six hours. */
const watchS = 6 * 3600;
const failingWatches = 0.4;
/** Restart: servers idle for four minutes, then the job loads and warms up. */
const restartFromS = 240;
const restartToS = 420;
/** After so many seconds a restart is over. */
export const longestRestartS = restartToS;

/** Utilisation while nothing computes and what computing adds, chosen for a mean of 0.93 over a week. */
const idle = 0.08;
const computing = 0.912;

/** ∫ of the dip from its start to `t` seconds after it: a trapezium of depth 1. */
const dipArea = (t: number): number => {
  if (t <= 0) return 0;
  if (t < fallS) return (t * t) / (2 * fallS);
  if (t < fallS + floorS) return fallS / 2 + (t - fallS);
  const left = Math.max(0, dipS - t);
  return fallS / 2 + floorS + riseS / 2 - (left * left) / (2 * riseS);
};

const cycleS = iterations * iterationS + evaluationS;
const areaPerDip = dipDepth * dipArea(dipS);
const areaPerCycle = iterations * areaPerDip + evaluationDepth * evaluationS;

/** ∫ of the load that dips and evaluation take, from 0 to `t`: the mean over any step follows exactly, however long. */
const lostUntil = (t: number): number => {
  const cycles = Math.floor(t / cycleS);
  const within = t - cycles * cycleS;
  const done = Math.min(iterations, Math.floor(within / iterationS));
  const since = within - done * iterationS;
  const partial =
    done === iterations ? evaluationDepth * since : dipDepth * dipArea(since - (iterationS - dipS));
  return cycles * areaPerCycle + done * areaPerDip + partial;
};

/** Part of the computing load that is not lost to exchange and evaluation, mean over a step. */
const busy = (clock: JobClock, seed: number): number => {
  const pace = 1 + paceSpread * (2 * unit(seed, 1) - 1);
  const place = (seconds: number): number =>
    (seconds + jitterS * smoothNoise(seed + 11, seconds / jitterOverS)) / pace + cycleS * unit(seed, 2);
  const to = place(clock.seconds);
  // A meter sees no moment, but half a second at least.
  const from = place(clock.seconds - Math.max(0.5, clock.stepSeconds));
  return 1 - (lostUntil(to) - lostUntil(from)) / (to - from);
};

/** Part of the load that runs `sinceS` seconds after a job began again. */
export const restarted = (sinceS: number): number => smoothStep(restartFromS, restartToS, sinceS);

/** Mean of `restarted` over a watch that begins with a restart. */
const runningInFailedWatch = 1 - (restartFromS + restartToS) / 2 / watchS;

/** Utilisation of a training job, mean over the step, 0…1. */
export const training = (clock: JobClock, seed: number): number => {
  const isLong = clock.stepSeconds > 600;
  const checkpoint = (clock.seconds + checkpointEveryS * unit(seed, 4)) % checkpointEveryS;
  const saving = isLong
    ? 1
    : 1 - checkpointDepth * smoothStep(0, 1, checkpoint) * (1 - smoothStep(3, 5, checkpoint));
  const cycle = clock.seconds / watchS + unit(seed, 3);
  const watch = Math.floor(cycle);
  const fails = unit(seed + 5, watch) < failingWatches;
  const sinceS = (cycle - watch) * watchS;
  const running = fails ? (isLong ? runningInFailedWatch : restarted(sinceS)) : 1;
  return idle + computing * running * busy(clock, seed) * saving;
};
