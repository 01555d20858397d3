import { tableStrip, turbineScale } from "./energyFlow.ts";
import { type Heatmap, type HeatmapId, heatmaps } from "./heatmaps.ts";

/** Palette and range that values are coloured by. */
export type Scaled = Pick<Heatmap, "palette" | "range">;

/** What has a scale of its own: the heat maps, the strips of solar tables, the signs of turbines. */
export type ScaleId = HeatmapId | "pvTable" | "windTurbine";

/** Each scale with its fixed range. */
export const fixedScales: Readonly<Record<ScaleId, Scaled>> = {
  ...heatmaps,
  pvTable: tableStrip,
  windTurbine: turbineScale,
};

/** A narrower range of one scale that somebody chose for what he looked at. It is held: values that move do not move it. */
export interface Zoom {
  readonly scale: ScaleId;
  /** What was looked at: room, building, "halls" or a field (`scaleShown`). Elsewhere it does not hold. */
  readonly of: string;
  /** In the unit of the scale, within its fixed range. */
  readonly range: readonly [low: number, high: number];
}

/** One object for each zoom, so that whoever draws can tell by identity that nothing changed. */
const zoomed = new WeakMap<Zoom, Scaled>();

/** The range in force: the zoomed one of the scale that was zoomed, of any other the fixed one. Everything that colours asks here. */
export function scaleInForce(id: HeatmapId, zoom: Zoom | null): Heatmap;
export function scaleInForce(id: ScaleId, zoom: Zoom | null): Scaled;
export function scaleInForce(id: ScaleId, zoom: Zoom | null): Scaled {
  if (zoom?.scale !== id) return fixedScales[id];
  let scaled = zoomed.get(zoom);
  if (!scaled) {
    scaled = { ...fixedScales[id], range: zoom.range };
    zoomed.set(zoom, scaled);
  }
  return scaled;
}
