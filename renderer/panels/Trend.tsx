import { useEffect, useState } from "react";
import type { History } from "#feed/contract/bridge.ts";
import { formatQuantity, joinQuantity } from "#renderer/ui/format.ts";
import { Sparkline } from "#renderer/ui/Sparkline.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteTime } from "#renderer/ui/time.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Section } from "./Section.tsx";

const usualMs = 600_000;
const buckets = 120;
const everyMs = 5_000;

/** Asks for the last minutes again and again while shown; the last answer stays when the feed is gone. */
export const useHistory = (asset: AssetRef, metric: MetricSpec, windowMs = usualMs): History | undefined => {
  const { bridge, readMs } = useServices();
  const { className, row } = asset;
  const [history, setHistory] = useState<History>();
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    setHistory(undefined);
    const ask = async (): Promise<void> => {
      const toMs = readMs();
      try {
        const answer = await bridge.request(
          "point.history",
          { className, row, metric: metric.id, fromMs: toMs - windowMs, toMs, maxPoints: buckets },
          abort.signal,
        );
        if (!abort.signal.aborted) setHistory(answer);
      } catch {
        // The outage banner and the point's age already say that the feed is silent.
      }
      if (!abort.signal.aborted) timer = setTimeout(ask, everyMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [bridge, readMs, className, row, metric, windowMs]);
  return history;
};

const numbers = (values: readonly (number | null)[]): number[] =>
  values.filter((value): value is number => value !== null);

/** The last minutes of one metric: the band between minimum and maximum, gaps left open. */
export const Trend = ({ asset, metric }: { asset: AssetRef; metric: MetricSpec }) => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const history = useHistory(asset, metric);
  const lows = history ? numbers(history.min) : [];
  const text = (value: number): string =>
    joinQuantity(formatQuantity(value, metric.unit, { language, resolution: metric.resolution }));
  return (
    <Section title={t("inspector.trend", { name: metric.name[language] })}>
      {history && lows.length > 0 ? (
        <>
          <Sparkline history={history} range={metric.kind === "analog" ? metric.range : null} />
          <p className="trend-foot">
            <span>{formatSiteTime(history.fromMs, utcOffsetMin)}</span>
            <span>
              {t("inspector.trendRange", {
                min: text(Math.min(...lows)),
                max: text(Math.max(...numbers(history.max))),
              })}
            </span>
            <span>{formatSiteTime(history.fromMs + history.stepMs * history.min.length, utcOffsetMin)}</span>
          </p>
        </>
      ) : (
        <p className="note">{history ? t("inspector.trendFlat") : t("explain.asking")}</p>
      )}
    </Section>
  );
};
