import type { FeedStatus } from "#feed/contract/status.ts";
import type { News } from "./recorder.ts";

/** The state of data quality is told this often; it is also the sign that a recording of a quiet plant goes on. */
const qualityMs = 10_000;
/** Publishers that are told of; a plant with more is told of by its sums. */
const publisherLimit = 64;

/** What one status says that the one before did not. */
export const newsOf = (before: FeedStatus | null, now: FeedStatus): News => ({
  events: before ? eventsBetween(before, now) : [],
  quality: isDue(before, now) ? qualityOf(now) : null,
});

const isDue = (before: FeedStatus | null, now: FeedStatus): boolean =>
  !before || Math.floor(before.timeMs / qualityMs) !== Math.floor(now.timeMs / qualityMs);

const eventsBetween = (before: FeedStatus, now: FeedStatus): News["events"] => {
  const sources = now.brokers.flatMap(({ address, state, error }) => {
    const from = before.brokers.find((broker) => broker.address === address)?.state;
    if (from === state) return [];
    return [{ code: "source", address, from: from ?? null, to: state, error: error?.code ?? null }];
  });
  const publishers = now.publishers.flatMap(({ id, state }) => {
    const from = before.publishers.find((publisher) => publisher.id === id)?.state;
    return from === state ? [] : [{ code: "publisher", id, from: from ?? null, to: state }];
  });
  const drops = Object.entries(now.drops.byReason).flatMap(([reason, total]) => {
    const count = total - (before.drops.byReason[reason] ?? 0);
    return count > 0 ? [{ code: "drops", reason, count }] : [];
  });
  return [...sources, ...publishers, ...drops];
};

const qualityOf = ({ drops, faults, points, coverage, brokers, publishers }: FeedStatus) => ({
  drops: drops.byReason,
  faults: faults.byCode,
  points,
  coverage,
  sources: brokers.map(({ address, state, reconnects }) => ({ address, state, reconnects })),
  publishers: publishers.slice(0, publisherLimit).map(({ id, state, skewMs, received, expected }) => {
    return { id, state, skewMs, received, expected };
  }),
});
