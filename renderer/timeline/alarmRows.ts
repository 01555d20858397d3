import { type AlarmLane, type AlarmPriority, alarmPriorities } from "#feed/contract/replay.ts";

/** One row of alarm density: a priority of one place, or of all places. */
export interface AlarmRow {
  /** null: all places together. */
  readonly place: string | null;
  readonly priority: AlarmPriority;
  /** Alarms in force, most in each bucket. */
  readonly count: readonly number[];
  /** The first row of its place: it has its name. */
  readonly isFirst: boolean;
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const sumOf = (lanes: readonly AlarmLane[]): readonly number[] =>
  lanes.reduce<number[]>((sums, { count }) => {
    for (const [i, each] of count.entries()) sums[i] = (sums[i] ?? 0) + each;
    return sums;
  }, []);

/** All places together: a row for each priority that has any. */
export const rowsByPriority = (lanes: readonly AlarmLane[]): readonly AlarmRow[] =>
  alarmPriorities
    .map((priority) => ({ priority, lanes: lanes.filter((lane) => lane.priority === priority) }))
    .filter((group) => group.lanes.length > 0)
    .map((group, i) => ({
      place: null,
      priority: group.priority,
      count: sumOf(group.lanes),
      isFirst: i === 0,
    }));

/** How much worse one place is than another: by its worst priority, then by how much of that there was. */
const worse = (a: readonly AlarmLane[], b: readonly AlarmLane[]): number => {
  for (const priority of alarmPriorities) {
    const [here, there] = [a, b].map((lanes) =>
      total(lanes.find((lane) => lane.priority === priority)?.count ?? []),
    );
    if (here !== there) return there! - here!;
  }
  return 0;
};

/** Place by place, the worst first, each with a row for every priority that it has. */
export const rowsByPlace = (lanes: readonly AlarmLane[]): readonly AlarmRow[] => {
  const places = Map.groupBy(lanes, ({ place }) => place);
  return [...places.entries()]
    .sort(([idA, a], [idB, b]) => worse(a, b) || idA.localeCompare(idB))
    .flatMap(([place, own]) =>
      alarmPriorities
        .map((priority) => own.find((lane) => lane.priority === priority))
        .filter((lane) => lane !== undefined)
        .map(({ priority, count }, i) => ({ place, priority, count, isFirst: i === 0 })),
    );
};

/** Most alarms in a bucket of any row, by priority: all rows of one priority are drawn to the same measure. At least 1. */
export const mostByPriority = (rows: readonly AlarmRow[]): Readonly<Record<AlarmPriority, number>> => {
  const most = { critical: 1, high: 1, medium: 1, low: 1 };
  for (const { priority, count } of rows)
    for (const each of count) most[priority] = Math.max(most[priority], each);
  return most;
};
