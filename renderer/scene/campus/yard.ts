import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Plant that the built-in campus has in rooms only. Elsewhere it may stand in a yard, because nobody says its room. */
export const cabinetClasses = ["crah", "cdu", "ups", "pump", "meter"] as const satisfies readonly ClassName[];

/** Everything that can stand in a yard and has a body of its own. */
const yardClasses: readonly ClassName[] = [
  ...cabinetClasses,
  "chiller",
  "coolingTower",
  "generator",
  "transformer",
  "battery",
  "pvTable",
  "weatherStation",
];

const zoneCode = classNames.indexOf("zone");
const buildingCode = classNames.indexOf("building");

/** Rows of zones whose bounds are announced or drawn by hand (docs/TWIN-DIRECTORY.md, `enclosed`). */
export const enclosedZones = (twin: Twin): ReadonlySet<number> => {
  const enclosed = twin.table("zone").attribute("enclosed");
  return new Set([...(enclosed ?? [])].flatMap((flag, zone) => (flag === 1 ? [zone] : [])));
};

/** Machines of enclosed zones by the zone itself, and by its buildings: what stands in no room. */
export const yardPlant = (
  twin: Twin,
  classes: readonly ClassName[] = yardClasses,
): {
  readonly ofZones: ReadonlyMap<number, readonly AssetRef[]>;
  readonly ofBuildings: readonly AssetRef[];
} => {
  const zones = enclosedZones(twin);
  const ofZones = new Map<number, AssetRef[]>();
  const ofBuildings: AssetRef[] = [];
  if (zones.size === 0) return { ofZones, ofBuildings };
  const buildings = twin.table("building");
  const isEnclosed = (building: number): boolean =>
    buildings.parentClass[building] === zoneCode && zones.has(buildings.parentRow[building]!);
  for (const className of classes) {
    const table = twin.table(className);
    for (let row = 0; row < table.count; row++) {
      const parent = table.parentRow[row]!;
      if (table.parentClass[row] === buildingCode && isEnclosed(parent)) ofBuildings.push({ className, row });
      if (table.parentClass[row] !== zoneCode || !zones.has(parent)) continue;
      const own = ofZones.get(parent);
      if (own) own.push({ className, row });
      else ofZones.set(parent, [{ className, row }]);
    }
  }
  return { ofZones, ofBuildings };
};
