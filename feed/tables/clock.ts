/**
 * The feed's clock: ms UTC that never runs backwards by itself. A wall clock that is set is followed at the next
 * `follow`, so that ages stay right after a step and are smooth between steps.
 */
export interface FeedClock {
  /** ms UTC with fractions. */
  nowMs(): number;
  /** Re-anchors to the wall clock when both differ by more than a second; by how much, ms, or 0. */
  follow(): number;
}

const stepMs = 1000;

export const createClock = (
  wallMs: () => number = Date.now,
  monotonicMs: () => number = () => performance.now(),
): FeedClock => {
  let anchorMs = wallMs() - monotonicMs();
  return {
    nowMs: () => anchorMs + monotonicMs(),
    follow: () => {
      const next = wallMs() - monotonicMs();
      const setByMs = next - anchorMs;
      if (Math.abs(setByMs) <= stepMs) return 0;
      anchorMs = next;
      return setByMs;
    },
  };
};
