import { fromSteps } from "#feed/log/layout.ts";
import { untouched } from "#feed/log/sidecar/curves.ts";
import type { PointCurve } from "#feed/log/sidecar/sidecar.ts";
import type { Buckets } from "./buckets.ts";

/** Adds a curve out of a sidecar to buckets whose width is a multiple of the curve's. Later than all that is in them. */
export const mergeCurve = (buckets: Buckets, { curve, cut, scale }: PointCurve): void => {
  const { min, max, last, doubt } = curve;
  const ratio = buckets.stepMs / cut.stepMs;
  const firstOfAll = buckets.fromMs / cut.stepMs;
  const from = Math.max(0, firstOfAll - cut.first);
  const end = Math.min(cut.count, firstOfAll + buckets.count * ratio - cut.first);
  for (let at = from; at < end; at++) {
    if (doubt[at] === untouched) continue;
    buckets.merge(Math.floor((cut.first + at - firstOfAll) / ratio), {
      min: fromSteps(min[at]!, scale),
      max: fromSteps(max[at]!, scale),
      last: fromSteps(last[at]!, scale),
      doubt: doubt[at]!,
    });
  }
};
