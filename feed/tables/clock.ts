/**
 * The feed's clock: ms UTC that never runs backwards by itself. A wall clock that is set is followed at the next
 * `follow`, so that ages stay right after a step and are smooth between steps.
 */
export interface FeedClock {
  /** ms UTC with fractions. */
  nowMs(): number;
  /** Re-anchors to the wall clock when both differ by more than a second; true when it did. */
  follow(): boolean;
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
      if (Math.abs(next - anchorMs) <= stepMs) return false;
      anchorMs = next;
      return true;
    },
  };
};
