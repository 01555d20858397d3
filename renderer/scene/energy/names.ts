import { Vector3 } from "three";
import type { Speaking } from "#renderer/scene/campus/heatValues.ts";
import type { Label } from "#renderer/scene/campus/labels.ts";
import { boxOf } from "#renderer/scene/campus/layout.ts";
import { machineValue, meanCharge, sitePower } from "./values.ts";
import { groundOf, windInset } from "./yard.ts";

const words = {
  wind: { zh: "风电示意区 · 不按比例", en: "Wind inset · not to scale" },
  solar: { zh: "光伏场", en: "Solar field" },
  storage: { zh: "储能电站", en: "Battery storage" },
} as const;

/** Part of a tower's height where its sign hangs: at the upper end of the band that has its colour (turbines.ts), under the rotor. */
const signAt = 0.27;
/** From this height of its tower on a turbine is named, CSS pixels. */
const turbinePx = 90;

/**
 * Names of the energy zone, first of all: each with what it gives now. The wind inset is not to scale, and says so once,
 * at the side of its border that has room.
 */
export const energyNames = ({ layout, state, language, zoom }: Speaking): Label[] => {
  const found: Label[] = [];
  const inset = windInset(layout);
  if (inset) {
    const { west, east, north, south } = inset;
    const value = sitePower(state, "windPower");
    for (const [x, z] of [
      [(west + east) / 2, north],
      [(west + east) / 2, south],
    ] as const)
      found.push({ text: words.wind[language], at: new Vector3(x, 3, z), rank: 0, once: "wind", value });
  }
  const solar = groundOf(layout, "pvTable", 0);
  if (solar)
    found.push({
      text: words.solar[language],
      at: new Vector3((solar.west + solar.east) / 2, 3, (solar.north + solar.south) / 2),
      rank: 0,
      value: sitePower(state, "pvPower"),
    });
  const storage = groundOf(layout, "battery", 0);
  if (storage)
    found.push({
      text: words.storage[language],
      at: new Vector3((storage.west + storage.east) / 2, 4, (storage.north + storage.south) / 2),
      rank: 0,
      value: meanCharge(state, language),
    });
  return [
    ...found,
    ...turbineNames({ layout, state, language, zoom }),
    ...stationNames({ layout, language }),
  ];
};

const turbineNames = ({ layout, state, language, zoom }: Omit<Speaking, "heatmap">): Label[] => {
  const turbines = layout.twin.table("windTurbine");
  return Array.from({ length: turbines.count }, (_, row): Label => {
    const { x, y, z, height } = boxOf(turbines, row);
    const value = machineValue({ state, zoom }, { className: "windTurbine", row });
    const at = new Vector3(x, y + height * signAt, z);
    return {
      text: turbines.nameOf(row)[language],
      at,
      // Beside its tower, never across it.
      spots: [
        { at, side: 2 },
        { at, side: -2 },
      ],
      rank: 2,
      sizeM: height,
      fromPx: turbinePx,
      hasDot: false,
      ...(value && { value }),
    };
  });
};

const stationNames = ({ layout, language }: Pick<Speaking, "layout" | "language">): Label[] => {
  const stations = layout.twin.table("substation");
  return Array.from({ length: stations.count }, (_, row): Label => {
    const { x, y, z, width, height, depth } = boxOf(stations, row);
    return {
      text: stations.nameOf(row)[language],
      at: new Vector3(x, y + height, z),
      rank: 3,
      sizeM: Math.hypot(width, depth),
    };
  });
};
