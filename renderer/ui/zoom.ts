import type { Heatmap, HeatmapId } from "#renderer/data/heatmaps.ts";
import { type Scaled, type ScaleId, scaleInForce } from "#renderer/data/scales.ts";
import { useView } from "./services.tsx";

/** A scale with the range in force. */
export function useScale(id: HeatmapId): Heatmap;
export function useScale(id: ScaleId): Scaled;
export function useScale(id: ScaleId): Scaled {
  return scaleInForce(
    id,
    useView(({ zoom }) => zoom),
  );
}
