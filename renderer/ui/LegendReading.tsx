import { type Heatmap, heatmaps } from "#renderer/data/heatmaps.ts";
import type { SampledPoint } from "#renderer/data/sampler.ts";
import { usePoint } from "#renderer/stores/points.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { enclosing, nameOf } from "./assets.ts";
import { PointDigits, PointMarks } from "./PointValue.tsx";
import { useServices, useView } from "./services.tsx";
import { useLocal, useT } from "./text.ts";

/** What the heat map says about one asset. */
export interface HeatmapReading {
  readonly asset: AssetRef | null;
  readonly point: SampledPoint | undefined;
}

const boundaries: readonly string[] = ["room", "building", "zone", "site"];

/** Asset and metric that colour an asset: itself, or for a value that racks inherit, its room. */
const sourceOf = (twin: Twin, asset: AssetRef, heatmap: Heatmap): readonly [AssetRef | undefined, string] => {
  if (boundaries.includes(asset.className)) return [asset, heatmap.room];
  return [enclosing(twin, asset, heatmap.rack.className), heatmap.rack.metric];
};

/** The heat map's value of the asset pointed at, else of the selected one. */
export const useHeatmapReading = (): HeatmapReading => {
  const { twin } = useServices();
  const heatmap = heatmaps[useView((view) => view.heatmap)];
  const asset = useView((view) => view.hovered ?? view.selected);
  const [source, metric] = asset ? sourceOf(twin, asset, heatmap) : [undefined, heatmap.rack.metric];
  return { asset, point: usePoint(source, metric) };
};

/** Where a value stands on the legend, % from its low end; clamped as the colours are. */
export const needlePercent = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));

/** The reading in words beneath the palette. */
export const LegendReading = ({ asset, point }: HeatmapReading) => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  if (!asset || !point) return <p className="legend-reading dim">{t("legend.hint")}</p>;
  return (
    <p className="legend-reading">
      {local(nameOf(twin, asset))} <PointDigits point={point} />{" "}
      <PointMarks point={point} hasOrigin={false} />
    </p>
  );
};
