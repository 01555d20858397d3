import type { History } from "#feed/contract/bridge.ts";
import { heatmaps } from "#renderer/data/heatmaps.ts";
import { Section } from "#renderer/panels/Section.tsx";
import { useHistory } from "#renderer/panels/Trend.tsx";
import { formatQuantity, joinQuantity } from "#renderer/ui/format.ts";
import { placedName } from "#renderer/ui/placedName.ts";
import { Sparkline } from "#renderer/ui/Sparkline.tsx";
import { useServices, useView } from "#renderer/ui/services.tsx";
import { sparkRange } from "#renderer/ui/sparkPath.ts";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { axisOf, decimalsOf, sinceMs } from "./trendAxis.ts";

/** Long enough to tell a step from a habit, short enough to be there soon after a start, minutes. */
const minutes = 3;
const ticks = [3, 2, 1, 0] as const;

/** Was it always so: the last minutes of the selected rack, where no card beside the picture tells them. */
export const RackTrend = () => {
  const heatmap = heatmaps[useView((view) => view.heatmap)];
  const rack = useView(({ panels, selected }) =>
    panels === "few" && selected?.className === "rack" ? selected : null,
  );
  const metric = classSpec("rack").metrics[metricIndex("rack", heatmap.rack.metric)];
  if (!rack || !metric || heatmap.inherited) return null;
  return <LastMinutes rack={rack} metric={metric} />;
};

const LastMinutes = ({ rack, metric }: { rack: AssetRef; metric: MetricSpec }) => {
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const history = useHistory(rack, metric, minutes * 60_000);
  const asset = placedName(twin, rack, language);
  const isKnown = history?.last.some((value) => value !== null) ?? false;
  return (
    <div className="rack-trend">
      <Section
        title={t("subject.trend", { asset, name: metric.name[language] })}
        mark={<span className="note">{t("subject.trendAxis")}</span>}
      >
        {history && isKnown ? (
          <Curve history={history} metric={metric} />
        ) : (
          <p className="note">{history ? t("subject.trendNone") : t("explain.asking")}</p>
        )}
      </Section>
    </div>
  );
};

/** The curve between its axes. Times are told from now back, for the feed's clock is another than the picture's. */
const Curve = ({ history, metric }: { history: History; metric: MetricSpec }) => {
  const t = useT();
  const language = useLanguage();
  const range = metric.kind === "analog" ? metric.range : null;
  const [low, high] = sparkRange(history, range);
  const values = axisOf([low, high]);
  const since = sinceMs(history);
  // Whole buckets reach a little beyond the minutes asked for.
  const coveredMs = history.stepMs * history.last.length;
  const share = (agoMs: number): string => `${100 * (1 - agoMs / coveredMs)}%`;
  const text = (value: number): string => {
    const resolution = 10 ** -decimalsOf(values);
    return joinQuantity(formatQuantity(value, metric.unit, { language, resolution }));
  };
  return (
    <div className="trend-axes">
      <div className="trend-plot">
        <Sparkline history={history} range={range} />
        {values.map((value) => (
          <span
            key={value}
            className="trend-line"
            style={{ top: `${(1 - (value - low) / (high - low)) * 100}%` }}
          >
            <span className="digits">{text(value)}</span>
          </span>
        ))}
        {since !== null && (
          <span className="trend-empty" style={{ width: share(since) }}>
            {t("subject.trendBefore", { n: Math.round(since / 1000) })}
          </span>
        )}
      </div>
      <p className="trend-times">
        {ticks.map((n) => (
          <span key={n} style={{ left: share(n * 60_000) }}>
            {n === 0 ? t("subject.trendNow") : t("subject.trendAgo", { n })}
          </span>
        ))}
      </p>
    </div>
  );
};
