import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";

/** The Horinger twin as the product under test expands it, for the ids a journey publishes to. */
export const loadHoringer = async (): Promise<Twin> => loadTwin(await readTwinDirectory(null));

/** Ids of the first `count` racks that hold something: an empty rack has no values. */
export const occupiedRacks = async (count: number): Promise<readonly string[]> => {
  const table = (await loadHoringer()).table("rack");
  const occupied = table.attribute("occupied");
  const rows = Array.from({ length: table.count }, (_, row) => row).filter((row) => occupied?.[row] !== 0);
  return rows.slice(0, count).map((row) => table.idOf(row));
};
