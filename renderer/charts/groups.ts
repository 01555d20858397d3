import type { Trends } from "#renderer/stores/trends.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";

/** A point that is drawn, and its place among those asked for. */
export interface Curve {
  readonly point: Trends["points"][number];
  readonly metric: MetricSpec;
  readonly index: number;
}

/** Curves that share their axes: of one unit, or a single one. */
export interface Group {
  readonly key: string;
  readonly unit: string;
  readonly curves: readonly Curve[];
}

/** Cuts the curves into groups, in the order of their first ones. States are no quantities: each has its own axes. */
export const groupsOf = ({ points, layout }: Pick<Trends, "points" | "layout">): readonly Group[] => {
  const groups = new Map<string, Curve[]>();
  points.forEach((point, index) => {
    const metric = classSpec(point.className).metrics.find(({ id }) => id === point.metric);
    if (!metric) return;
    const isAlone = layout === "each" || metric.kind === "state";
    const key = isAlone ? `${point.className} ${point.row} ${point.metric}` : metric.unit;
    const curves = groups.get(key) ?? [];
    groups.set(key, curves);
    curves.push({ point, metric, index });
  });
  return [...groups].map(([key, curves]) => ({ key, unit: curves[0]!.metric.unit, curves }));
};
