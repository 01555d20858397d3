import { type CSSProperties, useMemo } from "react";
import { legendColor } from "#renderer/data/colormap.ts";
import { fixedScales, type Scaled, type ScaleId } from "#renderer/data/scales.ts";
import type { Spread } from "#renderer/data/spread.ts";
import { digitsOf, roundStep, zoomedTicks } from "#renderer/data/zoomRange.ts";
import { toggleZoom, zoomIn } from "#renderer/stores/zoom.ts";
import { formatNumber } from "./format.ts";
import { Icon } from "./Icon.tsx";
import { needlePercent } from "./LegendReading.tsx";
import { gradientOf, Scale, SpreadBars } from "./Scale.tsx";
import { useServices, useView } from "./services.tsx";
import { useT } from "./text.ts";
import { useScale } from "./zoom.ts";

type Range = readonly [low: number, high: number];

/** A scale in the range in force, with where values lie in it; a zoomed one shows its place in the fixed one below. */
export const RangeScale = (props: {
  id: ScaleId;
  unit: string;
  /** Numbers under the bar while its range is the fixed one. */
  ticks?: number;
  needle: number | null | undefined;
  spread: Spread;
}) => {
  const { id, unit, ticks = 5, needle, spread } = props;
  const scaled = useScale(id);
  const gradient = useMemo(() => gradientOf(scaled), [scaled]);
  const isZoomed = useIsZoomed(id);
  const marks = isZoomed ? zoomedTicks(scaled.range) : ticks;
  const ends = useMemo(() => endColours(scaled), [scaled]);
  return (
    <div style={ends}>
      <Scale
        background={gradient}
        range={scaled.range}
        unit={unit}
        ticks={marks}
        needle={needle}
        ends={spread}
      >
        <SpreadBars spread={spread} />
      </Scale>
      {isZoomed && <ZoomRuler fixed={fixedScales[id].range} range={scaled.range} unit={unit} />}
      {isZoomed && <Beyond {...spread} />}
    </div>
  );
};

const endColours = (scaled: Scaled): CSSProperties => {
  const [low, high] = scaled.range.map((end) => `rgb(${legendColor(scaled, end).join(" ")})`);
  return { "--low-end": low, "--high-end": high } as CSSProperties;
};

const useIsZoomed = (id: ScaleId | undefined): boolean => useView(({ zoom }) => !!zoom && zoom.scale === id);

/** What `data-range` of a legend says: a zoomed one wears a frame. */
export const useRangeKind = (id: ScaleId): "fixed" | "zoomed" => (useIsZoomed(id) ? "zoomed" : "fixed");

/** Says which range is in force; pressed, it goes to the other one. Without a usable value there is none to go to. */
export const RangeSwitch = ({ id, isEmpty }: { id: ScaleId; isEmpty: boolean }) => {
  const t = useT();
  const { view, campus } = useServices();
  const isZoomed = useIsZoomed(id);
  return (
    <button
      type="button"
      className="range-switch"
      aria-pressed={isZoomed}
      disabled={isEmpty && !isZoomed}
      title={t(isZoomed ? "zoom.tipBack" : "zoom.tip")}
      onClick={() => toggleZoom(view, campus)}
    >
      <Icon name={isZoomed ? "zoomOut" : "zoomIn"} />
      {t(isZoomed ? "zoom.zoomed" : "legend.fixed")}
    </button>
  );
};

/** Both ranges in words, since a zoomed one must not be taken for the fixed one; absent while the fixed one is in force. */
export const RangeWords = ({ id, unit }: { id: ScaleId; unit: string }) => {
  const t = useT();
  const { view, campus } = useServices();
  const { range } = useScale(id);
  if (!useIsZoomed(id)) return null;
  const digits = digitsOf(roundStep(range));
  const [low, high] = range.map((end) => formatNumber(end, digits)) as [string, string];
  const [least, most] = fixedScales[id].range.map(plain) as [string, string];
  return (
    <p className="range-words">
      <b className="digits">{t("zoom.from", { low, high, unit }).trim()}</b>
      <span className="digits">{t("zoom.fixedFrom", { low: least, high: most, unit }).trim()}</span>
      <button
        type="button"
        className="range-fit"
        title={t("zoom.fitTip")}
        onClick={() => zoomIn(view, campus)}
      >
        {t("zoom.fit")}
      </button>
    </p>
  );
};

const plain = (value: number): string => String(Number(value.toFixed(2)));

/** The fixed range as a slim ruler, and on it the window that the bar above spreads out. Grey: colour means values. */
const ZoomRuler = ({ fixed, range, unit }: { fixed: Range; range: Range; unit: string }) => {
  const t = useT();
  const [from, to] = range.map((end) => needlePercent(end, fixed)) as [number, number];
  return (
    <div className="zoom-ruler" aria-hidden="true">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 0H100L${to} 10H${from}z`} />
      </svg>
      <div className="zoom-track">
        <span style={{ left: `${from}%`, width: `${to - from}%` }} />
      </div>
      <div className="zoom-ends">
        <span>{plain(fixed[0])}</span>
        <span>{t("legend.fixed")}</span>
        <span>
          {plain(fixed[1])}
          {unit && <span className="unit">{unit}</span>}
        </span>
      </div>
    </div>
  );
};

/** How many values lie beyond the ends, and have their colours. */
const Beyond = ({ below, above }: Pick<Spread, "below" | "above">) => {
  const t = useT();
  if (below + above === 0) return null;
  return (
    <p className="zoom-beyond">
      {below > 0 && <span>{t("zoom.below", { count: below })}</span>}
      {above > 0 && <span>{t("zoom.above", { count: above })}</span>}
    </p>
  );
};
