import { type ReactNode, useCallback, useMemo } from "react";
import { legendColor } from "#renderer/data/colormap.ts";
import type { Scaled } from "#renderer/data/scales.ts";
import { type Spread, sameSpread, spreadBins } from "#renderer/data/spread.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { digitsOf, roundStep } from "#renderer/data/zoomRange.ts";
import { useSample } from "#renderer/stores/points.ts";
import { formatNumber } from "./format.ts";
import { needlePercent } from "./LegendReading.tsx";
import { useT } from "./text.ts";

/** Enough stops that a gradient between them is nowhere off by more than the rounding of its ends. */
const stopCount = 65;

/** The palette as a CSS gradient, from the same function that colours the pixels. */
export const gradientOf = (scaled: Scaled): string => {
  const [low, high] = scaled.range;
  const stops = Array.from({ length: stopCount }, (_, i) => {
    const [r, g, b] = legendColor(scaled, low + ((high - low) * i) / (stopCount - 1));
    return `rgb(${r} ${g} ${b})`;
  });
  return `linear-gradient(to right, ${stops.join(",")})`;
};

/** At most six ticks, at the ends and at equal steps between them. */
const ticksOf = ([low, high]: readonly [number, number], count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

const tickText = (value: number, range: readonly [number, number], count: number): string =>
  (range[1] - range[0]) / (count - 1) < 1 ? value.toFixed(2) : String(Number(value.toFixed(2)));

/** The numbers under a bar, each with its text: so many at equal steps, or those that are given. */
const numbersOf = (range: readonly [number, number], ticks: number | readonly number[]) => {
  if (typeof ticks === "number")
    return ticksOf(range, ticks).map((value) => ({ value, text: tickText(value, range, ticks) }));
  const digits = digitsOf(roundStep(range));
  return ticks.map((value) => ({ value, text: value.toFixed(digits) }));
};

/** A range in colour: bar, ticks and unit; over it where the values of now lie, in it the one that is read. */
export const Scale = (props: {
  background: string;
  range: readonly [number, number];
  unit: string;
  /** How many numbers stand under it, or which. */
  ticks?: number | readonly number[];
  needle?: number | null | undefined;
  /** Lowest and highest of now have a tick each. */
  ends?: Pick<Spread, "count" | "low" | "high">;
  children?: ReactNode;
}) => {
  const { background, range, unit, ticks = 5, needle, ends, children } = props;
  const t = useT();
  const numbers = numbersOf(range, ticks);
  const bounds = { low: numbers[0]!.text, high: `${numbers.at(-1)!.text} ${unit}`.trim() };
  return (
    <>
      {children}
      <div
        className="legend-bar"
        role="img"
        aria-label={t("legend.range", bounds)}
        style={{ backgroundImage: background }}
      >
        {ends && ends.count > 0 && (
          <>
            <span className="legend-end" style={{ left: `${needlePercent(ends.low, range)}%` }} />
            <span className="legend-end" style={{ left: `${needlePercent(ends.high, range)}%` }} />
          </>
        )}
        {needle !== undefined && needle !== null && (
          <span className="legend-needle" style={{ left: `${needlePercent(needle, range)}%` }} />
        )}
      </div>
      {ends && ends.count > 0 && <EndsInWords {...ends} />}
      <div className="legend-ticks" aria-hidden="true">
        {numbers.map(({ value, text }, index) => (
          <span key={value} style={{ left: `${needlePercent(value, range)}%` }}>
            {text}
            {index === numbers.length - 1 && unit && <span className="unit">{unit}</span>}
          </span>
        ))}
      </div>
    </>
  );
};

/** Where the lowest and the highest value of now stand, for who does not see the bar. */
const EndsInWords = ({ low, high }: Pick<Spread, "low" | "high">) => {
  const t = useT();
  const told = { low: String(Number(low.toFixed(3))), high: String(Number(high.toFixed(3))) };
  return <span className="sr-only">{t("legend.ends", told)}</span>;
};

const tall = 14;

const pathOf = ({ bins }: Spread): string =>
  bins
    .map((height, i) => (height > 0 ? `M${i + 0.08} ${tall}v${-(height / 8) * tall}h.84V${tall}z` : ""))
    .join("");

/** Where the values of now lie in the range in force. */
export const SpreadBars = ({ spread }: { spread: Spread }) => {
  const path = useMemo(() => pathOf(spread), [spread]);
  return (
    <svg
      className="legend-spread"
      viewBox={`0 0 ${spreadBins} ${tall}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
};

/** A spread, looked at as values are. `read` keeps its identity between renders. */
export const useSpread = (read: (campus: CampusState) => Spread, step: number): Spread => {
  const same = useMemo(() => sameSpread(step), [step]);
  return useSample(
    useCallback((campus: CampusState) => read(campus), [read]),
    same,
  );
};

/** Now 62.1 to 88.4 %, in one piece that does not break. `of` says whose. */
export const SpreadText = (props: { spread: Spread; decimals: number; unit: string; of?: string }) => {
  const { spread, decimals, unit, of } = props;
  const t = useT();
  if (spread.count === 0) return <span className="legend-now dim">{t("legend.nothing")}</span>;
  const [low, high] = [formatNumber(spread.low, decimals), formatNumber(spread.high, decimals)];
  return (
    <span className="legend-now">
      {of ?? t("legend.now")} <b className="digits">{low === high ? low : t("legend.span", { low, high })}</b>
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
};
