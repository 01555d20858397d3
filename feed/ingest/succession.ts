import type { Succession } from "#feed/announced/announced-campus.ts";
import type { KeptMessage } from "#feed/announced/announcements.ts";
import { carryValues } from "#feed/announced/carry.ts";
import type { IntakeCounters } from "./context.ts";
import type { FeedCampus, LastingContext } from "./feed-campus.ts";
import type { OpenSource } from "./open-source.ts";

interface SuccessionInputs {
  readonly before: FeedCampus;
  readonly after: FeedCampus;
  readonly lasting: LastingContext;
  /** By the number that kept messages name. */
  readonly sources: readonly OpenSource[];
  readonly heard: Pick<Succession, "announced" | "since" | "isFirst">;
}

/**
 * Moves a running feed to another campus, on the same connections: births come once, and a broker that has to send all it
 * keeps again may drop some. The new decoders hear again what was announced, so that they alone know what it means; then
 * values, times and qualities are carried over; then comes what arrived meanwhile. Only a first campus counts what it hears:
 * later ones hear it for a second time.
 */
export const succeed = ({ before, after, lasting, sources, heard }: SuccessionInputs): void => {
  const hear = (messages: readonly KeptMessage[]): void => {
    for (const { source, message } of messages)
      sources[source]!.router.message(heard.isFirst ? message : { ...message, isAgain: true });
  };
  const successions = sources.map((source) => source.decodeFor(after.context));
  const replay = (): void => {
    hear(heard.announced);
    carryValues(before.context.store, after.context.store);
    hear(heard.since);
    for (const [source, { waiting }] of successions.entries())
      for (const message of waiting) sources[source]!.router.message(message);
    for (const { finish } of successions) finish();
  };
  if (heard.isFirst) replay();
  else uncounted(lasting, replay);
  const isForeign = ({ code }: { code: string }): boolean => code === "topic-unknown";
  after.context.unmapped.restore(
    before.context.unmapped.list(Number.POSITIVE_INFINITY, "").filter(isForeign),
  );
};

/** Runs with nothing of it counted as received, dropped or faulty. */
const uncounted = ({ counters, faults }: LastingContext, run: () => void): void => {
  const { drops, ...totals }: IntakeCounters = counters;
  const dropsBefore = [...drops];
  faults.silently(run);
  Object.assign(counters, totals);
  drops.clear();
  for (const [reason, count] of dropsBefore) drops.set(reason, count);
};
