import type { Assets } from "./assets.ts";
import type { Segment } from "./table.ts";
import type { AssetRef, MeterRole } from "./twin.ts";
import { meterRoles, waterSources } from "./twin.ts";

const segmentOfRole = new Map<MeterRole, Segment>(
  meterRoles.map((role) => [
    role,
    {
      prefix: `m-${role}`,
      width: 0,
      name: {
        main: { zh: "总表", en: "Main meter" },
        it: { zh: "IT电表", en: "IT meter" },
        cooling: { zh: "制冷电表", en: "Cooling meter" },
        aux: { zh: "辅助电表", en: "Auxiliary meter" },
        grid: { zh: "市电关口表", en: "Grid meter" },
        pv: { zh: "光伏关口表", en: "Solar meter" },
        wind: { zh: "风电关口表", en: "Wind meter" },
        storage: { zh: "储能关口表", en: "Storage meter" },
        generator: { zh: "柴发电表", en: "Generator meter" },
      }[role],
    },
  ]),
);

/** 5 A current transformers at 400 V, in the usual steps; above that 10 kV (100:1) as well. */
const lowVoltage = [10, 20, 40, 80, 120, 200, 400, 600, 800, 1_000];
const highVoltage = [1_000, 2_000, 4_000, 8_000, 12_000, 20_000, 40_000, 60_000, 100_000, 200_000];
const secondaryKw = Math.sqrt(3) * 0.4 * 5;

/** Smallest usual ratio (倍率, CT×PT) that carries `ratedKw`. */
const ratioFor = (ratedKw: number): number => {
  const needed = ratedKw / secondaryKw;
  return [...lowVoltage, ...highVoltage].find((ratio) => ratio >= needed) ?? 200_000;
};

/** Adds one meter per role at a boundary: `a/b07/m-main`. The meter's parent is the boundary it measures. */
export const meterKit = (
  assets: Assets,
  boundary: AssetRef,
  roles: readonly MeterRole[],
  ratedKw: number,
): void => {
  const at = assets.table(boundary.className).pose.subarray(boundary.row * 4, boundary.row * 4 + 4);
  const table = assets.table("meter");
  for (const role of roles) {
    const meter = assets.add("meter", {
      parent: boundary,
      segment: segmentOfRole.get(role)!,
      ordinal: 0,
      pose: [at[0]!, at[1]!, at[2]!, at[3]!],
      size: [0.2, 0.1, 0.3],
    });
    table.set(meter.row, "role", meterRoles.indexOf(role));
    table.set(meter.row, "ratio", ratioFor(ratedKw));
  }
};

const segmentOfSource: Readonly<Record<(typeof waterSources)[number], Segment>> = {
  tap: { prefix: "w-tap", width: 0, name: { zh: "自来水表", en: "Tap water meter" } },
  reclaimed: { prefix: "w-reclaimed", width: 0, name: { zh: "再生水表", en: "Reclaimed water meter" } },
};

/** Adds a meter of tap and one of reclaimed water at a boundary: `a/b07/w-tap`. */
export const waterKit = (assets: Assets, boundary: AssetRef): void => {
  const at = assets.table(boundary.className).pose.subarray(boundary.row * 4, boundary.row * 4 + 4);
  for (const [code, source] of waterSources.entries()) {
    const meter = assets.add("waterMeter", {
      parent: boundary,
      segment: segmentOfSource[source],
      ordinal: 0,
      pose: [at[0]!, at[1]!, at[2]!, at[3]!],
      size: [0.3, 0.15, 0.2],
    });
    assets.table("waterMeter").set(meter.row, "waterSource", code);
  }
};
