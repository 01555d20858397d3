import type {
  AlarmPriority,
  LogLanes,
  LogOverview,
  Mark,
  TimelineEvent,
  TimeRange,
} from "#feed/contract/replay.ts";
import type { AlarmRow } from "./alarmRows.ts";
import type { LaneLayout } from "./laneLayout.ts";

/** What the lanes show of a recording: answers of the feed, none of them a value of a point. */
export interface LaneData {
  readonly overview: LogOverview;
  /** null until the first answer. Its range may lag behind the stretch shown. */
  readonly lanes: LogLanes | null;
  readonly rows: readonly AlarmRow[];
  readonly most: Readonly<Record<AlarmPriority, number>>;
  readonly events: readonly TimelineEvent[];
  readonly marks: readonly Mark[];
  /** null: all in one line. */
  readonly layout: LaneLayout | null;
}

/** What moves: everything that is drawn anew without React. */
export interface Moment {
  readonly view: TimeRange;
  /** What is shown now; a line of its own colour where it is not the present. */
  readonly cursorMs: number;
  readonly isLive: boolean;
  /** What is asked for and not shown yet; null for nothing. */
  readonly aimMs: number | null;
  readonly hoverMs: number | null;
  /** What is shown is whole up to here. */
  readonly asOfMs: number | null;
  readonly loop: { readonly inMs: number | null; readonly outMs: number | null; readonly isOn: boolean };
  /** A range about which a note is being written. */
  readonly noting: TimeRange | null;
  readonly offsetMin: number;
  /** Pixels that the alarm rows are scrolled by. */
  readonly scrolled: number;
  /** Exact time at the cursor, as text. */
  readonly cursorText: string;
  readonly hoverText: string;
}

/** Pauses of a recording: between its first and its last moment, where nothing was recorded. */
export const pausesOf = ({ covered }: Pick<LogOverview, "covered">): readonly TimeRange[] =>
  covered.slice(1).map(({ fromMs }, i) => ({ fromMs: covered[i]!.toMs, toMs: fromMs }));

/** Marks are found by their beginning: the order in which they are listed and drawn. */
export const byTime = (marks: readonly Mark[]): readonly Mark[] =>
  [...marks].sort((a, b) => a.fromMs - b.fromMs || a.madeMs - b.madeMs);
