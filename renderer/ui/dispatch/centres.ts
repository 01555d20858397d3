import { useMemo } from "react";
import type { SampledPoint } from "#renderer/data/sampler.ts";
import { usePoint } from "#renderer/stores/points.ts";
import { useServices } from "#renderer/ui/services.tsx";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** The dispatch network's centres without samples from elsewhere, the campus' own first; empty where there are none. */
export const centresOf = (twin: Twin): readonly AssetRef[] => {
  const table = twin.table("centre");
  const sample = table.attribute("sample");
  const roundTrip = table.attribute("roundTripMs");
  return Array.from({ length: table.count }, (_, row) => row)
    .filter((row) => !sample?.[row])
    .sort((a, b) => Number(roundTrip?.[a] !== 0) - Number(roundTrip?.[b] !== 0) || a - b)
    .map((row) => ({ className: "centre", row }));
};

/** Idle compute of the campus itself. */
export const useHomeIdle = (): SampledPoint | undefined => {
  const { twin } = useServices();
  const home = useMemo(() => centresOf(twin)[0] ?? null, [twin]);
  return usePoint(home, "idleCompute");
};
