import type { Verdict } from "#feed/tables/take.ts";

/** A broker hands out its kept value again at every subscription: no fault of the publisher's. */
export const isExpectedOfRetained = (verdict: Verdict): boolean =>
  verdict === "duplicate" || verdict === "out-of-order";

/** What the list of faults says of a value that was not taken. */
export const verdictDetail = (verdict: Verdict, sourceMs: number, receivedMs: number): string => {
  if (verdict === "value-range") return "far outside of the metric's range";
  const isDate = Number.isFinite(sourceMs) && Math.abs(sourceMs) < 8.64e15;
  const time = isDate ? new Date(sourceMs).toISOString() : `${sourceMs}`;
  return `source time ${time}, ${Math.round((sourceMs - receivedMs) / 1000)} s from receipt`;
};
