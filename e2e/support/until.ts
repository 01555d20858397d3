/** Thrown when a condition did not come true; says which, and what was last seen. */
class UntilError extends Error {
  override readonly name = "UntilError";
}

/**
 * Waits for a condition, never for a time: asks every 50 ms until the answer is neither false, null nor undefined.
 * @returns that answer
 */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | false | null | undefined>,
  { withinMs = 60_000, lastSeen = () => "" }: { withinMs?: number; lastSeen?: () => string } = {},
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline)
      throw new UntilError(`not within ${withinMs / 1000} s: ${what}; ${lastSeen()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
