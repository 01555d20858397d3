import type { SampledPoint } from "#renderer/data/sampler.ts";
import { formatNumber, formatQuantity, joinQuantity, noNumber, type Quantity, unitName } from "./format.ts";
import { lookOf, showsAge } from "./look.ts";
import { LookMark, OriginMark } from "./Mark.tsx";
import { useLanguage, useT } from "./text.ts";
import { formatAge } from "./time.ts";

/** Digits and unit of a point; states by their word; "—" when there is no number. */
export const PointDigits = (props: {
  point: SampledPoint | undefined;
  /** Keeps to one unit where the digits stand in a list. */
  write?: (value: number) => Quantity;
}) => {
  const { point, write } = props;
  const language = useLanguage();
  const t = useT();
  const look = lookOf(point);
  if (!point || point.value === null) {
    return (
      <span className="digits" data-look={look}>
        <span aria-hidden="true">{noNumber}</span>
        <span className="sr-only">{t("value.none")}</span>
      </span>
    );
  }
  const state = point.metric.states?.find(({ code }) => code === point.value);
  if (state) {
    return (
      <span className="digits" data-look={look}>
        {state[language]}
      </span>
    );
  }
  const { resolution } = point.metric;
  const { digits, unit } = write
    ? write(point.value)
    : formatQuantity(point.value, point.unit, { language, resolution });
  return (
    <span className="digits" data-look={look}>
      {digits}
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
};

/** Age of a point in words, where it was ever received. */
export const PointAge = ({ point }: { point: SampledPoint | undefined }) => {
  const t = useT();
  if (!point || point.ageS === null) return null;
  return <span className="age">{formatAge(t, point.ageS * 1000)}</span>;
};

/** Everything that casts doubt on a point: look, age when it matters, origin. */
export const PointMarks = ({
  point,
  hasOrigin = true,
}: {
  point: SampledPoint | undefined;
  hasOrigin?: boolean;
}) => {
  // What we compute ourselves was not "seen" or not: it has a number or has none.
  const seen = lookOf(point);
  const look = seen === "never" && point?.metric.derived ? "none" : seen;
  return (
    <span className="marks">
      <LookMark look={look} />
      {showsAge(look) && <PointAge point={point} />}
      {hasOrigin && point && point.value !== null && <OriginMark origin={point.origin} />}
    </span>
  );
};

/** A bound of a range: bare digits, grouped, as short as it can be. */
const formatBound = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 1);

/** A bound of a range in digits of the unit its values are shown in: with the unit where that is not the catalogue's. */
export const useDigitsOfBound = (unit: string): ((value: number) => string) => {
  const language = useLanguage();
  return (value) => {
    const shown = formatQuantity(value, unit, { language, resolution: 1 });
    return value === 0 || shown.unit === unitName(unit, language) ? formatBound(value) : joinQuantity(shown);
  };
};

/** A bound of a range with its unit. */
export const useBound = (): ((value: number, unit: string) => string) => {
  const language = useLanguage();
  return (value, unit) => joinQuantity({ digits: formatBound(value), unit: unitName(unit, language) });
};
