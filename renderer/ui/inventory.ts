import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** Inventory of the racks that this twin telemeters. */
export interface RackInventory {
  readonly racks: number;
  readonly occupied: number;
  /** Rated power of all racks, kW. */
  readonly ratedKw: number;
}

const sum = (column: Float32Array | undefined): number => {
  let total = 0;
  if (column) for (const value of column) total += value;
  return total;
};

/** Rated power of an asset, kW: its own, else that of the racks below it; 0 where neither is known. */
export const ratedPower = (twin: Twin, asset: AssetRef): number => {
  const own = twin.table(asset.className).attribute("ratedKw")?.[asset.row];
  if (own) return own;
  const below = twin.rangeBelow(asset, "rack");
  return below
    ? sum(
        twin
          .table("rack")
          .attribute("ratedKw")
          ?.subarray(...below),
      )
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
