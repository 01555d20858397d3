import { futureToleranceMs } from "#feed/tables/take.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, Quality, qualityOf } from "#twins/model/quality.ts";
import type { Twin } from "#twins/model/twin.ts";
import { Bed } from "./bed.ts";
import type { FuzzDecoder } from "./decoder.ts";
import { brokenCells } from "./invariants.ts";
import { type FuzzMessage, mutantOf } from "./mutant.ts";

/** Between batches the clock moves past all that a time in the future could hold up. */
const batchStepMs = futureToleranceMs + 60_000;
/** Mutants between two rounds of valid messages: what a mutant broke (a binding, a session) is whole again soon. */
const batchSize = 20;
/** Mutants between two looks at every cell. */
const checkEvery = 500;

/** What a run found. Nothing of it is allowed to be there but `messages`, `slowestMs` and `quiet`. */
export interface FuzzReport {
  readonly decoder: string;
  readonly messages: number;
  /** CPU time of the slowest message, ms, by number so that it can be looked at. */
  readonly slowestMs: number;
  readonly slowest: number;
  /** Messages that left no trace and were allowed to (a layout taken, an empty frame, a cleared topic). */
  readonly quiet: number;
  /** Messages that left no trace and should have, that threw, or after which a table held what it must not. */
  readonly problems: readonly string[];
  /** Values taken, faults counted. */
  readonly points: number;
  readonly faults: number;
}

export interface FuzzOptions {
  readonly messages: number;
  /** Called between batches: where a bench looks at the heap. */
  readonly onBatch?: (done: number) => void;
  /** Called at the end, while all that the run holds is still held. */
  readonly onEnd?: () => void;
}

const worstKept = 20;

/** A point that no corpus speaks of: what others send must never keep its value from arriving. */
const checkCanary = (bed: Bed, value: number): string | null => {
  const { twin, store } = bed.context;
  const path = "CoolingTower/FanSpeed/canary/1";
  const send = (kind: string, payload: unknown): void =>
    bed.send({
      topic: `BMS/v1/PUB/${kind}/${path}`,
      payload: Buffer.from(JSON.stringify(payload)),
      retained: false,
    });
  send("Metadata", { objectId: twin.table("coolingTower").idOf(0), engUnit: "%" });
  send("Value", { value, timestamp: bed.nowMs, quality: 1 });
  const table = store.tables.of("coolingTower");
  const cell = metricIndex("coolingTower", "fanSpeed");
  const status = table.status[cell]!;
  const isWell =
    table.value[cell] === value &&
    qualityOf(status) === Quality.good &&
    freshnessOf(status) === Freshness.fresh;
  return isWell ? null : `the canary's ${value} reads ${table.value[cell]}, status ${status}`;
};

/** Sends mutants of a decoder's corpus through the router, in batches that each begin with the valid messages. */
export const fuzz = (
  twin: Twin,
  decoder: FuzzDecoder,
  { messages, onBatch, onEnd }: FuzzOptions,
): FuzzReport => {
  const bed = new Bed(twin, decoder);
  const problems: string[] = [];
  let slowestMs = 0;
  let slowest = -1;
  let quiet = 0;
  const report = (what: string): void => {
    if (problems.length < worstKept) problems.push(what);
  };
  const sendMutant = (mutant: FuzzMessage, number: number): void => {
    const before = bed.traces;
    const start = process.threadCpuUsage();
    try {
      bed.send(mutant);
    } catch (error) {
      report(`message ${number} threw ${error instanceof Error ? error.stack : error}`);
    }
    const { user, system } = process.threadCpuUsage(start);
    const tookMs = (user + system) / 1000;
    if (tookMs > slowestMs) {
      slowestMs = tookMs;
      slowest = number;
    }
    if (bed.traces !== before) return;
    quiet++;
    const isAllowed = mutant.payload.length === 0 || mutant.retained || decoder.isQuiet?.(mutant) === true;
    if (!isAllowed) report(`message ${number} was neither taken nor counted: ${mutant.topic.slice(0, 200)}`);
  };
  for (let done = 0; done < messages; ) {
    bed.nowMs += batchStepMs;
    const corpus = decoder.corpus(twin, bed.nowMs);
    for (const valid of corpus) bed.send(valid);
    const last = Math.min(messages, done + batchSize);
    for (; done < last; done++) sendMutant(mutantOf(corpus, decoder.seed, done), done);
    if (done % checkEvery !== 0 && done < messages) continue;
    bed.second();
    const canary = checkCanary(bed, (done / checkEvery) % 100);
    for (const what of [...brokenCells(bed.context, bed.nowMs), ...(canary === null ? [] : [canary])])
      report(`after message ${done - 1}: ${what}`);
    onBatch?.(done);
  }
  onEnd?.();
  const { counters, faults } = bed.context;
  return {
    decoder: decoder.name,
    messages,
    slowestMs,
    slowest,
    quiet,
    problems,
    points: counters.points,
    faults: faults.total,
  };
};
