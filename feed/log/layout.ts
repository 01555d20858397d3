import type { ClassTable } from "#feed/tables/class-table.ts";

/** One column of a logged class. Written into the file, so that no reader needs the product's catalogue. */
export interface ColumnLayout {
  /** Metric id, `inletTemperature`. */
  readonly id: string;
  /** UCUM unit. */
  readonly unit: string;
  /** Values are whole multiples of this; 0: bit for bit. */
  readonly resolution: number;
  /** Computed here, once a second, from what was received: its times are those of its newest input. Absent: received. */
  readonly derived?: true;
}

/** One logged class. */
export interface ClassLayout {
  readonly name: string;
  /** Place among the twin's classes; decides the channels. */
  readonly index: number;
  readonly rows: number;
  /** Width of bit-exact values. */
  readonly storage: "f32" | "f64";
  readonly columns: readonly ColumnLayout[];
}

export const layoutOf = (table: ClassTable): ClassLayout => ({
  name: table.spec.name,
  index: table.index,
  rows: table.rows,
  storage: table.spec.storage,
  columns: table.spec.metrics.map(({ id, unit, resolution = 0, derived }) => ({
    id,
    unit,
    resolution,
    ...(derived && { derived }),
  })),
});

/** Largest number of steps either way; a value beyond it is recorded as the nearest that fits. */
const mostSteps = 2 ** 51;

/**
 * How values of one column turn into whole steps and back. A resolution of 0.1 divides by 10 instead of multiplying
 * by 0.1, which has no exact binary form: 234 steps are 23.4, not 23.400000000000002.
 */
export interface Scale {
  readonly isRaw: boolean;
  /** Steps per unit. */
  readonly perUnit: number;
  /** value = steps / divisor × multiplier; one of both is 1. */
  readonly divisor: number;
  readonly multiplier: number;
}

export const scaleOf = ({ resolution }: ColumnLayout): Scale => {
  if (resolution === 0) return { isRaw: true, perUnit: 1, divisor: 1, multiplier: 1 };
  const perUnit = 1 / resolution;
  const whole = Math.round(perUnit);
  const isInverse = whole >= 1 && Math.abs(perUnit - whole) < 1e-9 * whole;
  return isInverse
    ? { isRaw: false, perUnit: whole, divisor: whole, multiplier: 1 }
    : { isRaw: false, perUnit, divisor: 1, multiplier: resolution };
};

/** Whole steps of a value; NaN for none. */
export const stepsOf = (value: number, { isRaw, perUnit }: Scale): number => {
  if (isRaw) return value;
  // Adding nought turns −0 into 0: lists compare by ===.
  const steps = Math.round(value * perUnit) + 0;
  if (steps >= -mostSteps && steps <= mostSteps) return steps;
  return Number.isFinite(steps) ? Math.sign(steps) * mostSteps : Number.NaN;
};

export const fromSteps = (steps: number, { divisor, multiplier }: Scale): number =>
  (steps / divisor) * multiplier;
