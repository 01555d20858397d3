import type { ExportAsk } from "#feed/contract/replay.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef } from "#twins/model/twin.ts";

/** All points of an asset. */
const pointsOf = ({ className, row }: AssetRef): ExportAsk["points"] =>
  classSpec(className).metrics.map(({ id }) => ({ className, row, metric: id }));

/** Sets of points that can be exported, by what a person calls them. */
export interface PointSets {
  /** Of the selected asset. */
  readonly selected?: ExportAsk["points"];
  /** Those of the trend charts. */
  readonly charted?: ExportAsk["points"];
}

/** What there is to export now: sets without a point are left out. */
export const pointSets = (selected: AssetRef | null, charted: ExportAsk["points"]): PointSets => ({
  ...(selected && { selected: pointsOf(selected) }),
  ...(charted.length > 0 && {
    charted: charted.map(({ className, row, metric }) => ({ className, row, metric })),
  }),
});
