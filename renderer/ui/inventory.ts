import type { Twin } from "#twins/model/twin.ts";

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

/** Sums the rack table once; occupancy (上架率) comes from the inventory, never from telemetry. */
export const rackInventory = (twin: Twin): RackInventory => {
  const racks = twin.table("rack");
  return {
    racks: racks.count,
    occupied: sum(racks.attribute("occupied")),
    ratedKw: sum(racks.attribute("ratedKw")),
  };
};
