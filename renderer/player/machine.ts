import type { PlayerState } from "./player.ts";

export type PlayerEvent =
  | "pause"
  | "play"
  /** A frame or a status arrived. */
  | "heard"
  /** Nothing arrived for longer than the feed ever is quiet. */
  | "silence"
  | "bridge-lost"
  | "bridge-open";

export const initialState: PlayerState = { mode: "live", flow: "waiting", replay: null };

const flowAfter = (state: PlayerState, event: PlayerEvent): PlayerState["flow"] => {
  switch (event) {
    case "heard":
      // A message that was under way when the bridge broke is no sign of life.
      return state.flow === "lost" ? "lost" : "flowing";
    case "silence":
      return state.flow === "flowing" ? "silent" : state.flow;
    case "bridge-lost":
      return "lost";
    case "bridge-open":
      return state.flow === "lost" ? "waiting" : state.flow;
    default:
      return state.flow;
  }
};

/** The state after an event; the same object when nothing changed. Pausing and the link are independent facts. */
export const nextState = (state: PlayerState, event: PlayerEvent): PlayerState => {
  const mode = event === "pause" ? "paused" : event === "play" ? "live" : state.mode;
  const flow = flowAfter(state, event);
  return mode === state.mode && flow === state.flow ? state : { ...state, mode, flow };
};
