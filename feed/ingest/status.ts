import type { BrokerStatus, FeedStatus, PublisherStatus, SourceState } from "#feed/contract/status.ts";
import type { Ledger } from "#feed/tables/ledger.ts";
import { isLate, type Publisher, publisherStatus } from "#feed/tables/publishers.ts";
import type { PointCounts } from "#feed/tables/sweep.ts";
import type { IntakeContext } from "./context.ts";

/** Length of the window that rates are measured over. */
const rateWindowMs = 2000;

export interface RateMeter {
  readonly rates: FeedStatus["rates"];
  /**
   * Takes the totals now; rates follow from the oldest totals within the window.
   * @param nowMs monotonic: rates do not stop when a clock is set.
   */
  update(nowMs: number): void;
}

interface Totals {
  readonly nowMs: number;
  readonly messages: number;
  readonly points: number;
  readonly bytes: number;
}

export const createRateMeter = ({ counters }: Pick<IntakeContext, "counters">): RateMeter => {
  const window: Totals[] = [];
  let rates: FeedStatus["rates"] = { messagesPerSec: 0, pointsPerSec: 0, bytesPerSec: 0 };
  return {
    get rates() {
      return rates;
    },
    update: (nowMs) => {
      window.push({
        nowMs,
        messages: counters.messages,
        points: counters.points,
        bytes: counters.bytes,
      });
      while (window.length > 2 && window[1]!.nowMs <= nowMs - rateWindowMs) window.shift();
      const first = window[0]!;
      const seconds = (nowMs - first.nowMs) / 1000;
      if (seconds <= 0) return;
      const perSecond = (from: number, to: number): number => Math.round((to - from) / seconds);
      rates = {
        messagesPerSec: perSecond(first.messages, counters.messages),
        pointsPerSec: perSecond(first.points, counters.points),
        bytesPerSec: perSecond(first.bytes, counters.bytes),
      };
    },
  };
};

export interface StatusInputs {
  readonly context: IntakeContext;
  readonly version: string;
  readonly kind: FeedStatus["source"]["kind"];
  /** In the order of the brokers given; at least one. */
  readonly sources: readonly BrokerStatus[];
  readonly counts: PointCounts;
  readonly rates: FeedStatus["rates"];
  readonly clients: number;
  readonly announced: FeedStatus["announced"];
  readonly recording: FeedStatus["recording"];
}

/** The broker of a publisher: those that name none are of the first. */
const brokerOf = (sources: readonly BrokerStatus[], { broker }: Publisher): BrokerStatus =>
  sources.find(({ address }) => address === broker) ?? sources[0]!;

/** A connection whose every publisher with a heartbeat has fallen silent is late, though the broker answers. */
const judged = (context: IntakeContext, sources: readonly BrokerStatus[], nowMs: number): BrokerStatus[] => {
  const beating = context.store.publishers.all.filter((publisher) => publisher.heartbeats);
  return sources.map((source) => {
    const own = beating.filter((publisher) => brokerOf(sources, publisher) === source);
    const isSilent = own.length > 0 && own.every((each) => isLate(each, nowMs, source.sinceMs));
    return source.state === "live" && isSilent ? { ...source, state: "late" } : source;
  });
};

const declaredBy = (publishers: readonly { readonly metadataCount: number | null }[]): number | null => {
  const counts = publishers.flatMap(({ metadataCount }) => metadataCount ?? []);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
};

/** What the ledger knows of a publisher; its clock only where heartbeats do not tell. */
const heardOf = (ledger: Ledger, { index, skewMs }: Publisher) => ({
  skewMs: skewMs ?? ledger.skew.of(index),
  skewEstimated: skewMs === null && ledger.skew.of(index) !== null,
  received: ledger.byPublisher.received[index]!,
  expected: ledger.byPublisher.expected(index),
});

/** Worst first: what the whole is called when its parts differ. */
const gravity: readonly SourceState[] = ["lost", "connecting", "late", "stopped", "live"];

const worstOf = (sources: readonly BrokerStatus[]): BrokerStatus =>
  sources.toSorted((a, b) => gravity.indexOf(a.state) - gravity.indexOf(b.state))[0]!;

/** Puts together what every window shows in its status bar. */
export const feedStatus = (inputs: StatusInputs): FeedStatus => {
  const { context, counts } = inputs;
  const { store, counters, faults, bindings, unmapped, clock } = context;
  const nowMs = clock.nowMs();
  const sources = judged(context, inputs.sources, nowMs);
  const source = worstOf(sources);
  const publishers: PublisherStatus[] = store.publishers.all.slice(1).map((publisher) => ({
    ...publisherStatus(publisher, nowMs, brokerOf(sources, publisher).sinceMs),
    ...heardOf(store.ledger, publisher),
  }));
  const dropsByReason = Object.fromEntries(counters.drops);
  return {
    timeMs: nowMs,
    version: inputs.version,
    source: {
      ...source,
      kind: inputs.kind,
      wires: [...new Set(sources.flatMap(({ wires }) => wires))],
    },
    brokers: sources,
    publishers,
    rates: inputs.rates,
    points: {
      known: counts.known,
      fresh: counts.fresh,
      late: counts.late,
      stale: counts.stale,
      bad: counts.bad,
    },
    coverage: counts.known === 0 ? null : (counts.fresh + counts.late) / counts.known,
    lastSampleMs: counters.lastSampleMs || null,
    drops: {
      total: Object.values(dropsByReason).reduce((sum, count) => sum + count, 0),
      byReason: dropsByReason,
    },
    faults: { total: faults.total, byCode: faults.byCode() },
    metadata: {
      received: counters.metadataReceived,
      mapped: bindings.bound,
      unmapped: unmapped.total,
      declared: declaredBy(store.publishers.all),
    },
    announced: inputs.announced,
    simulated: counts.simulated,
    trace: counts.trace,
    recording: inputs.recording,
    clients: inputs.clients,
  };
};
