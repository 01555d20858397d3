import { type CSSProperties, type ReactNode, useMemo } from "react";
import type { ScaleId } from "#renderer/data/scales.ts";
import type { ViewState } from "#renderer/stores/view.ts";
import { nameOf } from "./assets.ts";
import { useFeedSecond, useSiteSecond } from "./clock.ts";
import { doubtSwatches } from "./doubtSwatches.ts";
import { unitName } from "./format.ts";
import { LegendReading, useHeatmapReading } from "./LegendReading.tsx";
import { colouredMs } from "./outage.ts";
import { RangeScale, RangeSwitch, RangeWords, useRangeKind } from "./RangeScale.tsx";
import { SpreadText } from "./Scale.tsx";
import { useScaleSpread } from "./scaleSpread.ts";
import { useFeed, useServices, useView } from "./services.tsx";
import { useLanguage, useLocal, useT } from "./text.ts";
import { formatSiteMoment } from "./time.ts";
import { useScale } from "./zoom.ts";

/** Digits after the point of what a legend says in words. */
const decimals = { load: 1, power: 2, inletTemperature: 1, pue: 3 } as const;

const doubts = ["stale", "bad", "never"] as const;

/** The selected rack tells its value beside itself, in a picture with few panels: not twice. */
const wearsTag = ({ panels, level, hovered, selected }: ViewState): boolean =>
  panels === "few" &&
  hovered === null &&
  selected?.className === "rack" &&
  (level === "rack" || level === "room");

/** Palette, range, unit, time, source, where values lie now, and the marks of doubt. Never hidden while data is coloured. */
export const Legend = ({ hasReading = false }: { hasReading?: boolean }) => {
  const t = useT();
  const language = useLanguage();
  const heatmap = useScale(useView((state) => state.heatmap));
  const reading = useHeatmapReading();
  const isWorn = useView(wearsTag);
  const local = useLocal();
  const { twin } = useServices();
  const inside = useView((view) => view.inside);
  const whose = inside ? t("legend.nowIn", { name: local(nameOf(twin, inside)) }) : t("legend.nowHalls");
  const digits = decimals[heatmap.id];
  const spread = useScaleSpread(heatmap.id, 10 ** -digits);
  const unit = unitName(heatmap.unit, language);
  return (
    <div className="legend" data-range={useRangeKind(heatmap.id)}>
      <LegendHead
        title={t(`heatmap.legend.${heatmap.id}`)}
        scale={{ id: heatmap.id, isEmpty: spread.count === 0 }}
      />
      <RangeWords id={heatmap.id} unit={unit} />
      <RangeScale
        id={heatmap.id}
        unit={unit}
        needle={hasReading ? reading.point?.value : null}
        spread={spread}
      />
      {hasReading && (
        <div className="legend-line">
          <SpreadText spread={spread} decimals={digits} unit={unit} of={whose} />
          {!isWorn && <LegendReading {...reading} />}
        </div>
      )}
      <LegendMarks isInherited={heatmap.inherited} />
      {heatmap.inherited && <p className="legend-note">{t("heatmap.inherited")}</p>}
    </div>
  );
};

/** What a legend is of, which range is in force, and where and when its values come from. `scale` where it can be zoomed. */
export const LegendHead = (props: {
  title: string;
  scale?: { readonly id: ScaleId; readonly isEmpty: boolean };
  children?: ReactNode;
}) => (
  <div className="legend-head">
    <h2>
      {props.title}
      {props.children}
    </h2>
    <LegendSource {...(props.scale && { scale: props.scale })} />
  </div>
);

const LegendSource = ({ scale }: Pick<Parameters<typeof LegendHead>[0], "scale">) => {
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
      {scale ? <RangeSwitch {...scale} /> : <span>{t("legend.fixed")}</span>}
      {kind && <span>{t(`source.kind.${kind}`)}</span>}
      {timeMs !== null && (
        <time dateTime={new Date(timeMs).toISOString()}>
          {formatSiteMoment(language, timeMs, { nowMs: siteMs, utcOffsetMin })}
        </time>
      )}
    </span>
  );
};

/** How doubt looks in the scene, and a simulated value. */
export const LegendMarks = ({ isInherited = false }: { isInherited?: boolean }) => {
  const t = useT();
  const isSimulated = useFeed((feed) => feed.status?.simulated ?? false);
  const heatmap = useScale(useView((state) => state.heatmap));
  const swatches = useMemo(() => doubtSwatches(heatmap), [heatmap]);
  return (
    <ul className="legend-marks">
      {doubts.map((doubt) => (
        <li key={doubt} style={{ "--swatch": swatches[doubt] } as CSSProperties}>
          {t(`legend.${doubt}`)}
        </li>
      ))}
      {isSimulated && <li data-swatch="simulated">{t("legend.simulated")}</li>}
      {isInherited && <li data-swatch="inherited">{t("legend.inherited")}</li>}
    </ul>
  );
};
