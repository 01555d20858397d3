import { useRef } from "react";
import { removeTrend } from "#renderer/stores/trends.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { nameOf } from "#renderer/ui/assets.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { formatSiteClock } from "#renderer/ui/time.ts";
import type { Curve, Group } from "./groups.ts";
import { lookOf } from "./looks.ts";
import type { TrendFeed } from "./trendFeed.ts";
import { newestMs, readCurve, readMoment, readoutText, useReadings, useWords } from "./useReading.ts";

/** Which curve is which, and what each says of the moment read. Values are written, not rendered. */
export const Legend = ({ groups, feed }: { groups: readonly Group[]; feed: TrendFeed }) => {
  const t = useT();
  return (
    <div className="trends-legend">
      <Moment feed={feed} />
      <ul aria-label={t("trends.legend")}>
        {groups.flatMap(({ curves }) =>
          curves.map((curve) => (
            <Line
              key={`${curve.point.className} ${curve.point.row} ${curve.metric.id}`}
              curve={curve}
              feed={feed}
            />
          )),
        )}
      </ul>
      <p className="trends-key">{t("trends.key")}</p>
    </div>
  );
};

/** Which moment is read. */
const Moment = ({ feed }: { feed: TrendFeed }) => {
  const services = useServices();
  const { t, language, offsetMin } = useWords();
  const ref = useRef<HTMLParagraphElement>(null);
  useReadings(feed, () => {
    const moment = readMoment(services);
    const timeMs = moment ?? newestMs(feed);
    const time = timeMs === null ? t("trends.none") : formatSiteClock(language, timeMs, offsetMin);
    if (ref.current) ref.current.textContent = t(moment === null ? "trends.now" : "trends.at", { time });
  });
  return <p ref={ref} className="trends-moment" />;
};

const Line = ({ curve, feed }: { curve: Curve; feed: TrendFeed }) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  const words = useWords();
  const services = useServices();
  const { twin, view, trends } = services;
  const { point, metric, index } = curve;
  const value = useRef<HTMLElement>(null);
  const span = useRef<HTMLSpanElement>(null);
  const doubt = useRef<HTMLSpanElement>(null);
  useReadings(feed, () => {
    const readout = readCurve(feed, index, readMoment(services));
    const text = readoutText(readout, metric, words);
    if (value.current) {
      value.current.textContent = text.value;
      value.current.dataset["held"] = String(readout?.held !== null && readout?.held !== undefined);
    }
    if (span.current) span.current.textContent = text.span;
    if (doubt.current) {
      doubt.current.textContent = text.doubt;
      doubt.current.hidden = text.doubt === "";
    }
  });
  const name = local(nameOf(twin, point));
  return (
    <li className="trends-line">
      <Swatch slot={point.slot} />
      <button type="button" className="trends-name" onClick={() => flyTo(view, point)}>
        <span>{name}</span> <span className="dim">{metric.name[language]}</span>
      </button>
      <b ref={value} />
      <button
        type="button"
        className="icon-button"
        aria-label={t("trends.remove", { name: `${name} ${metric.name[language]}` })}
        title={t("trends.remove", { name: metric.name[language] })}
        onClick={() => removeTrend(trends, point)}
      >
        <Icon name="close" size={12} />
      </button>
      <span className="trends-more">
        <span ref={span} className="dim" />
        <span ref={doubt} className="mark" hidden />
      </span>
    </li>
  );
};

/** A piece of the curve's line, in its colour and stroke. */
const Swatch = ({ slot }: { slot: number }) => {
  const { color, dash } = lookOf(slot);
  return (
    <svg className="trends-swatch" width="26" height="10" viewBox="0 0 26 10" aria-hidden="true">
      <path d="M1 5h24" stroke={color} strokeWidth="2.5" strokeDasharray={dash.join(" ")} />
    </svg>
  );
};
