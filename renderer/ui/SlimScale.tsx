import type { Scaled } from "#renderer/data/scales.ts";
import { gradientOf } from "./Scale.tsx";

/** A legend in one line, beside the one that leads: what, from where, in which colours, to where. */
export const SlimScale = (props: { label: string; range: string; scaled: Scaled; unit: string }) => {
  const { label, range, scaled, unit } = props;
  const [low, high] = scaled.range;
  return (
    <div className="strip-legend">
      <span>{label}</span>
      <span aria-hidden="true">{low}</span>
      <span
        className="energy-strip"
        style={{ backgroundImage: gradientOf(scaled) }}
        role="img"
        aria-label={range}
      />
      <span aria-hidden="true">{`${high} ${unit}`.trim()}</span>
    </div>
  );
};
