import type { CoolingSystem, LocalText, PowerSystem, Twin } from "#twins/model/twin.ts";
import { coolingSystems, powerSystems } from "#twins/model/twin.ts";
import { attributeOr, commissionedBuildings } from "#twins/physics/places.ts";

/** What the figures compare: buildings that are cooled and fed alike. */
export interface Kind {
  readonly cooling: CoolingSystem;
  readonly power: PowerSystem;
  /** Rows of the class building. */
  readonly buildings: readonly number[];
}

export const coolingNames: Readonly<Record<CoolingSystem, LocalText>> = {
  towerPlate: { zh: "冷冻水", en: "Chilled water" },
  evaporative: { zh: "间接蒸发", en: "Evaporative" },
  closedTowerLiquid: { zh: "液冷", en: "Liquid" },
};

const powerNames: Readonly<Record<PowerSystem, LocalText>> = {
  upsDouble: { zh: "UPS", en: "UPS" },
  hvdc: { zh: "HVDC", en: "HVDC" },
  mainsHvdc: { zh: "市电直供+HVDC", en: "mains + HVDC" },
};

/** Where electricity goes that is not IT, in the order in which it is stacked. */
export const parts = [
  "services",
  "transformers",
  "banks",
  "fans",
  "pumps",
  "towers",
  "frost",
  "compressors",
] as const;
export type Part = (typeof parts)[number];

export const partNames: Readonly<Record<Part, LocalText>> = {
  services: { zh: "照明办公", en: "lighting, offices" },
  transformers: { zh: "变压器", en: "transformers" },
  banks: { zh: "UPS、HVDC", en: "UPS, HVDC" },
  fans: { zh: "末端风机、CDU", en: "fans, CDUs" },
  pumps: { zh: "水泵", en: "pumps" },
  towers: { zh: "冷却塔", en: "towers" },
  frost: { zh: "防冻伴热", en: "frost heating" },
  compressors: { zh: "压缩机", en: "compressors" },
};

export const kindName = ({ cooling, power }: Pick<Kind, "cooling" | "power">): LocalText => ({
  zh: `${coolingNames[cooling].zh}，${powerNames[power].zh}`,
  en: `${coolingNames[cooling].en}, ${powerNames[power].en}`,
});

/** Whole buildings with racks by their cooling and power systems, in the order of these lists. */
export const kindsOf = (twin: Twin): readonly Kind[] => {
  const cooling = attributeOr(twin, "room", "cooling", 0);
  const power = attributeOr(twin, "room", "powerSystem", 0);
  const commissioned = commissionedBuildings(twin);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < twin.table("building").count; row++) {
    const building = { className: "building", row } as const;
    const room = twin.rangeBelow(building, "room")?.[0];
    if (room === undefined || twin.rangeBelow(building, "rack") === null || commissioned[row]! < 1) continue;
    const key = cooling[room]! * powerSystems.length + power[room]!;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.keys()]
    .sort((a, b) => a - b)
    .map((key) => ({
      cooling: coolingSystems[Math.floor(key / powerSystems.length)]!,
      power: powerSystems[key % powerSystems.length]!,
      buildings: groups.get(key)!,
    }));
};
