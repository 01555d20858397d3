import { Vector3 } from "three";
import type { Label, Language } from "#renderer/scene/campus/labels.ts";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { groundOf, windInset } from "./yard.ts";

const words = {
  wind: { zh: "风电示意区 · 不按比例", en: "Wind inset · not to scale" },
  solar: { zh: "光伏场", en: "Solar field" },
  storage: { zh: "储能电站", en: "Battery storage" },
} as const;

/**
 * Names of the energy zone. The wind inset is not to scale, and says so at its border, on both long sides, so that
 * one of them is in sight from anywhere; they make way for each other like all names.
 */
export const energyNames = (layout: Layout, language: Language): Label[] => {
  const found: Label[] = [];
  const inset = windInset(layout);
  if (inset) {
    const { west, east, north, south } = inset;
    for (const [x, z] of [
      [(west + east) / 2, north],
      [(west + east) / 2, south],
    ] as const)
      found.push({ text: words.wind[language], at: new Vector3(x, 3, z), rank: 0 });
  }
  const solar = groundOf(layout, "pvTable", 0);
  if (solar)
    found.push({
      text: words.solar[language],
      at: new Vector3((solar.west + solar.east) / 2, 6, (solar.north + solar.south) / 2),
      rank: 1,
    });
  const storage = groundOf(layout, "battery", 0);
  if (storage)
    found.push({
      text: words.storage[language],
      at: new Vector3((storage.west + storage.east) / 2, 7, (storage.north + storage.south) / 2),
      rank: 1,
    });
  const stations = layout.twin.table("substation");
  for (let row = 0; row < stations.count; row++) {
    const { x, y, z, height } = boxOf(stations, row);
    found.push({ text: stations.nameOf(row)[language], at: new Vector3(x, y + height, z), rank: 3 });
  }
  return found;
};
