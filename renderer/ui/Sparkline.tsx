import { useMemo } from "react";
import type { History } from "#feed/contract/bridge.ts";
import { sparkHeight, sparkPaths, sparkRange } from "./sparkPath.ts";

/** A small curve without axes: min–max band, last value, open gaps. The numbers stand beneath it, so it is hidden from readers. */
export const Sparkline = (props: { history: History; range: readonly [number, number] | null }) => {
  const { history, range } = props;
  const { band, line } = useMemo(() => sparkPaths(history, sparkRange(history, range)), [history, range]);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${history.min.length} ${sparkHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="spark-band" d={band} />
      <path className="spark-line" d={line} />
    </svg>
  );
};
