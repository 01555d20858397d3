import type { FeedStatus } from "#feed/contract/status.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import { Freshness, freshnessOf, Origin, originOf, Quality, qualityOf } from "#twins/model/quality.ts";

/** Received points by what is said of them at the cursor's moment, and where they are from. */
interface Counts {
  known: number;
  fresh: number;
  late: number;
  stale: number;
  bad: number;
  lastSampleMs: number;
  simulated: boolean;
  trace: boolean;
}

const countPoints = ({ all }: ClassTables): Counts => {
  const counts = {
    known: 0,
    fresh: 0,
    late: 0,
    stale: 0,
    bad: 0,
    lastSampleMs: 0,
    simulated: false,
    trace: false,
  };
  for (const { status, sampleTimeMs, columns, spec } of all) {
    const isDerived = spec.metrics.map((metric) => metric.derived === true);
    for (let cell = 0; cell < status.length; cell++) {
      const now = status[cell]!;
      if (now === 0 || isDerived[cell % columns]) continue;
      counts.known++;
      if (qualityOf(now) === Quality.bad) counts.bad++;
      const freshness = freshnessOf(now);
      if (freshness === Freshness.fresh) counts.fresh++;
      else if (freshness === Freshness.late) counts.late++;
      else counts.stale++;
      const origin = originOf(now);
      counts.simulated ||= origin === Origin.simulated;
      counts.trace ||= origin === Origin.trace;
      counts.lastSampleMs = Math.max(counts.lastSampleMs, sampleTimeMs[cell]!);
    }
  }
  return counts;
};

export interface LogStatusInputs {
  readonly tables: ClassTables;
  readonly version: string;
  /** Name of the log, for people. */
  readonly name: string;
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly clients: number;
}

/** What a session says of itself that shows a recording and nothing else: no broker, no rates, no drops. */
export const logStatus = ({
  tables,
  version,
  name,
  sinceMs,
  nowMs,
  clients,
}: LogStatusInputs): FeedStatus => {
  const { lastSampleMs, simulated, trace, ...points } = countPoints(tables);
  return {
    timeMs: nowMs,
    version,
    source: {
      kind: "log",
      state: "stopped",
      address: name,
      protocol: null,
      wires: [],
      sinceMs,
      reconnects: 0,
      error: null,
    },
    brokers: [],
    publishers: [],
    rates: { messagesPerSec: 0, pointsPerSec: 0, bytesPerSec: 0 },
    points,
    coverage: points.known === 0 ? null : (points.fresh + points.late) / points.known,
    lastSampleMs: lastSampleMs || null,
    drops: { total: 0, byReason: {} },
    faults: { total: 0, byCode: {} },
    metadata: { received: 0, mapped: 0, unmapped: 0, declared: null },
    announced: null,
    simulated,
    trace,
    recording: null,
    clients,
  };
};
