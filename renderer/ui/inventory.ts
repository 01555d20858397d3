import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Inventory of the racks that this twin telemeters. */
export interface RackInventory {
  readonly racks: number;
  /** null when no rack says whether it is. */
  readonly occupied: number | null;
  /** Rated power of all racks that say it, kW; null when none does. */
  readonly ratedKw: number | null;
}

/** Sum of what is known of a column; null when nothing is. */
const sum = (column: Float32Array | undefined): number | null => {
  let total: number | null = null;
  for (const value of column ?? []) if (!Number.isNaN(value)) total = (total ?? 0) + value;
  return total;
};

/** Rated power of an asset, kW: its own, else that of the racks below it; 0 where neither is known. */
export const ratedPower = (twin: Twin, asset: AssetRef): number => {
  const own = twin.table(asset.className).attribute("ratedKw")?.[asset.row];
  if (own) return own;
  const below = twin.rangeBelow(asset, "rack");
  return below
    ? (sum(
        twin
          .table("rack")
          .attribute("ratedKw")
          ?.subarray(...below),
      ) ?? 0)
    : 0;
};

/** Sums the rack table once; occupancy (上架率) comes from the inventory, never from telemetry. */
export const rackInventory = (twin: Twin): RackInventory => {
  const racks = twin.table("rack");
  return {
    racks: racks.count,
    occupied: sum(racks.attribute("occupied")),
    ratedKw: sum(racks.attribute("ratedKw")),
  };
};
