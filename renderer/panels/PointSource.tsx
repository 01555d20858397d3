import { type FaultCode, faultCodes } from "#feed/contract/status.ts";
import { faultText } from "#renderer/i18n/faults.ts";
import { usePoint } from "#renderer/stores/points.ts";
import { noNumber } from "#renderer/ui/format.ts";
import { PointAge } from "#renderer/ui/PointValue.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteMoment, formatSpan } from "#renderer/ui/time.ts";
import { useAnswer } from "#renderer/ui/useAnswer.ts";
import type { MetricSpec } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Pair, Pairs, Section } from "./Section.tsx";

const isFaultCode = (code: string): code is FaultCode => (faultCodes as readonly string[]).includes(code);

/** Where one metric comes from: topic, publisher, period, times and what went wrong with it. */
export const PointSource = ({ asset, metric }: { asset: AssetRef; metric: MetricSpec }) => {
  const t = useT();
  const language = useLanguage();
  const { twin, feedMs } = useServices();
  const { utcOffsetMin } = twin.site;
  const { className, row } = asset;
  const point = usePoint(asset, metric.id);
  const { value, hasFailed } = useAnswer("point.detail", { className, row, metric: metric.id }, 2_000);
  const time = (ms: number | null): string =>
    ms === null ? noNumber : formatSiteMoment(language, ms, { nowMs: feedMs(), utcOffsetMin });
  const title = t("inspector.point");
  if (!value) {
    return (
      <Section title={title}>
        <p className="note">
          {t(hasFailed ? "explain.failed" : value === null ? "inspector.noPoint" : "explain.asking")}
        </p>
      </Section>
    );
  }
  // The point ages here, and stands while paused; the answer is only as new as the feed that gave it.
  const { quality, freshness, origin } = point ?? value;
  return (
    <Section title={title}>
      {hasFailed && <p className="note">{t("explain.failed")}</p>}
      <Pairs>
        <Pair name={t("inspector.trust")}>
          {t(`quality.${quality}`)} · {t(`freshness.${freshness}`)} · {t(`origin.${origin}`)}
        </Pair>
        <Pair name={t("inspector.age")}>
          <PointAge point={point} />
        </Pair>
        {metric.derived ? (
          <Pair name={t("inspector.topic")}>{t("inspector.derived")}</Pair>
        ) : (
          <>
            <Pair name={t("inspector.topic")}>{value.topic ? <code>{value.topic}</code> : noNumber}</Pair>
            <Pair name={t("inspector.publisher")}>{value.publisher ?? noNumber}</Pair>
            <Pair name={t("inspector.wire")}>{value.wire ?? noNumber}</Pair>
          </>
        )}
        <Pair name={t("inspector.period")}>
          {value.periodMs === null ? t("inspector.onChange") : formatSpan(t, value.periodMs)}
        </Pair>
        <Pair name={t("inspector.sampled")}>{time(value.sampleTimeMs)}</Pair>
        <Pair name={t("inspector.received")}>{time(value.receivedTimeMs)}</Pair>
        <Pair name={t("inspector.faults")}>
          {value.faults.length === 0 && t("inspector.noFaults")}
          {value.faults.map(({ code, count }) => (
            <span key={code} className="fault-count">
              {isFaultCode(code) ? faultText(language, code).name : code} <b>{count}</b>
            </span>
          ))}
        </Pair>
      </Pairs>
    </Section>
  );
};
