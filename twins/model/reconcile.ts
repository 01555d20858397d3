import type { Plot } from "./plan.ts";
import type { TwinDocument } from "./schema.ts";
import type { Reconciliation, ReconciliationLine } from "./twin.ts";
import { Stage } from "./twin.ts";

/**
 * The reconciliation table (对账表): one line per block of buildings that the published plan calls built,
 * racks × kW each × occupancy × load = MW, against the published built IT load.
 * It speaks of the plan, so it is the same whatever number of racks is telemetered.
 */
export const reconcile = (twin: TwinDocument, plots: readonly Plot[]): Reconciliation => {
  const blocks = new Map<string, ReconciliationLine>();
  for (const { zone, block, template, stage, racks } of plots) {
    if (!template || stage !== Stage.built) continue;
    const scope = `${zone.id}/${block.id}`;
    const { rackKw, occupancy, load } = template;
    const mw = (racks * rackKw * occupancy * load) / 1_000;
    const line = blocks.get(scope) ?? { scope, racks: 0, kwPerRack: rackKw, occupancy, load, mw: 0 };
    blocks.set(scope, { ...line, racks: line.racks + racks, mw: line.mw + mw });
  }
  const lines = [...blocks.values()];
  const sumMw = lines.reduce((sum, line) => sum + line.mw, 0);
  const { builtItMw, note } = twin.published;
  return { lines, sumMw, publishedMw: builtItMw, residualMw: builtItMw - sumMw, note };
};
