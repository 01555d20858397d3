import { classSpec } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { SiteClock } from "./clock.ts";
import { blockRows, type CampusState, type ClassState } from "./state.ts";

/** The side of the campus state that the player writes; everybody else sees `CampusState`. */
export interface WritableCampus extends CampusState {
  connected: boolean;
  /** Tells listeners that cells of a class changed; its dirty blocks are already marked. */
  changed(className: ClassName): void;
}

const createClassState = (className: ClassName, rows: number): ClassState => {
  const { metrics, storage } = classSpec(className);
  const cells = rows * metrics.length;
  const value = storage === "f32" ? new Float32Array(cells) : new Float64Array(cells);
  return {
    className,
    rows,
    columns: metrics.length,
    value: value.fill(Number.NaN),
    status: new Uint8Array(cells),
    sampleTimeMs: new Float64Array(cells),
    receivedTimeMs: new Float64Array(cells),
    dirtyBlocks: new Uint8Array(Math.ceil(rows / blockRows)),
    version: 0,
  };
};

/** Memory for every class of the twin: no value, never seen, until frames arrive. */
export const createCampusState = (twin: Twin, clock: SiteClock): WritableCampus => {
  const states = new Map(classNames.map((name) => [name, createClassState(name, twin.table(name).count)]));
  const listeners = new Set<(className: ClassName) => void>();
  return {
    twin,
    connected: false,
    of: (className) => states.get(className)!,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nowMs: clock.nowMs,
    changed: (className) => {
      states.get(className)!.version++;
      for (const listener of listeners) listener(className);
    },
  };
};
