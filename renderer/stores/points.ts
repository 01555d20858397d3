import { createContext, createElement, type ReactNode, use, useMemo, useSyncExternalStore } from "react";
import type { SampledPoint, Sampler, Watch } from "#renderer/data/sampler.ts";
import type { CampusState } from "#renderer/data/state.ts";
import type { AssetRef } from "#twins/model/twin.ts";

const SamplerContext = createContext<Sampler | null>(null);

/** Gives the panels below their sampler; App makes one per campus. */
export const SamplerProvider = (props: { sampler: Sampler; children?: ReactNode }) =>
  createElement(SamplerContext, { value: props.sampler }, props.children);

const useSampler = (): Sampler => {
  const sampler = use(SamplerContext);
  if (!sampler) throw new Error("a sensor value was read outside SamplerProvider");
  return sampler;
};

const useWatch = <T>(watch: Watch<T>): T => useSyncExternalStore(watch.subscribe, watch.get);

const nothing: Watch<undefined> = { get: () => undefined, subscribe: () => () => {} };

/**
 * The sampled hook: one point, at most four times a second, re-rendering only when its displayed text, age,
 * quality, freshness or origin changed. Undefined without an asset, or when the class has no such metric.
 */
export const usePoint = (ref: AssetRef | null | undefined, metricId: string): SampledPoint | undefined => {
  const sampler = useSampler();
  const className = ref?.className;
  const row = ref?.row;
  const watch = useMemo(
    () =>
      className === undefined || row === undefined ? nothing : sampler.point({ className, row }, metricId),
    [sampler, className, row, metricId],
  );
  return useWatch<SampledPoint | undefined>(watch);
};

/**
 * A KPI of a metered boundary: a derived column of a site, zone, building or room, evaluated once in the feed.
 * Undefined where the asset is no boundary.
 */
export const useKpi = (name: string, scope: AssetRef | null | undefined): SampledPoint | undefined => {
  const point = usePoint(scope, name);
  return point?.metric.derived ? point : undefined;
};

/**
 * Anything else computed from the campus state, sampled the same way (counts, sums, a column of a list).
 * `read` and `same` must keep their identity between renders (module scope or useCallback).
 */
export const useSample = <T>(read: (campus: CampusState) => T, same: (a: T, b: T) => boolean): T => {
  const sampler = useSampler();
  const watch = useMemo(() => sampler.watch(read, same), [sampler, read, same]);
  return useWatch(watch);
};
