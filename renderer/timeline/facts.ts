import {
  type AlarmPriority,
  alarmPriorities,
  type LogLanes,
  type Mark,
  type TimelineEvent,
  type TimeRange,
} from "#feed/contract/replay.ts";
import { type LaneData, pausesOf } from "./model.ts";

/** What is known of a moment, for the words at the pointer. */
export interface Facts {
  /** The pause in the recording that the moment is in. */
  readonly pause: TimeRange | null;
  readonly isBeyond: boolean;
  /** Of the bucket: null where nothing tells. */
  readonly fresh: number | null;
  readonly drops: number;
  readonly faults: number;
  readonly alarms: readonly {
    readonly priority: AlarmPriority;
    readonly count: number;
    readonly places: readonly string[];
  }[];
  readonly events: readonly TimelineEvent[];
  /** Events nearby that are not listed. */
  readonly moreEvents: number;
  readonly marks: readonly Mark[];
}

const mostListed = 3;

const bucketAt = ({ fromMs, toMs, buckets }: LogLanes, timeMs: number): number =>
  Math.floor(((timeMs - fromMs) / (toMs - fromMs)) * buckets);

const alarmsAt = (lanes: LogLanes, bucket: number): Facts["alarms"] =>
  alarmPriorities
    .map((priority) => {
      const on = lanes.alarms.filter((lane) => lane.priority === priority && (lane.count[bucket] ?? 0) > 0);
      return {
        priority,
        count: on.reduce((sum, { count }) => sum + (count[bucket] ?? 0), 0),
        places: on.map(({ place }) => place),
      };
    })
    .filter(({ count }) => count > 0);

/**
 * What the lanes say about a moment.
 * @param reachMs how far from it an event or a bookmark still counts: a few pixels
 */
export const factsAt = (
  { overview, lanes, events, marks }: LaneData,
  timeMs: number,
  reachMs: number,
): Facts => {
  const bucket = lanes ? bucketAt(lanes, timeMs) : -1;
  const near = events.filter((event) => Math.abs(event.timeMs - timeMs) <= reachMs);
  const isIn = ({ fromMs, toMs }: TimeRange) => timeMs > fromMs && timeMs < toMs;
  return {
    pause: pausesOf(overview).find(isIn) ?? null,
    isBeyond: timeMs < overview.fromMs || timeMs > overview.toMs,
    fresh: lanes?.fresh[bucket] ?? null,
    drops: lanes?.drops[bucket] ?? 0,
    faults: lanes?.faults[bucket] ?? 0,
    alarms: lanes ? alarmsAt(lanes, bucket) : [],
    events: near.slice(0, mostListed),
    moreEvents: Math.max(0, near.length - mostListed),
    marks: marks
      .filter((mark) =>
        mark.toMs === null
          ? Math.abs(mark.fromMs - timeMs) <= reachMs
          : timeMs >= mark.fromMs - reachMs && timeMs <= mark.toMs + reachMs,
      )
      .slice(0, mostListed),
  };
};
