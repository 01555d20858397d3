import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createTables } from "./class-table.ts";
import { Ledger } from "./ledger.ts";
import { createPublishers } from "./publishers.ts";
import type { PointStore } from "./take.ts";

/** The built-in campus, small. */
export const smallCampus = async (racks = 3000): Promise<Twin> =>
  loadTwin(await readTwinDirectory(null), { racks });

export const storeOf = (twin: Twin): PointStore => {
  const tables = createTables(twin);
  return { tables, publishers: createPublishers(), ledger: new Ledger(tables) };
};
