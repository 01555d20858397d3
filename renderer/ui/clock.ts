import { useCallback, useSyncExternalStore } from "react";
import type { CampusState } from "#renderer/data/state.ts";
import { useSample } from "#renderer/stores/points.ts";
import { useServices } from "./services.tsx";

const readSecond = (campus: CampusState): number => Math.floor(campus.nowMs() / 1000);
const isSame = (a: number, b: number): boolean => a === b;

/** Site time to the second, ms UTC: the player's cursor or the frozen time. */
export const useSiteSecond = (): number => useSample(readSecond, isSame) * 1000;

/** The feed's clock to the second, ms UTC; it runs while paused too: pausing stops the picture, not an outage. */
export const useFeedSecond = (): number => {
  const { feedMs } = useServices();
  const subscribe = useCallback((listener: () => void) => {
    const timer = setInterval(listener, 250);
    return () => clearInterval(timer);
  }, []);
  return useSyncExternalStore(subscribe, () => Math.floor(feedMs() / 1000)) * 1000;
};
