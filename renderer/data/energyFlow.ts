import {
  balanceOf,
  type EnergyBalance,
  type FlowMeters,
  type FlowSums,
  flowMetersOf,
  flowSumsOf,
  type SupplyId,
  type UseId,
} from "#twins/kpi/energy-balance.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import type { Rgb } from "./colormap.ts";
import type { Heatmap } from "./heatmaps.ts";
import type { CampusState } from "./state.ts";

/** Colour of each end of the balance, in panel and scene alike: sRGB. Kept clear of alarm hues (energyFlow.test.ts). */
export const flowColors: Readonly<Record<SupplyId | UseId, Rgb>> = {
  grid: [0xb0, 0xb4, 0xb9],
  wind: [0x5f, 0xae, 0x92],
  pv: [0xc9, 0xb3, 0xa0],
  storage: [0x9c, 0x90, 0xd6],
  generator: [0x96, 0x84, 0x7c],
  surplus: [0x70, 0x77, 0x80],
  it: [0xe2, 0xe6, 0xec],
  cooling: [0x56, 0x8f, 0x8c],
  aux: [0x8a, 0x8f, 0x9a],
  charge: [0x9c, 0x90, 0xd6],
  export: [0xb0, 0xb4, 0xb9],
  ownUse: [0x96, 0x84, 0x7c],
  unmetered: [0x70, 0x77, 0x80],
};

/** Colours and fixed range of the strips on solar tables: AC power of one, kW (30 kWp behind 25 kW of inverter). */
export const tableStrip = { palette: "cividis", range: [0, 25] } as const satisfies Pick<
  Heatmap,
  "palette" | "range"
>;

/** Colours and fixed range of what one turbine gives, MW: 48 of 6.25 MW make the 300 MW of the twin. */
export const turbineScale = { palette: "cividis", range: [0, 6.25] } as const satisfies Pick<
  Heatmap,
  "palette" | "range"
>;

/** What the meters say now. */
export interface EnergyReading {
  readonly meters: FlowMeters;
  readonly sums: FlowSums;
  readonly balance: EnergyBalance;
}

/** Reads the balance from the state that frames are decoded into; anew only when meters changed. */
export const energyReader = (campus: CampusState): (() => EnergyReading) => {
  const meters = flowMetersOf(campus.twin);
  const state = campus.of("meter");
  const power = metricIndex("meter", "power");
  let seen = Number.NaN;
  let last: EnergyReading | undefined;
  return () => {
    if (last && state.version === seen) return last;
    seen = state.version;
    const sums = flowSumsOf(meters, (row) => {
      const cell = row * state.columns + power;
      return {
        value: state.value[cell]!,
        status: state.status[cell]!,
        sampleMs: state.sampleTimeMs[cell]!,
        receivedMs: state.receivedTimeMs[cell]!,
      };
    });
    last = { meters, sums, balance: balanceOf(sums) };
    return last;
  };
};

/** Power of some meters together, kW; NaN while one of them has no usable value. @param rows of the meter table */
export const meterSum = (campus: CampusState): ((rows: readonly number[]) => number) => {
  const state = campus.of("meter");
  const power = metricIndex("meter", "power");
  return (rows) => {
    let sum = 0;
    for (const row of rows) {
      const cell = row * state.columns + power;
      sum += isUsable(state.status[cell]!) ? state.value[cell]! : Number.NaN;
    }
    return sum;
  };
};
