import { useMemo } from "react";
import { legendColor } from "#renderer/data/colormap.ts";
import { type Heatmap, type HeatmapId, heatmapIds, heatmaps } from "#renderer/data/heatmaps.ts";
import { useSiteSecond } from "#renderer/ui/clock.ts";
import { unitName } from "#renderer/ui/format.ts";
import { useFeed, useServices, useView } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatSiteTime } from "#renderer/ui/time.ts";

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

/** What is shown by colour, which colours, and how doubt looks. */
export const MapCard = () => (
  <section className="glass map-card">
    <HeatmapSwitch />
    <Legend />
  </section>
);

/** Chooses the heat map; keys 1 to 4 do the same. */
const HeatmapSwitch = () => {
  const t = useT();
  const { view } = useServices();
  const shown = useView((state) => state.heatmap);
  return (
    <fieldset className="segments" aria-label={t("heatmap.group")}>
      {heatmapIds.map((id: HeatmapId, index) => (
        <button
          key={id}
          type="button"
          aria-pressed={shown === id}
          title={t("heatmap.tip", { name: t(`heatmap.${id}`), key: index + 1 })}
          onClick={() => view.setState({ heatmap: id })}
        >
          {t(`heatmap.${id}`)}
        </button>
      ))}
    </fieldset>
  );
};

/** Palette, range, unit, time, source and the marks of doubt. Never hidden while data is coloured. */
export const Legend = () => {
  const t = useT();
  const language = useLanguage();
  const heatmap = heatmaps[useView((state) => state.heatmap)];
  const gradient = useMemo(() => gradientOf(heatmap), [heatmap]);
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
      />
      <div className="legend-ticks" aria-hidden="true">
        {ticksOf(heatmap.range).map((value, index) => (
          <span key={value}>
            {tickText(value, heatmap.range)}
            {index === tickCount - 1 && unit && <span className="unit">{unit}</span>}
          </span>
        ))}
      </div>
      <Marks isInherited={heatmap.inherited} />
      {heatmap.inherited && <p className="legend-note">{t("heatmap.inherited")}</p>}
    </div>
  );
};

const LegendSource = () => {
  const t = useT();
  const { utcOffsetMin } = useServices().twin.site;
  const timeMs = useSiteSecond();
  const kind = useFeed((feed) => feed.status?.source.kind);
  return (
    <span className="legend-source">
      <span>{t("legend.fixed")}</span>
      {kind && <span>{t(`source.kind.${kind}`)}</span>}
      <time dateTime={new Date(timeMs).toISOString()}>{formatSiteTime(timeMs, utcOffsetMin)}</time>
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
