import type { Label, Language } from "#renderer/scene/campus/labels.ts";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import type { Twin } from "#twins/model/twin.ts";
import { pointOn, type Ribbon } from "./ribbonPaths.ts";

/** Words of the ends in the scene. */
const words: Readonly<Record<SupplyId | UseId, Readonly<Record<Language, string>>>> = {
  grid: { zh: "市电", en: "Grid" },
  wind: { zh: "风电", en: "Wind" },
  pv: { zh: "光伏", en: "Solar" },
  storage: { zh: "储能放电", en: "Storage, discharge" },
  generator: { zh: "柴发", en: "Generators" },
  surplus: { zh: "表计不平", en: "Meters disagree" },
  it: { zh: "IT", en: "IT" },
  cooling: { zh: "制冷", en: "Cooling" },
  aux: { zh: "辅助与损耗", en: "Auxiliary, losses" },
  charge: { zh: "储能充电", en: "Storage, charge" },
  export: { zh: "上网电力", en: "Export" },
  ownUse: { zh: "站用电", en: "Station service" },
  unmetered: { zh: "未计量", en: "Unmetered" },
};

const busWords = { zh: "园区母线", en: "Campus busbar" } as const;

/** Where along it a use of the whole campus has its name: those that come down near each other apart. */
const labelAt: Readonly<Partial<Record<SupplyId | UseId, number>>> = { cooling: 0.8, aux: 1 };

const power = (kw: number): string => (Number.isNaN(kw) ? "—" : `${(kw / 1000).toFixed(1)} MW`);

/** Names with their numbers: a source's and a use's at the middle of its ribbon, IT's where it comes down, by zone. */
export const ribbonNames = (
  ribbons: readonly Ribbon[],
  balance: EnergyBalance,
  { twin, language }: { readonly twin: Twin; readonly language: Language },
): Label[] => {
  const zones = twin.table("zone");
  return ribbons.flatMap((ribbon): Label[] => {
    const { kind, id, kw, zone } = ribbon;
    if (kind === "post") return [];
    if (kind === "bus")
      return [{ text: `${busWords[language]}  ${power(balance.totalKw)}`, at: pointOn(ribbon, 1), rank: 0 }];
    const place = zone < 0 ? "" : `${zones.idOf(zone).toUpperCase()} · `;
    const at = pointOn(ribbon, kind === "source" ? 0.42 : zone < 0 ? (labelAt[id] ?? 0.6) : 1);
    at.y += 10;
    // The larger goes first where there is not room for all.
    const rank = (kind === "source" ? 0 : zone < 0 ? 3 : 1) + 1 / (1 + kw || 1);
    return [{ text: `${place}${words[id][language]}  ${power(kw)}`, at, rank }];
  });
};
