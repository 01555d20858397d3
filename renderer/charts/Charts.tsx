import { type DragEvent, useMemo } from "react";
import { heatmaps } from "#renderer/data/heatmaps.ts";
import { addTrend, setDragging } from "#renderer/stores/trends.ts";
import { droppedOf, isDragOfOurs } from "#renderer/ui/assetDrag.ts";
import { type PanelServices, useServices, useTrends } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import { groupsOf } from "./groups.ts";
import { Legend } from "./Legend.tsx";
import { Plots } from "./Plots.tsx";
import { TrendHead } from "./TrendHead.tsx";
import { useTrendFeed } from "./useTrendFeed.ts";

/** Curves of chosen points over the stretch of time that the timeline shows; where to drop one, while one is dragged. */
export const Charts = () => {
  const isOpen = useTrends((trends) => trends.isOpen);
  const isDragging = useTrends((trends) => trends.isDragging);
  if (isOpen) return <TrendPanel />;
  return isDragging ? <DropPlace /> : null;
};

/** Draws what was dropped: a point, or of an asset the point that the heat map shows, else its first. */
const drop = (event: DragEvent, { trends, view, twin }: PanelServices): void => {
  setDragging(trends, false);
  const dropped = droppedOf(event);
  if (!dropped || dropped.row >= twin.table(dropped.className).count) return;
  event.preventDefault();
  const { metrics } = classSpec(dropped.className);
  const heatmap = heatmaps[view.getState().heatmap];
  const shown = [heatmap.rack.metric, heatmap.room];
  const metric = dropped.metric
    ? metrics.find(({ id }) => id === dropped.metric)
    : (metrics.find(({ id }) => shown.includes(id)) ?? metrics[0]);
  if (metric) addTrend(trends, { ...dropped, metric: metric.id });
};

const useDrop = () => {
  const services = useServices();
  return {
    onDragOver: (event: DragEvent): void => {
      if (!isDragOfOurs(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop: (event: DragEvent): void => drop(event, services),
  };
};

const DropPlace = () => {
  const t = useT();
  return (
    <div className="glass trends-drop" {...useDrop()}>
      {t("trends.drop")}
    </div>
  );
};

const TrendPanel = () => {
  const t = useT();
  const points = useTrends((trends) => trends.points);
  const layout = useTrends((trends) => trends.layout);
  const isDragging = useTrends((trends) => trends.isDragging);
  const groups = useMemo(() => groupsOf({ points, layout }), [points, layout]);
  const feed = useTrendFeed();
  return (
    <section
      className="glass trends"
      aria-label={t("trends.title")}
      data-dragging={isDragging || undefined}
      {...useDrop()}
    >
      <TrendHead feed={feed} />
      {groups.length === 0 ? (
        <div className="trends-empty">
          <p>{t("trends.empty")}</p>
          <p className="dim">{t("trends.emptyTip")}</p>
        </div>
      ) : (
        <div className="trends-body">
          <Plots groups={groups} feed={feed} />
          <Legend groups={groups} feed={feed} />
        </div>
      )}
    </section>
  );
};
