import { createContext, type ReactNode, use, useCallback, useEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { PlayerState } from "#renderer/player/player.ts";
import { useServices, useView } from "#renderer/ui/services.tsx";
import type { Conductor, ConductorFacts } from "./conductor.ts";

const Conducting = createContext<Conductor | null>(null);

export const ConductorProvider = (props: { conductor: Conductor; children: ReactNode }) => (
  <Conducting value={props.conductor}>{props.children}</Conducting>
);

export const useConductor = (): Conductor => {
  const conductor = use(Conducting);
  if (!conductor) throw new Error("a part of the timeline was rendered outside ConductorProvider");
  return conductor;
};

/** One slow fact of the conductor. */
export const useConducted = <T,>(select: (facts: ConductorFacts) => T): T =>
  useStore(useConductor().store, select);

/** One slow fact of the player; a primitive, so that a cursor that moves renders nothing. */
export const usePlayerFact = <T extends string | number | boolean | null>(
  select: (state: PlayerState) => T,
): T => {
  const { player } = useServices();
  return useSyncExternalStore(
    useCallback((listener: () => void) => player.onChange(listener), [player]),
    () => select(player.state),
  );
};

/** Minutes east of UTC of the times shown: the site's, or none. */
export const useOffset = (): number => {
  const { utcOffsetMin } = useServices().twin.site;
  return useView((view) => view.clock) === "utc" ? 0 : utcOffsetMin;
};

/** The present goes on without anybody saying so. */
const presentMs = 250;

/** Calls back whenever the cursor may have moved: for what is written or drawn without rendering. */
export const useCursorMoves = (onMove: () => void): void => {
  const { player, timeline } = useServices();
  const { store } = useConductor();
  useEffect(() => {
    onMove();
    const stops = [player.onChange(onMove), timeline.subscribe(onMove), store.subscribe(onMove)];
    const timer = setInterval(() => {
      if (player.state.mode === "live") onMove();
    }, presentMs);
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [player, timeline, store, onMove]);
};
