import { useMemo } from "react";
import { legendColor } from "#renderer/data/colormap.ts";
import { type Heatmap, heatmaps } from "#renderer/data/heatmaps.ts";
import { useFeedSecond, useSiteSecond } from "./clock.ts";
import { unitName } from "./format.ts";
import { LegendReading, needlePercent, useHeatmapReading } from "./LegendReading.tsx";
import { colouredMs } from "./outage.ts";
import { useFeed, useServices, useView } from "./services.tsx";
import { useLanguage, useT } from "./text.ts";
import { formatSiteMoment } from "./time.ts";

const tickCount = 5;

/** Enough stops that a gradient between them is nowhere off by more than the rounding of its ends. */
const stopCount = 65;

/** The palette as a CSS gradient, from the same function that colours the pixels. */
const gradientOf = (heatmap: Heatmap): string => {
  const [low, high] = heatmap.range;
  const stops = Array.from({ length: stopCount }, (_, i) => {
    const [r, g, b] = legendColor(heatmap, low + ((high - low) * i) / (stopCount - 1));
    return `rgb(${r} ${g} ${b})`;
  });
  return `linear-gradient(to right, ${stops.join(",")})`;
};

const ticksOf = ([low, high]: readonly [number, number]): readonly number[] =>
  Array.from({ length: tickCount }, (_, i) => low + ((high - low) * i) / (tickCount - 1));

const tickText = (value: number, range: readonly [number, number]): string =>
  (range[1] - range[0]) / (tickCount - 1) < 1 ? value.toFixed(2) : String(Number(value.toFixed(1)));

/** Palette, range, unit, time, source and the marks of doubt. Never hidden while data is coloured. */
export const Legend = ({ hasReading = false }: { hasReading?: boolean }) => {
  const t = useT();
  const language = useLanguage();
  const heatmap = heatmaps[useView((state) => state.heatmap)];
  const gradient = useMemo(() => gradientOf(heatmap), [heatmap]);
  const reading = useHeatmapReading();
  const unit = unitName(heatmap.unit, language);
  const [low, high] = heatmap.range;
  const bounds = {
    low: tickText(low, heatmap.range),
    high: `${tickText(high, heatmap.range)} ${unit}`.trim(),
  };
  return (
    <div className="legend">
      <div className="legend-head">
        <h2>{t(`heatmap.legend.${heatmap.id}`)}</h2>
        <LegendSource />
      </div>
      <div
        className="legend-bar"
        role="img"
        aria-label={t("legend.range", bounds)}
        style={{ backgroundImage: gradient }}
      >
        {hasReading && reading.point !== undefined && reading.point.value !== null && (
          <span
            className="legend-needle"
            style={{ left: `${needlePercent(reading.point.value, heatmap.range)}%` }}
          />
        )}
      </div>
      <div className="legend-ticks" aria-hidden="true">
        {ticksOf(heatmap.range).map((value, index) => (
          <span key={value}>
            {tickText(value, heatmap.range)}
            {index === tickCount - 1 && unit && <span className="unit">{unit}</span>}
          </span>
        ))}
      </div>
      {hasReading && <LegendReading {...reading} />}
      <Marks isInherited={heatmap.inherited} />
      {heatmap.inherited && <p className="legend-note">{t("heatmap.inherited")}</p>}
    </div>
  );
};

const LegendSource = () => {
  const t = useT();
  const language = useLanguage();
  const { utcOffsetMin } = useServices().twin.site;
  const siteMs = useSiteSecond();
  const feedMs = useFeedSecond();
  const facts = useFeed((feed) => feed);
  const kind = facts.status?.source.kind;
  const timeMs = colouredMs(facts, { siteMs, feedMs });
  return (
    <span className="legend-source">
      <span>{t("legend.fixed")}</span>
      {kind && <span>{t(`source.kind.${kind}`)}</span>}
      {timeMs !== null && (
        <time dateTime={new Date(timeMs).toISOString()}>
          {formatSiteMoment(language, timeMs, { nowMs: siteMs, utcOffsetMin })}
        </time>
      )}
    </span>
  );
};

const Marks = ({ isInherited }: { isInherited: boolean }) => {
  const t = useT();
  const isSimulated = useFeed((feed) => feed.status?.simulated ?? false);
  return (
    <ul className="legend-marks">
      <li data-swatch="stale">{t("legend.stale")}</li>
      <li data-swatch="bad">{t("legend.bad")}</li>
      <li data-swatch="never">{t("legend.never")}</li>
      {isSimulated && <li data-swatch="simulated">{t("legend.simulated")}</li>}
      {isInherited && <li data-swatch="inherited">{t("legend.inherited")}</li>}
    </ul>
  );
};
