const shortestMs = 500;
const longestMs = 30_000;

/**
 * Full-jitter exponential back-off: a random wait between 0.5 s and min(30 s, 1 s × 2^attempt), so that a hundred
 * walls do not come back at once.
 */
export const backoffMs = (attempt: number, random: () => number = Math.random): number => {
  const ceiling = Math.min(longestMs, 1000 * 2 ** Math.min(attempt, 10));
  return shortestMs + random() * Math.max(0, ceiling - shortestMs);
};
