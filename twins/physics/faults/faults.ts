import type { Result } from "#twins/model/result.ts";
import { ok } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { DisturbanceKind, SensorPoint } from "#twins/physics/instruments/disturbances.ts";
import type { Plant } from "#twins/physics/plant.ts";
import type { FaultClearance, FaultInForce, FaultOrder, FaultProblem, Struck } from "./order.ts";
import { noSuchSensor, struckBy } from "./order.ts";

/** Breaks and repairs a plant, between its steps and within them. */
export interface Faults {
  /** In the order they were injected. */
  inForce(): readonly FaultInForce[];
  /** Injected again it is one fault, that goes from where it was to the new severity. */
  inject(order: FaultOrder): Result<FaultInForce, FaultProblem>;
  /** Repairs all that meet it, and says how many there were. */
  clear(clearance: Partial<FaultClearance>): number;
  /**
   * Moves the plant on: faults grow, and pass, at their own times, however long the step. Without any that does either
   * it is the plant's own step, and allocates nothing.
   */
  step(seconds: number, meteredSeconds?: number): void;
}

type Broken = Pick<Plant, "conditions" | "instruments" | "step" | "timeMs">;

interface Held extends Struck {
  readonly asset: string;
  /** Its condition; null where it is in a sensor. Shape: rows of its class. */
  readonly severities: Float32Array | null;
  /** Severity it comes from and goes to, from when on and until when, ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly sinceMs: number;
  readonly grownMs: number;
  /** Infinite until somebody clears it. */
  readonly untilMs: number;
}

/** What grows moves in steps of a hundredth of its time, and none shorter than the plant's own parts, s. */
const growingPart = 0.01;
const leastPartS = 10;
/** A step that is cut is cut into parts that the plant's memory can follow (plant.ts), s. */
const longestPartS = 600;
/** A time within this of another is that time: plant time is a sum of steps, ms. */
const sameMs = 0.5;

const severityAt = ({ from, to, sinceMs, grownMs }: Held, timeMs: number): number =>
  timeMs >= grownMs ? to : from + ((to - from) * (timeMs - sinceMs)) / (grownMs - sinceMs);

const shownAt = (held: Held, timeMs: number): FaultInForce => ({
  fault: held.kind.id,
  asset: held.asset,
  metric: held.metric,
  severity: severityAt(held, timeMs),
  untilMs: held.untilMs === Number.POSITIVE_INFINITY ? null : held.untilMs,
});

const isOf = (held: Held, { kind, metric }: Struck, asset: string): boolean =>
  held.kind === kind && held.asset === asset && held.metric === metric;

const meets = (held: Held, { asset, fault, metric }: Partial<FaultClearance>): boolean =>
  (asset ?? held.asset) === held.asset &&
  (fault ?? held.kind.id) === held.kind.id &&
  (metric ?? held.metric) === held.metric;

const pointOf = ({ className, start }: Held, metric: string): SensorPoint => ({
  className,
  row: start,
  metric,
});

/** The worst of what is in force counts where several faults set one condition. */
const setCondition = (
  all: readonly Held[],
  severities: Float32Array,
  changed: Held,
  timeMs: number,
): void => {
  severities.fill(0, changed.start, changed.end);
  for (let i = 0; i < all.length; i++) {
    const each = all[i]!;
    if (each.severities !== severities) continue;
    const severity = severityAt(each, timeMs) * each.kind.full;
    const end = Math.min(each.end, changed.end);
    for (let row = Math.max(each.start, changed.start); row < end; row++)
      if (severity > severities[row]!) severities[row] = severity;
  }
};

export const createFaults = (twin: Twin, plant: Broken): Faults => {
  const all: Held[] = [];

  /** Puts into the plant what a fault is now. @returns false where there is no such sensor */
  const put = (held: Held): boolean => {
    const { severities, kind, metric } = held;
    if (severities) setCondition(all, severities, held, plant.timeMs);
    if (severities || metric === null) return true;
    const severity = severityAt(held, plant.timeMs) * kind.full;
    return plant.instruments.disturb(pointOf(held, metric), kind.sets as DisturbanceKind, severity);
  };
  const release = (index: number): void => {
    const held = all[index]!;
    all.splice(index, 1);
    const { severities, kind, metric } = held;
    if (severities) setCondition(all, severities, held, plant.timeMs);
    else if (metric !== null)
      plant.instruments.disturb(pointOf(held, metric), kind.sets as DisturbanceKind, 0);
  };
  /** Faults that have had their time pass, and those that grow have grown. */
  const follow = (): void => {
    for (let i = all.length - 1; i >= 0; i--) {
      const held = all[i]!;
      if (held.untilMs <= plant.timeMs + sameMs) release(i);
      else if (held.sinceMs < held.grownMs) put(held);
    }
  };
  /** Longest part of a step that what grows can be followed in, s; infinite where nothing does. */
  const growingS = (): number => {
    let part = Number.POSITIVE_INFINITY;
    for (let i = 0; i < all.length; i++) {
      const { sinceMs, grownMs } = all[i]!;
      if (grownMs > plant.timeMs)
        part = Math.min(part, Math.max(leastPartS, (growingPart * (grownMs - sinceMs)) / 1000));
    }
    return part;
  };
  const nextPassMs = (): number => {
    let next = Number.POSITIVE_INFINITY;
    for (let i = 0; i < all.length; i++) next = Math.min(next, all[i]!.untilMs);
    return next;
  };

  const inject = (order: FaultOrder): Result<FaultInForce, FaultProblem> => {
    const struck = struckBy(twin, order);
    if (!struck.ok) return struck;
    const { kind, className } = struck.value;
    const { asset, severity = 1, forS, overS = kind.overS } = order;
    const nowMs = plant.timeMs;
    const known = all.findIndex((each) => isOf(each, struck.value, asset));
    const held: Held = {
      ...struck.value,
      asset,
      severities: kind.acts === "condition" ? plant.conditions.find(className, kind.sets)! : null,
      from: known < 0 ? 0 : severityAt(all[known]!, nowMs),
      to: severity,
      sinceMs: nowMs,
      grownMs: nowMs + overS * 1000,
      untilMs: forS === undefined ? Number.POSITIVE_INFINITY : nowMs + forS * 1000,
    };
    if (known < 0) all.push(held);
    else all[known] = held;
    if (put(held)) return ok(shownAt(held, nowMs));
    all.splice(all.indexOf(held), 1);
    return noSuchSensor(order);
  };

  const clear = (clearance: Partial<FaultClearance>): number => {
    const before = all.length;
    for (let i = all.length - 1; i >= 0; i--) if (meets(all[i]!, clearance)) release(i);
    return before - all.length;
  };

  const stepInParts = (seconds: number, meteredSeconds: number): void => {
    const endMs = plant.timeMs + seconds * 1000;
    for (let leftS = seconds; leftS > sameMs / 1000; leftS = (endMs - plant.timeMs) / 1000) {
      const partS = Math.min(leftS, longestPartS, growingS(), (nextPassMs() - plant.timeMs) / 1000);
      plant.step(partS, (partS / seconds) * meteredSeconds);
      follow();
    }
  };

  return {
    inForce: () => all.map((held) => shownAt(held, plant.timeMs)),
    inject,
    clear,
    step: (seconds, meteredSeconds = seconds) => {
      const isChanging =
        growingS() < Number.POSITIVE_INFINITY || nextPassMs() <= plant.timeMs + seconds * 1000 + sameMs;
      if (isChanging && seconds > 0) stepInParts(seconds, meteredSeconds);
      else plant.step(seconds, meteredSeconds);
    },
  };
};
