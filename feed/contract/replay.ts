import { type Priority, priorities } from "#twins/alarm/limit.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { Problem } from "#twins/model/result.ts";

/** A stretch of time, ms UTC. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One file of a recording. */
export interface LogFileFacts extends TimeRange {
  readonly name: string;
  readonly bytes: number;
  /** What was not whole in it, in words; null for a whole one. */
  readonly mended: string | null;
}

/** A recording as a whole: what can be shown. */
export interface LogOverview extends TimeRange {
  /** file: opened by a person; recording: being written now where `--record` says; ring: the last minutes of a live session. */
  readonly origin: "file" | "recording" | "ring";
  /** It is being written, and `toMs` grows. */
  readonly isGrowing: boolean;
  readonly files: readonly LogFileFacts[];
  /** Stretches without a pause in the recording; between them nothing is known. */
  readonly covered: readonly TimeRange[];
  /** Files that could not be opened, and why. */
  readonly problems: readonly Problem[];
  /** How far what makes long curves short work is (docs/LOG-FORMAT.md, sidecar); null where there is none to be. */
  readonly curves: CurvesState | null;
}

/** building: in the background, `progress` of what was missing is there. stopped: by a person. removed: by a person, too. */
export interface CurvesState {
  readonly state: "building" | "whole" | "stopped" | "removed";
  /** 0…1. */
  readonly progress: number;
}

/** Where a client's replay stands. */
export interface ReplayState {
  /** Moment shown, ms UTC. */
  readonly cursorMs: number;
  /** Seconds of the recording per second; negative: backwards. Kept while paused. */
  readonly speed: number;
  readonly isPlaying: boolean;
  readonly loop: TimeRange | null;
  /** What is shown is whole up to here; earlier than the cursor where the recording has a hole. null: nothing is known. */
  readonly asOfMs: number | null;
  /** The pause in the recording that the cursor is in; null while it is in none. */
  readonly gap: TimeRange | null;
  /** Range of the recording as it is now. */
  readonly range: TimeRange;
  /** Speed that was reached over the last second of playing; differs from `speed` when reading cannot keep up. */
  readonly achievedSpeed: number | null;
}

/** Bounds of `speed`, either way. */
export const replaySpeeds = { least: 0.1, most: 1000 } as const;

/** One thing asked of the player; whatever is absent stays. Applied in the order of the fields. */
export interface ReplayCommand {
  readonly loop?: TimeRange | null;
  readonly seekMs?: number;
  /** Within `replaySpeeds`, either way. */
  readonly speed?: number;
  readonly isPlaying?: boolean;
}

/** Counts per bucket of a range, from `fromMs` on. */
export interface LogLanes extends TimeRange {
  readonly buckets: number;
  /** Share of each bucket that was recorded, 0…1. */
  readonly covered: readonly number[];
  /** Points fresh or late over points known, 0…1; null where nothing tells. */
  readonly fresh: readonly (number | null)[];
  /** Values dropped, and faults counted. */
  readonly drops: readonly number[];
  readonly faults: readonly number[];
  /** Alarms in force, most in the bucket, by place and priority; places with none are left out. */
  readonly alarms: readonly AlarmLane[];
  /** True once the alarms of the whole range are evaluated; until then `alarms` is of what was read so far. */
  readonly isComplete: boolean;
}

export const alarmPriorities = priorities;
export type AlarmPriority = Priority;

export interface AlarmLane {
  /** Id of a building, of a zone where it has none, or of the site. */
  readonly place: string;
  readonly priority: AlarmPriority;
  readonly count: readonly number[];
}

/** Something that happened, for the timeline: an event of the log, or an alarm that began. */
export interface TimelineEvent {
  readonly timeMs: number;
  /** An event code of docs/LOG-FORMAT.md §2, or `alarm`. */
  readonly code: string;
  /** Asset, broker or publisher it is about. */
  readonly about: string | null;
  readonly priority: AlarmPriority | null;
  /** Further facts, as the log has them. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface SeriesAsk extends TimeRange {
  readonly points: readonly {
    readonly className: ClassName;
    readonly row: number;
    readonly metric: string;
  }[];
  /** Buckets wanted: one for each pixel. */
  readonly maxPoints: number;
}

/** One point over a range: per bucket the least, greatest and last value; a bucket without a value is null, never zero. */
export interface Series {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
  /** Worst that was in the bucket: 0 good and fresh, 1 late or uncertain, 2 stale, 3 bad, 4 nothing known. */
  readonly doubt: readonly number[];
}

/** A bookmark, or with a `toMs` a note about a range. */
export interface Mark {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly text: string;
  /** When it was made, ms UTC. */
  readonly madeMs: number;
}

/** log: marks stand in the recording's own folder, beside it: in a folder of ours, since that one cannot be written. */
export interface Marks {
  readonly marks: readonly Mark[];
  readonly kept: "log" | "beside";
  /** What of the marks could not be read, and why; absent where all could. */
  readonly problems?: readonly Problem[];
}

export type MarkEdit =
  | { readonly add: { readonly fromMs: number; readonly toMs: number | null; readonly text: string } }
  | { readonly change: { readonly id: string; readonly text: string } }
  | { readonly remove: { readonly id: string } };

/** What to export; points as rows of one table, by time. */
export interface ExportAsk extends TimeRange {
  readonly format: "csv" | "parquet";
  readonly points: SeriesAsk["points"];
}

/** A part of an export: bytes as base64, until `isDone`. */
export interface ExportPart {
  readonly data: string;
  /** 0…1. */
  readonly progress: number;
  readonly isDone: boolean;
}
