import type { KpiExplanation } from "#feed/contract/bridge.ts";
import type { ClassTables } from "#feed/tables/class-table.ts";
import type { Boundary, TotalSource } from "#twins/kpi/boundary.ts";
import { balancePercent, isBelow, sumOf } from "#twins/kpi/reading.ts";
import { classSpec, metricIndex } from "#twins/model/catalogue.ts";
import { isUsable, Origin, originNames, originOf, Quality, qualityOf } from "#twins/model/quality.ts";
import { type MeterReader, type WindowResult, windowPue, windows } from "./meters.ts";

const totalFormula: Readonly<Record<TotalSource, string>> = {
  supply: "grid + PV + wind + storage discharge − charge + generators",
  main: "main meter",
  parts: "IT + cooling + auxiliary meters",
  children: "sum of the metered boundaries inside",
  none: "no meter",
};

const seconds = (ms: number): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

export interface ExplainInputs {
  readonly tables: ClassTables;
  readonly boundaries: readonly Boundary[];
  readonly meters: MeterReader;
}

/**
 * How a KPI of a boundary came to its number: meters with ratio and register readings at both ends, window, coverage
 * and the balance of main against sub-meters. Null when there is no such KPI or boundary.
 */
export const explainKpi = (inputs: ExplainInputs, name: string, scope: string): KpiExplanation | null => {
  const { tables, boundaries, meters } = inputs;
  const ref = tables.twin.find(scope);
  const boundary = ref && boundaries.find((b) => b.className === ref.className && b.row === ref.row);
  const column = boundary ? metricIndex(boundary.className, name) : -1;
  if (!boundary || column < 0) return null;
  const table = tables.of(boundary.className);
  const cell = boundary.row * table.columns + column;
  const value = table.value[cell]!;
  const window = windows.find(({ metric }) => metric === name);
  const measured = window ? windowPue(meters, boundary, window.windowMs) : null;
  const needed = neededFor(name, boundary);
  const usable = needed.filter((row) => isUsable(meters.power(row).status)).length;
  const subs = sumOf(boundary.subs, meters.power);
  const main = sumOf(boundary.total, meters.power);
  const it = sumOf(boundary.it, meters.power);
  return {
    name,
    scope,
    value: Number.isNaN(value) || qualityOf(table.status[cell]!) < Quality.uncertain ? null : value,
    unit: classSpec(boundary.className).metrics[column]!.unit,
    formula: formulaOf(name, boundary),
    category: 1,
    window: window && measured ? describeWindow(window.windowMs, measured) : "now",
    windowMs: window?.windowMs ?? null,
    coveredMs: measured?.actualMs ?? null,
    totalSource: boundary.totalSource,
    coverage: needed.length === 0 ? 0 : usable / needed.length,
    meters: needed.map((row) => explainMeter(inputs, row, measured)),
    isBelowIt: measured?.isBelowIt ?? (name === "powerRatio" && isBelow(main.value, it.value)),
    balancePercent: boundary.subs.length === 0 ? null : balancePercent(main.value, subs.value),
    origin: originNames[Number.isNaN(value) ? Origin.derived : originOf(table.status[cell]!)]!,
  };
};

const neededFor = (name: string, { it, total }: Boundary): readonly number[] => {
  if (name === "itPower") return it;
  if (name === "totalPower") return total;
  if (name === "load" || name === "inletMax") return [];
  return [...new Set([...total, ...it])];
};

const formulaOf = (name: string, { totalSource }: Boundary): string => {
  const total = totalFormula[totalSource];
  if (name.startsWith("pue")) return `E_DC / E_IT by registers; E_DC = ${total}; E_IT = UPS output`;
  if (name === "powerRatio") return `P_DC / P_IT now; P_DC = ${total}; P_IT = UPS output`;
  if (name === "totalPower") return total;
  if (name === "itPower") return "UPS output meters";
  if (name === "load") return "mean of the racks' load";
  if (name === "inletMax") return "hottest of the racks' inlets";
  if (name === "coverage") return "usable meters / meters needed";
  return "meter at hand-over";
};

const describeWindow = (windowMs: number, { actualMs }: WindowResult): string =>
  actualMs >= windowMs ? seconds(windowMs) : `${seconds(windowMs)}, ${seconds(actualMs)} so far`;

const explainMeter = (
  { tables, meters }: ExplainInputs,
  row: number,
  window: WindowResult | null,
): KpiExplanation["meters"][number] => {
  const power = meters.power(row);
  const energy = meters.energy(row);
  return {
    id: tables.twin.idOf({ className: "meter", row }),
    role: meters.role(row) ?? "unknown",
    powerKw: isUsable(power.status) ? power.value : null,
    energyKwh: isUsable(energy.status) ? energy.value : null,
    energyStartKwh: window && window.actualMs > 0 ? meters.registers.registerAt(row, window.startStep) : null,
    ratio: tables.twin.table("meter").attribute("ratio")?.[row] ?? 1,
    usable: isUsable(power.status),
  };
};
