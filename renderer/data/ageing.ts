import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import { Freshness, freshnessFromAge, freshnessOf, withFreshness } from "#twins/model/quality.ts";
import type { WritableCampus } from "./campus.ts";
import { blockRows, type ClassState } from "./state.ts";

/**
 * Ages what is shown while nobody else does: freshness is the feed's judgement, and when the feed is gone
 * the last "fresh" must not pose as current. Only ever lowers trust; key frames restore it.
 *
 * Ages count from receipt against the metric's catalogue period. A publisher may have declared a longer one that
 * the renderer does not know: then a value turns stale early, which is the honest side to err on.
 */
export interface Ageing {
  /** Ages the next rows, about `rows` of them, as of `nowMs` (feed's clock). Returns the cells that changed. */
  step(nowMs: number, rows: number): number;
  /**
   * Makes everything ever seen stale at once, until the feed says otherwise. A new stream confirms what the feed knows;
   * what a restarted feed never saw would else keep its old "fresh" for ever.
   */
  expire(): void;
  /**
   * Makes everything stale, and marks it as of a source that is left: the present and a recording are two of them.
   * What the next one vouches for is overwritten by its frames.
   */
  disown(): void;
  /** Clears what is still marked: the source shown now knows nothing of it. */
  drop(): void;
}

/** Returns the cells that changed among rows [start, end). */
const ageRows = (state: ClassState, nowMs: number, range: readonly [number, number]): number => {
  const { metrics } = classSpec(state.className);
  const { status, receivedTimeMs, columns, dirtyBlocks } = state;
  let changed = 0;
  for (let column = 0; column < columns; column++) {
    const { periodMs } = metrics[column]!;
    for (let row = range[0]; row < range[1]; row++) {
      const cell = row * columns + column;
      const before = freshnessOf(status[cell]!);
      if (before === Freshness.never || before === Freshness.stale) continue;
      const after = freshnessFromAge(nowMs - receivedTimeMs[cell]!, periodMs);
      if (after <= before) continue;
      status[cell] = withFreshness(status[cell]!, after);
      dirtyBlocks[Math.floor(row / blockRows)] = 1;
      changed++;
    }
  }
  return changed;
};

/** Returns the cells that changed. */
const expireRows = (state: ClassState): number => {
  const { status, columns, dirtyBlocks } = state;
  let changed = 0;
  for (let cell = 0; cell < status.length; cell++) {
    const freshness = freshnessOf(status[cell]!);
    if (freshness === Freshness.never || freshness === Freshness.stale) continue;
    status[cell] = withFreshness(status[cell]!, Freshness.stale);
    dirtyBlocks[Math.floor(cell / columns / blockRows)] = 1;
    changed++;
  }
  return changed;
};

/** No origin of a value: marks what was disowned. */
const disowned = 7 << 4;
const originBits = 7 << 4;

const disownRows = ({ status, dirtyBlocks }: ClassState): void => {
  for (let cell = 0; cell < status.length; cell++) {
    const now = status[cell]!;
    if (now !== 0) status[cell] = withFreshness(now & ~originBits, Freshness.stale) | disowned;
  }
  dirtyBlocks.fill(1);
};

/** Returns the cells cleared. */
const dropRows = (state: ClassState): number => {
  const { status, value, sampleTimeMs, receivedTimeMs, columns, dirtyBlocks } = state;
  let dropped = 0;
  for (let cell = 0; cell < status.length; cell++) {
    if ((status[cell]! & originBits) !== disowned) continue;
    status[cell] = 0;
    value[cell] = Number.NaN;
    sampleTimeMs[cell] = 0;
    receivedTimeMs[cell] = 0;
    dirtyBlocks[Math.floor(cell / columns / blockRows)] = 1;
    dropped++;
  }
  return dropped;
};

/** Sweeps the tables round and round in bounded slices, so that no tick costs more on a larger campus. */
export const createAgeing = (campus: WritableCampus): Ageing => {
  const classes: readonly ClassName[] = classNames.filter(
    (name) => campus.of(name).rows > 0 && campus.of(name).columns > 0,
  );
  let at = 0;
  let row = 0;
  return {
    step: (nowMs, rows) => {
      let left = rows;
      let total = 0;
      for (let visited = 0; left > 0 && visited <= classes.length; visited++) {
        const className = classes[at];
        if (!className) break;
        const state = campus.of(className);
        const end = Math.min(state.rows, row + left);
        const changed = ageRows(state, nowMs, [row, end]);
        if (changed > 0) campus.changed(className);
        total += changed;
        left -= end - row;
        row = end;
        if (row < state.rows) break;
        row = 0;
        at = (at + 1) % classes.length;
      }
      return total;
    },
    disown: () => {
      for (const className of classes) {
        disownRows(campus.of(className));
        campus.changed(className);
      }
    },
    drop: () => {
      for (const className of classes) if (dropRows(campus.of(className)) > 0) campus.changed(className);
    },
    expire: () => {
      for (const className of classes) if (expireRows(campus.of(className)) > 0) campus.changed(className);
    },
  };
};
