import type { Look } from "./look.ts";

/** A limit drawn as a tick across the bar. */
export interface Limit {
  readonly at: number;
  readonly label: string;
}

const percent = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));

/**
 * A value within its fixed range, with limits. Ranges that cross zero grow from zero.
 * The digits stand beside it, so it is hidden from screen readers.
 */
export const RangeBar = (props: {
  value: number | null;
  range: readonly [number, number];
  look: Look;
  limits?: readonly Limit[];
}) => {
  const { value, range, look, limits = [] } = props;
  const zero = percent(Math.min(Math.max(0, range[0]), range[1]), range);
  const end = value === null ? zero : percent(value, range);
  const isOutside = value !== null && (value < range[0] || value > range[1]);
  return (
    <span className="range-bar" data-look={look} data-outside={isOutside || undefined} aria-hidden="true">
      {value !== null && (
        <span
          className="range-fill"
          style={{ left: `${Math.min(zero, end)}%`, width: `${Math.abs(end - zero)}%` }}
        />
      )}
      {limits.map((limit) => (
        <span
          key={limit.label}
          className="range-limit"
          style={{ left: `${percent(limit.at, range)}%` }}
          title={limit.label}
        />
      ))}
    </span>
  );
};
