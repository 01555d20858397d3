import { createStore } from "zustand/vanilla";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** One point that is drawn. */
export interface TrendPoint {
  readonly className: ClassName;
  readonly row: number;
  readonly metric: string;
  /** Which look its curve has, 0…7; kept while it is drawn, whatever becomes of the others. */
  readonly slot: number;
}

export interface Trends {
  /** In the order they were added; at most `mostTrends`. */
  readonly points: readonly TrendPoint[];
  readonly isOpen: boolean;
  /** unit: points of one unit share their axes. each: every point has its own. */
  readonly layout: "unit" | "each";
  /** auto: as far as the values in sight reach. range: the metric's own range, always. */
  readonly scale: "auto" | "range";
  /** An asset or a point is being dragged: where it may be dropped is shown. */
  readonly isDragging: boolean;
}

/** More curves than this nobody tells apart. */
export const mostTrends = 8;

export const createTrendsStore = () =>
  createStore<Trends>(() => ({
    points: [],
    isOpen: false,
    layout: "unit",
    scale: "auto",
    isDragging: false,
  }));

export type TrendsStore = ReturnType<typeof createTrendsStore>;

type Point = Omit<TrendPoint, "slot">;

export const isSamePoint = (a: Point, b: Point): boolean =>
  a.className === b.className && a.row === b.row && a.metric === b.metric;

/** Draws a point, and shows where. With as many as there may be, the first that was added makes room. */
export const addTrend = (store: TrendsStore, point: Point): void =>
  store.setState(({ points }) => {
    if (points.some((each) => isSamePoint(each, point))) return { isOpen: true };
    const kept = points.length < mostTrends ? points : points.slice(1);
    const slot = Array.from({ length: mostTrends }, (_, i) => i).find((i) =>
      kept.every((each) => each.slot !== i),
    )!;
    const { className, row, metric } = point;
    return { points: [...kept, { className, row, metric, slot }], isOpen: true };
  });

export const removeTrend = (store: TrendsStore, point: Point): void =>
  store.setState(({ points }) => ({ points: points.filter((each) => !isSamePoint(each, point)) }));

/** Puts other rows in place of those drawn, as in another expansion of the twin; null: the asset is gone. */
export const renameTrends = (store: TrendsStore, rename: (ref: AssetRef) => AssetRef | null): void =>
  store.setState(({ points }) => ({
    points: points.flatMap((point) => {
      const found = rename(point);
      return found ? [{ ...point, className: found.className, row: found.row }] : [];
    }),
  }));

export const setDragging = (store: TrendsStore, isDragging: boolean): void => store.setState({ isDragging });
