import type { TimeRange } from "#feed/contract/replay.ts";
import { bad } from "./doubts.ts";
import type { Group } from "./groups.ts";
import type { Picture } from "./picture.ts";

/** Share of the height that is left free above and below the curves. */
const free = 0.08;

/** Least and greatest in sight; what is bad or doubtful beyond that would flatten all that is not, and does not count. */
const reachOf = (group: Group, picture: Picture, { fromMs, toMs }: TimeRange, isAll: boolean) => {
  const first = Math.max(0, Math.floor((fromMs - picture.fromMs) / picture.stepMs));
  const end = Math.min(picture.buckets, Math.ceil((toMs - picture.fromMs) / picture.stepMs));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { index } of group.curves) {
    const { min, max, doubt } = picture.series[index] ?? { min: [], max: [], doubt: [] };
    for (let at = first; at < end; at++) {
      if (!isAll && doubt[at] === bad) continue;
      low = Math.min(low, min[at] ?? low);
      high = Math.max(high, max[at] ?? high);
    }
  }
  return low <= high ? ([low, high] as const) : null;
};

/** The metrics' own range, of all curves of a group together. */
export const wholeRange = ({ curves }: Group): readonly [number, number] => [
  Math.min(...curves.map(({ metric }) => metric.range[0])),
  Math.max(...curves.map(({ metric }) => metric.range[1])),
];

/** Least and greatest of a group's axis. */
export const axisRange = (
  group: Group,
  picture: Picture | null,
  { view, scale }: { readonly view: TimeRange; readonly scale: "auto" | "range" },
): readonly [number, number] => {
  const [low, high] = wholeRange(group);
  const { states, resolution = 0.001 } = group.curves[0]!.metric;
  if (states) {
    const codes = states.map(({ code }) => code);
    return [Math.min(...codes) - 0.5, Math.max(...codes) + 0.5];
  }
  const reach = picture && (reachOf(group, picture, view, false) ?? reachOf(group, picture, view, true));
  if (scale === "range" || !reach) return [low, high];
  // Where hardly anything changes, noise of a few steps is not to look like an event.
  const least = Math.max(resolution * 20, (high - low) * 0.005);
  const span = Math.max(reach[1] - reach[0], least);
  const middle = (reach[0] + reach[1]) / 2;
  return [middle - span * (0.5 + free), middle + span * (0.5 + free)];
};
