import type { ExportAsk } from "#feed/contract/replay.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** All points of an asset. */
export const pointsOf = ({ className, row }: AssetRef): ExportAsk["points"] =>
  classSpec(className).metrics.map(({ id }) => ({ className, row, metric: id }));
