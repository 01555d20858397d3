import { heatmaps } from "#renderer/data/heatmaps.ts";
import { Trend } from "#renderer/panels/Trend.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";

/** Long enough to tell a step from a habit, short enough to be there soon after a start, ms. */
const windowMs = 180_000;

/** Was it always so: the last minutes of the selected rack, where no card beside the picture tells them. */
export const RackTrend = () => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const heatmap = heatmaps[useView((view) => view.heatmap)];
  const rack = useView(({ panels, selected }) =>
    panels === "few" && selected?.className === "rack" ? selected : null,
  );
  const metric = classSpec("rack").metrics[metricIndex("rack", heatmap.rack.metric)];
  if (!rack || !metric || heatmap.inherited) return null;
  const asset = twin.table("rack").nameOf(rack.row)[language];
  const titles = [
    t("subject.trend", { asset, name: metric.name[language] }),
    t("subject.trendNone"),
  ] as const;
  const ends = [t("subject.trendFrom"), t("subject.trendTo")] as const;
  return (
    <div className="rack-trend">
      <Trend asset={rack} metric={metric} windowMs={windowMs} titles={titles} ends={ends} />
    </div>
  );
};
