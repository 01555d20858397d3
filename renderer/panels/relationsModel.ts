import { classAt } from "#renderer/ui/assets.ts";
import { classNames } from "#twins/model/metric.ts";
import { type AssetRef, linkKinds, type Twin } from "#twins/model/twin.ts";

/** One `serves` link as seen from an asset. */
export interface Relation {
  readonly kind: (typeof linkKinds)[number];
  readonly to: AssetRef;
}

export interface Relations {
  readonly upstream: readonly Relation[];
  readonly downstream: readonly Relation[];
  /** Links beyond the limit, counted. */
  readonly moreUpstream: number;
  readonly moreDownstream: number;
}

/** What serves an asset and what it serves, at most `limit` each way: one pass over the link columns. */
export const relationsOf = (twin: Twin, asset: AssetRef, limit: number): Relations => {
  const { links } = twin;
  const own = classNames.indexOf(asset.className);
  const upstream: Relation[] = [];
  const downstream: Relation[] = [];
  let up = 0;
  let down = 0;
  for (let i = 0; i < links.count; i++) {
    const isTarget = links.toRow[i] === asset.row && links.toClass[i] === own;
    const isSource = links.fromRow[i] === asset.row && links.fromClass[i] === own;
    if (!isTarget && !isSource) continue;
    const className = classAt(isTarget ? links.fromClass[i]! : links.toClass[i]!);
    const kind = linkKinds[links.kind[i]!];
    if (!className || !kind) continue;
    const to = { className, row: isTarget ? links.fromRow[i]! : links.toRow[i]! };
    if (isTarget && up++ < limit) upstream.push({ kind, to });
    if (isSource && down++ < limit) downstream.push({ kind, to });
  }
  return {
    upstream,
    downstream,
    moreUpstream: Math.max(0, up - limit),
    moreDownstream: Math.max(0, down - limit),
  };
};
