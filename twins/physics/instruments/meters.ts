import { classNames } from "#twins/model/metric.ts";
import type { MeterRole, Twin } from "#twins/model/twin.ts";
import { meterRoles } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import { smoothNoise, unit } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";

/** Power at each metered boundary, kW, by what the meter measures. Shape of each array: rows of the boundary's class. */
export type BoundaryPower = Readonly<
  Record<"room" | "building" | "zone" | "site", Readonly<Partial<Record<MeterRole, Float64Array>>>>
>;

export interface Meters {
  readonly seed: number;
  readonly power: Float64Array;
  /** Net energy: what went the other way is taken off, so export and charging lower it. */
  readonly energy: Float64Array;
  readonly powerFactor: Float64Array;
  /** Where each meter reads, or null where nothing of the plant passes it. */
  readonly sources: readonly (Float64Array | null)[];
  readonly sourceRow: Int32Array;
  started: boolean;
}

export const createMeters = (
  twin: Twin,
  columns: PlantColumns,
  { boundaries, seed }: { boundaries: BoundaryPower; seed: number },
): Meters => {
  const table = twin.table("meter");
  const role = attributeOr(twin, "meter", "role", 0);
  // Classes other than the rack are stored in 64 bits (catalogue).
  const own = columnsOf(columns, "meter", ["power", "energy", "powerFactor"]) as Pick<
    Meters,
    "power" | "energy" | "powerFactor"
  >;
  const sourceOf = (row: number): Float64Array | null => {
    const boundary = classNames[table.parentClass[row]!];
    const name = meterRoles[role[row]!];
    if (name === undefined) return null;
    if (boundary !== "room" && boundary !== "building" && boundary !== "zone" && boundary !== "site")
      return null;
    return boundaries[boundary][name] ?? null;
  };
  return {
    seed,
    ...own,
    sources: Array.from({ length: table.count }, (_, row) => sourceOf(row)),
    sourceRow: table.parentRow,
    started: false,
  };
};

/** Registers start at what the meter would have counted since it was fitted, half a year to two years ago, kWh. */
const startRegisters = (meters: Meters): void => {
  for (let row = 0; row < meters.energy.length; row++) {
    const hours = 8766 * (0.5 + 1.5 * unit(meters.seed + 501, row));
    meters.energy[row] = Math.round(Math.abs(meters.power[row]!) * 0.92 * hours * 10) / 10;
  }
  meters.started = true;
};

/** Reads every meter and adds the step's energy at the mean of the power before and after. */
export const stepMeters = (
  meters: Meters,
  { seconds, meteredSeconds }: { seconds: number; meteredSeconds: number },
): void => {
  const { power, energy, powerFactor, sources, sourceRow, seed } = meters;
  for (let row = 0; row < power.length; row++) {
    const source = sources[row];
    if (!source) continue;
    const before = power[row]!;
    const after = source[sourceRow[row]!]!;
    power[row] = after;
    energy[row] = energy[row]! + (((before + after) / 2) * meteredSeconds) / 3600;
    powerFactor[row] = 0.975 + 0.012 * smoothNoise(seed + 502 + row, seconds / 900);
  }
  if (!meters.started) startRegisters(meters);
};
