/** Who ran this long was well: its next restart does not wait for what happened before. */
export const healthyMs = 60_000;
