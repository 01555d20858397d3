import type { PlayerState } from "./player.ts";

export type PlayerEvent =
  | "pause"
  | "play"
  /** A recording is shown from now on. */
  | "replay"
  /** The present is shown again. */
  | "live"
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

const modeAfter = ({ mode }: PlayerState, event: PlayerEvent): PlayerState["mode"] => {
  if (event === "replay" || event === "live") return event;
  // Pausing and playing are the recording's own affair.
  if (mode === "replay") return mode;
  if (event === "pause") return "paused";
  return event === "play" ? "live" : mode;
};

/** The state after an event; the same object when nothing changed. What is shown and the link are independent facts. */
export const nextState = (state: PlayerState, event: PlayerEvent): PlayerState => {
  const mode = modeAfter(state, event);
  const flow = flowAfter(state, event);
  if (mode === state.mode && flow === state.flow) return state;
  return { mode, flow, replay: mode === "replay" ? state.replay : null };
};
