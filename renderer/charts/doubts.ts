import type { Series } from "#feed/contract/replay.ts";

/** Doubts by number, as texts and looks know them. */
export const doubts = ["good", "late", "stale", "bad", "unknown"] as const;
export const stale = doubts.indexOf("stale");
export const bad = doubts.indexOf("bad");
export const unknown = doubts.indexOf("unknown");

/** Last bucket that is known of a point; −1 for none. */
export const lastKnown = ({ doubt, last }: Series): number => {
  let at = doubt.length - 1;
  while (at >= 0 && doubt[at] === unknown && last[at] === null) at--;
  return at;
};
