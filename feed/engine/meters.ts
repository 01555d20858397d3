import type { ClassTables } from "#feed/tables/class-table.ts";
import type { Boundary } from "#twins/kpi/boundary.ts";
import { isBelow, type KpiInput, ratioOf } from "#twins/kpi/reading.ts";
import { isNetMeter, RegisterHistory } from "#twins/kpi/register.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";
import { type MeterRole, meterRoles } from "#twins/model/twin.ts";

/** Energy windows and their columns. */
export const windows = [
  { metric: "pue15m", windowMs: 15 * 60_000 },
  { metric: "pue1h", windowMs: 60 * 60_000 },
  { metric: "pue24h", windowMs: 24 * 60 * 60_000 },
] as const;

/** Meters, as KPI code reads them. */
export interface MeterReader {
  readonly power: (row: number) => KpiInput;
  readonly energy: (row: number) => KpiInput;
  readonly role: (row: number) => MeterRole | undefined;
  readonly registers: RegisterHistory;
}

/** PUE of an energy window. */
export interface WindowResult {
  readonly value: number;
  /** What went in was less than what IT took. */
  readonly isBelowIt: boolean;
  /** How much of the window the registers cover, ms. */
  readonly actualMs: number;
  readonly startStep: number;
}

export const createReader = (tables: ClassTables): MeterReader => {
  const table = tables.of("meter");
  const roles = tables.twin.table("meter").attribute("role");
  const role = (row: number): MeterRole | undefined => meterRoles[roles?.[row] ?? -1];
  const reader = (metric: string) => {
    const column = metricIndex("meter", metric);
    return (row: number): KpiInput => {
      const cell = row * table.columns + column;
      return {
        value: table.value[cell]!,
        status: table.status[cell]!,
        sampleMs: table.sampleTimeMs[cell]!,
        receivedMs: table.receivedTimeMs[cell]!,
      };
    };
  };
  return {
    power: reader("power"),
    energy: reader("energy"),
    role,
    registers: new RegisterHistory(table.rows, (row) => isNetMeter(tables.twin, row)),
  };
};

/** Energy PUE over a window, from the registers of the meters that the boundary needs; NaN without a whole minute. */
export const windowPue = (meters: MeterReader, boundary: Boundary, windowMs: number): WindowResult => {
  const needed = [...boundary.total, ...boundary.it];
  const isUsableNow = needed.every((row) => isUsable(meters.energy(row).status));
  const { actualMs, startStep } = meters.registers.window(needed, windowMs);
  if (!isUsableNow || actualMs === 0 || boundary.it.length === 0)
    return { value: Number.NaN, isBelowIt: false, actualMs: 0, startStep };
  const total = meters.registers.since(boundary.total, startStep);
  const it = meters.registers.since(boundary.it, startStep);
  return { value: ratioOf(total, it), isBelowIt: isBelow(total, it), actualMs, startStep };
};
