import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin } from "#twins/model/twin.ts";

/** The Horinger twin as the product under test expands it, for the ids a journey publishes to. */
export const loadHoringer = async (): Promise<Twin> => loadTwin(await readTwinDirectory(null));
