import type { PageRemedy } from "#feed/contract/shell.ts";

/**
 * What to do when the picture is lost: the gentlest remedy that can work, and a harsher one each time it comes back
 * too soon. Pure, so that every path is tested; the desktop shell carries it out.
 */
export type Remedy = PageRemedy | "reload-window" | "relaunch";

const rungs: readonly Remedy[] = [
  "restore-context",
  "rebuild-scene",
  "reload-window",
  "relaunch",
  "fallback-2d",
];

export type Trouble =
  /** The page lives and lost its WebGL context. */
  | "context-lost"
  /** The page lives and the heartbeat says its picture is frozen. */
  | "frozen"
  /** The page's process is gone, or silent and therefore killed. */
  | "page-gone"
  /** The page lives, but the machine gives it no WebGL at all. */
  | "no-gpu";

/** The gentlest rung that can cure a trouble. */
const firstRung: Readonly<Record<Trouble, number>> = {
  "context-lost": 0,
  frozen: 1,
  "page-gone": 2,
  "no-gpu": 4,
};

/** Where a window stands. Plain data: it survives a relaunch as text. */
export interface Ladder {
  /** Rung of the last remedy; −1 on the ground. */
  readonly rung: number;
  /** When that was, ms UTC: monotonic clocks do not outlive a relaunch. */
  readonly atMs: number;
}

export const ground: Ladder = { rung: -1, atMs: 0 };

/** A picture that held this long is healed: the next trouble starts from the ground. */
export const healedAfterMs = 5 * 60_000;

/** The top is not left by time: a machine that needed 2D gets 3D again when somebody starts it anew. */
export const climb = (
  ladder: Ladder,
  trouble: Trouble,
  nowMs: number,
): { ladder: Ladder; remedy: Remedy } => {
  const isTop = ladder.rung === rungs.length - 1;
  const elapsedMs = nowMs - ladder.atMs;
  // A clock set back must not look like a quiet time.
  const isHealed = !isTop && elapsedMs > healedAfterMs;
  const next = isHealed ? 0 : Math.min(ladder.rung + 1, rungs.length - 1);
  const rung = Math.max(next, firstRung[trouble]);
  const remedy = rungs[rung];
  if (remedy === undefined) throw new Error(`no rung ${rung} on the crash ladder`);
  // A page in 2D has no context to lose; if even its process dies, it is reloaded and stays in 2D.
  const carriedOut = isTop && trouble === "page-gone" ? "reload-window" : remedy;
  return { ladder: { rung, atMs: nowMs }, remedy: carriedOut };
};

/** Where a product stands that was started again because of that rung. */
export const relaunched = (nowMs: number): Ladder => ({ rung: rungs.indexOf("relaunch"), atMs: nowMs });

/** Whether a window opened at this height starts in 2D. */
export const startsIn2d = (ladder: Ladder): boolean => ladder.rung === rungs.length - 1;

export const ladderText = (ladder: Ladder): string => `${ladder.rung}@${ladder.atMs}`;

/** Reads what `ladderText` wrote; anything else is the ground. */
export const parseLadder = (text: string | undefined): Ladder => {
  const match = /^(-1|[0-4])@(\d{1,15})$/.exec(text ?? "");
  return match ? { rung: Number(match[1]), atMs: Number(match[2]) } : ground;
};
