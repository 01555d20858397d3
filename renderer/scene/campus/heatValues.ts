import { legendColor } from "#renderer/data/colormap.ts";
import type { Heatmap } from "#renderer/data/heatmaps.ts";
import type { Zoom } from "#renderer/data/scales.ts";
import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { Look, lookOf } from "#renderer/scene/energy/measures.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { isMarked } from "#renderer/ui/look.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { originNames, originOf } from "#twins/model/quality.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import type { Language } from "./labels.ts";
import type { LabelValue, Told } from "./labelValues.ts";
import type { Layout } from "./layout.ts";

/** Reads a cell as it may be told: its value only while it is usable. */
export const tell = (state: ClassState, cell: number, into: Told): void => {
  const status = state.status[cell] ?? 0;
  const look = lookOf(status);
  into.look = look;
  into.value = look === Look.usable ? state.value[cell]! : Number.NaN;
  const origin = originNames[originOf(status)];
  into.isSimulated = origin !== undefined && isMarked(origin);
};

/** How the values of a heat map are written; the digits of legend and panels. */
const written: Readonly<
  Record<Heatmap["id"], { readonly decimals: number; readonly unit: string; readonly widest: string }>
> = {
  load: { decimals: 1, unit: " %", widest: "100.0 %" },
  power: { decimals: 2, unit: " kW", widest: "88.88 kW" },
  inletTemperature: { decimals: 1, unit: " °C", widest: "−88.8 °C" },
  pue: { decimals: 3, unit: "", widest: "88.888" },
};

/** Of a hall the hottest rack is told, and says so. */
const hottest: Readonly<Record<Language, string>> = { zh: "最高 ", en: "max " };
/** A sum of racks is shown as the mean of one, as its colour is. */
const perRack: Readonly<Record<Language, string>> = { zh: "/柜", en: "/rack" };

/** The legend's word for what was never seen. */
const never: Readonly<Record<Language, string>> = { zh: "未见数据", en: "never seen" };

/** What has no telemetry says so in the legend's word and grey: neither a bare name nor a dash would tell why. */
export const untold = (language: Language): LabelValue => ({
  widest: never[language],
  absent: never[language],
  step: 1,
  write: () => never[language],
  color: () => [92, 99, 110],
  read: (into) => {
    into.value = Number.NaN;
    into.look = Look.never;
    into.isSimulated = false;
  },
});

/** What words and values are taken from. */
export interface Speaking {
  readonly layout: Layout;
  readonly state: CampusState;
  readonly language: Language;
  /** With the range in force. */
  readonly heatmap: Heatmap;
  readonly zoom: Zoom | null;
}

/** Racks of a room or building; 0 where it has none. */
const racksIn = ({ layout }: Speaking, { className, row }: AssetRef): number => {
  if (className === "room") return layout.racksOfRoom[row] ?? 0;
  const range = layout.buildings[row]?.racks ?? [0, 0];
  return range[1] - range[0];
};

/** The value by which an asset is coloured on the heat map that is shown; absent where it has no colour. */
export const heatValue = (speaking: Speaking, ref: AssetRef): LabelValue | undefined => {
  const { layout, state, language, heatmap } = speaking;
  const isRack = ref.className === "rack";
  if (!isRack && racksIn(speaking, ref) === 0) return undefined;
  const isRooms = !isRack || heatmap.inherited;
  const source: AssetRef =
    isRack && heatmap.inherited ? { className: "room", row: layout.roomOfRack[ref.row]! } : ref;
  if (source.row < 0) return undefined;
  const cells = state.of(source.className);
  const cell =
    source.row * cells.columns + metricIndex(source.className, isRooms ? heatmap.room : heatmap.rack.metric);
  const isMean = !isRack && heatmap.id === "power";
  const scale = isMean ? 1 / racksIn(speaking, ref) : 1;
  const { decimals, unit, widest } = written[heatmap.id];
  const head = !isRack && heatmap.id === "inletTemperature" ? hottest[language] : "";
  const tail = isMean ? perRack[language] : "";
  return {
    widest: head + widest + tail,
    step: 10 ** -decimals,
    write: (value) => head + formatNumber(value, decimals) + unit + tail,
    color: (value) => legendColor(heatmap, value),
    read: (into) => {
      tell(cells, cell, into);
      into.value *= scale;
    },
  };
};
