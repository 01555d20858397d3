import { readPoint } from "#renderer/data/reading.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import type { KpiValue } from "./api.ts";

/** Windows of the energy KPIs; everything else is of this instant. */
const windows: Readonly<Record<string, string>> = { pue15m: "15 min", pue1h: "1 h", pue24h: "24 h" };

const formulas: Readonly<Record<string, string>> = {
  pue15m: "PUE = E_DC / E_IT, ISO/IEC 30134-2:2016 category 1",
  pue1h: "PUE = E_DC / E_IT, ISO/IEC 30134-2:2016 category 1",
  pue24h: "PUE = E_DC / E_IT, ISO/IEC 30134-2:2016 category 1",
  powerRatio: "total power / IT power at this instant; no PUE, which is a ratio of energies",
  itPower: "sum of the IT meters of the boundary",
  totalPower: "power entering the boundary at its main meters",
  load: "mean over the racks of the boundary",
  inletMax: "hottest rack inlet of the boundary",
  coverage: "usable meters / meters of the boundary",
  greenShare: "on-site solar and wind / total supply at this instant; not hourly matching, not REF",
};

/**
 * A derived column of a metered boundary, as the feed's engine last computed it. A stale one has no value:
 * a key figure that cannot be computed now is no key figure of now.
 */
export const readKpi = (
  campus: { readonly twin: Twin; readonly state: CampusState } | null,
  name: string,
  scopeId: string,
): KpiValue | undefined => {
  const scope: AssetRef | undefined = campus?.twin.find(scopeId);
  const reading = campus && scope ? readPoint(campus.state, scope, name) : undefined;
  if (!reading?.metric.derived) return undefined;
  const coverage = readPoint(campus!.state, scope!, "coverage")?.value ?? 0;
  const isCurrent = reading.freshness === "fresh" || reading.freshness === "late";
  return {
    value: isCurrent ? reading.value : null,
    unit: reading.unit,
    window: windows[name] ?? "instant",
    coverage: coverage / 100,
    freshness: reading.freshness,
    origin: reading.origin,
    provenance: `${formulas[name] ?? reading.metric.name.en}; origin: ${reading.origin}`,
  };
};
