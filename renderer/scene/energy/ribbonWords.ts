import type { Label, Language, Spot } from "#renderer/scene/campus/labels.ts";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import type { Twin } from "#twins/model/twin.ts";
import { busAxis, pointOn, type Ribbon } from "./ribbonPaths.ts";

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

/** A zone's name as signs have it, without what it is an example of: "A北区", "Zone A-north". */
const shortName = (name: string): string => name.split(/[,(]| (?=\p{Script=Han})/u)[0]!.trim();

/** State of charge, said where storage gives or takes. @param charge 0…1, NaN for unknown */
const chargeWords = (charge: number, language: Language): string =>
  `${language === "zh" ? "荷电" : "SoC"} ${Number.isNaN(charge) ? "—" : `${(charge * 100).toFixed(0)} %`}`;

const power = (kw: number): string => (Number.isNaN(kw) ? "—" : `${(kw / 1000).toFixed(1)} MW`);

/** A source's ribbon thinner than this may run behind a wide one: it is named at its field, m. */
const thinM = 40;

/** Clear of its own ribbon, which turns its width to the eye: over the upper edge. */
const above = (ribbon: Ribbon): Spot[] =>
  (ribbon.widthM < thinM ? [0, 0.06, 0.18, 0.3, 0.42] : [0.3, 0.42, 0.18, 0.55, 0.06]).map((t) => {
    const at = pointOn(ribbon, t);
    at.y += ribbon.widthM * 0.46;
    return { at, side: 0 };
  });

/** Beside its ribbon, to the side of the energy view's right and left, from `first` on back to the busbar: each finds room. */
const beside = (ribbon: Ribbon, first: number): Spot[] =>
  [0, 0.06, 0.12, 0.2, 0.28, 0.36, 0.45, 0.54]
    .map((back) => first - back)
    .flatMap((t) =>
      ([1, -1] as const).map((side): Spot => {
        const at = pointOn(ribbon, t).addScaledVector(busAxis, side * ribbon.widthM * 0.4);
        at.y += 6;
        return { at, side };
      }),
    );

/** Names with their numbers: a source's and a use's at the middle of its ribbon, IT's where it comes down, by zone. */
export const ribbonNames = (
  ribbons: readonly Ribbon[],
  balance: EnergyBalance,
  {
    twin,
    language,
    charge,
  }: {
    readonly twin: Twin;
    readonly language: Language;
    /** Mean state of charge of the storage, 0…1, NaN for unknown. */
    readonly charge: number;
  },
): Label[] => {
  const zones = twin.table("zone");
  return ribbons.flatMap((ribbon): Label[] => {
    const { kind, id, kw, zone } = ribbon;
    if (kind === "post") return [];
    if (kind === "bus")
      return [
        {
          text: `${busWords[language]}  ${power(balance.totalKw)}`,
          at: pointOn(ribbon, 0),
          rank: 0,
          spots: [0, 0.12, 1, 0.88, 0.3, 0.7].map((t): Spot => ({ at: pointOn(ribbon, t), side: 0 })),
        },
      ];
    const place = zone < 0 ? "" : `${shortName(zones.nameOf(zone)[language])} · `;
    const spots = kind === "source" ? above(ribbon) : beside(ribbon, zone < 0 ? (labelAt[id] ?? 0.6) : 1);
    const { at } = spots[0]!;
    // The larger goes first where there is not room for all.
    const rank = (kind === "source" ? 0 : zone < 0 ? 3 : 1) + 1 / (1 + kw || 1);
    const stored = id === "storage" || id === "charge" ? ` · ${chargeWords(charge, language)}` : "";
    return [{ text: `${place}${words[id][language]}  ${power(kw)}${stored}`, at, rank, spots }];
  });
};
