import type { ClassName } from "#twins/model/metric.ts";

/**
 * The heat maps. Load, power and inlet exist per rack; PUE exists only at metered boundaries
 * (room, building, site), so a rack shows its room's value, hatched (STANDARDS: 所属机房 pPUE).
 */
export interface Heatmap {
  readonly id: HeatmapId;
  /** Class and metric a rack is coloured by. */
  readonly rack: { readonly className: ClassName; readonly metric: string };
  /** Metric that colours rooms and buildings. */
  readonly room: string;
  /** Fixed range in `unit`; values outside are clamped to the end colours. */
  readonly range: readonly [number, number];
  readonly unit: string;
  readonly palette: "cividis" | "viridis" | "inferno";
  /** True when racks show a value of their room. */
  readonly inherited: boolean;
}

export const heatmapIds = ["load", "power", "inletTemperature", "pue"] as const;
export type HeatmapId = (typeof heatmapIds)[number];

export const heatmaps: Readonly<Record<HeatmapId, Heatmap>> = {
  load: {
    id: "load",
    rack: { className: "rack", metric: "load" },
    room: "load",
    range: [0, 100],
    unit: "%",
    palette: "viridis",
    inherited: false,
  },
  power: {
    id: "power",
    rack: { className: "rack", metric: "power" },
    room: "itPower",
    range: [0, 24],
    unit: "kW",
    palette: "inferno",
    inherited: false,
  },
  inletTemperature: {
    id: "inletTemperature",
    rack: { className: "rack", metric: "inletTemperature" },
    room: "inletMax",
    range: [15, 35],
    unit: "Cel",
    palette: "viridis",
    inherited: false,
  },
  pue: {
    id: "pue",
    rack: { className: "room", metric: "powerRatio" },
    room: "powerRatio",
    range: [1, 1.6],
    unit: "1",
    palette: "viridis",
    inherited: true,
  },
};
