import { legendColor } from "#renderer/data/colormap.ts";
import { type ScaleId, scaleInForce, type Zoom } from "#renderer/data/scales.ts";
import type { CampusState } from "#renderer/data/state.ts";
import { tell } from "#renderer/scene/campus/heatValues.ts";
import type { Language } from "#renderer/scene/campus/labels.ts";
import type { LabelValue, Told } from "#renderer/scene/campus/labelValues.ts";
import { formatNumber } from "#renderer/ui/format.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { ClassName } from "#twins/model/metric.ts";
import type { AssetRef } from "#twins/model/twin.ts";
import { Look } from "./measures.ts";

const megawatts = (value: number): string => `${formatNumber(value, 2)} MW`;

/** A sum of the site, as the panels have it. MW */
export const sitePower = (state: CampusState, metric: "pvPower" | "windPower"): LabelValue => {
  const site = state.of("site");
  const cell = metricIndex("site", metric);
  return {
    widest: "−888.88 MW",
    step: 0.01,
    write: megawatts,
    read: (into) => {
      tell(site, cell, into);
      into.value *= 0.001;
    },
  };
};

/** State of charge of all containers, as the mean of those that tell it; none where more than a few do not. */
export const meanCharge = (state: CampusState, language: Language): LabelValue => {
  const batteries = state.of("battery");
  const column = metricIndex("battery", "stateOfCharge");
  const one: Told = { value: Number.NaN, look: Look.never, isSimulated: false };
  const word = language === "zh" ? "荷电" : "SoC";
  return {
    widest: `${word} 100.0 %`,
    step: 0.1,
    write: (value) => `${word} ${formatNumber(value, 1)} %`,
    read: (into) => {
      let [sum, count, least, isSimulated] = [0, 0, Look.usable as number, false];
      for (let row = 0; row < batteries.rows; row++) {
        tell(batteries, row * batteries.columns + column, one);
        least = Math.min(least, one.look);
        if (one.look !== Look.usable) continue;
        sum += one.value;
        count++;
        isSimulated ||= one.isSimulated;
      }
      const isWhole = batteries.rows > 0 && count >= batteries.rows * 0.9;
      into.value = isWhole ? sum / count : Number.NaN;
      into.look = isWhole ? Look.usable : least;
      into.isSimulated = isSimulated;
    },
  };
};

/** Mean state of charge of all containers, 0…1; NaN where more than a few do not tell it. */
export const chargeReader = (state: CampusState): (() => number) => {
  const { read } = meanCharge(state, "en");
  const told: Told = { value: Number.NaN, look: Look.never, isSimulated: false };
  return () => {
    read(told);
    return told.value / 100;
  };
};

interface Written {
  readonly metric: string;
  readonly scale: number;
  readonly decimals: number;
  readonly unit: string;
  readonly widest: string;
  readonly legend?: Extract<ScaleId, ClassName>;
}

const machines: Partial<Readonly<Record<ClassName, Written>>> = {
  pvTable: { metric: "power", scale: 1, decimals: 1, unit: " kW", widest: "−88.8 kW", legend: "pvTable" },
  windTurbine: {
    metric: "power",
    scale: 0.001,
    decimals: 2,
    unit: " MW",
    widest: "−8.88 MW",
    legend: "windTurbine",
  },
  battery: { metric: "stateOfCharge", scale: 1, decimals: 1, unit: " %", widest: "100.0 %" },
};

/** What one machine of the energy zone tells first: power of a table or a turbine, charge of a battery. */
export const machineValue = (
  { state, zoom }: { readonly state: CampusState; readonly zoom: Zoom | null },
  { className, row }: AssetRef,
): LabelValue | undefined => {
  const written = machines[className];
  if (!written) return undefined;
  const { metric, scale, decimals, unit, widest, legend } = written;
  const scaled = legend && scaleInForce(legend, zoom);
  const cells = state.of(className);
  const cell = row * cells.columns + metricIndex(className, metric);
  return {
    widest,
    step: 10 ** -decimals,
    write: (value) => formatNumber(value, decimals) + unit,
    ...(scaled && {
      color: (value: number) => legendColor(scaled, value),
      place: (value: number) => (value - scaled.range[0]) / (scaled.range[1] - scaled.range[0]),
    }),
    read: (into) => {
      tell(cells, cell, into);
      into.value *= scale;
    },
  };
};
