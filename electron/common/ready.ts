import type { FeedStatus } from "#feed/contract/status.ts";

/** A plant that says nothing must not keep a wall from starting: after this the session counts as ready all the same. */
export const readyLimitMs = 10_000;
const askEveryMs = 20;

/**
 * Waits until the feed holds its first good, fresh value, or the limit has passed.
 * @returns whether there is such a value: "live" beside "ready"
 */
export const firstGoodValue = async (
  status: () => FeedStatus | null,
  limitMs: number = readyLimitMs,
): Promise<boolean> => {
  const endMs = performance.now() + limitMs;
  while (performance.now() < endMs) {
    if ((status()?.points.fresh ?? 0) > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  return false;
};
