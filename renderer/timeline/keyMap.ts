/** What a key of the timeline does where that has no direction and no length. */
export type PlainAct =
  | "stop"
  | "begin"
  | "end"
  | "in"
  | "out"
  | "loop"
  | "mark"
  | "live"
  | "type"
  | "whole"
  | "help";

/** What a key of the timeline does. Steps in ms, later for positive ones. */
export type TimelineAct =
  | { readonly do: "shuttle" | "event" | "zoom"; readonly way: 1 | -1 }
  | { readonly do: "step"; readonly byMs: number }
  | { readonly do: PlainAct };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Length of a step: a second, ten with Shift, a minute with Ctrl (⌘). */
export const stepMs = ({ shiftKey, ctrlKey, metaKey }: Omit<KeyPress, "key" | "altKey">): number =>
  ctrlKey || metaKey ? 60_000 : shiftKey ? 10_000 : 1_000;

const acts: Readonly<Record<string, TimelineAct>> = {
  j: { do: "shuttle", way: -1 },
  k: { do: "stop" },
  l: { do: "shuttle", way: 1 },
  home: { do: "begin" },
  end: { do: "end" },
  i: { do: "in" },
  o: { do: "out" },
  r: { do: "loop" },
  m: { do: "mark" },
  ",": { do: "event", way: -1 },
  ".": { do: "event", way: 1 },
  "+": { do: "zoom", way: 1 },
  "=": { do: "zoom", way: 1 },
  "-": { do: "zoom", way: -1 },
  "0": { do: "whole" },
  t: { do: "type" },
  "?": { do: "help" },
  escape: { do: "live" },
};

/**
 * What a press does here, if anything. Letters count as written, whether or not Caps Lock is on; with Ctrl, Alt or ⌘ they
 * are the browser's. Alt with an arrow goes back to the place before (renderer/keys.ts).
 */
export const actOf = (press: KeyPress): TimelineAct | null => {
  const { key, ctrlKey, altKey, metaKey } = press;
  if (altKey) return null;
  if (key === "ArrowLeft") return { do: "step", byMs: -stepMs(press) };
  if (key === "ArrowRight") return { do: "step", byMs: stepMs(press) };
  if (ctrlKey || metaKey) return null;
  return acts[key.toLowerCase()] ?? null;
};
