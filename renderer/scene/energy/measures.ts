import { DynamicDrawUsage, InstancedBufferAttribute } from "three";
import { tableStrip } from "#renderer/data/energyFlow.ts";
import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { performanceRatio } from "#twins/kpi/performance-ratio.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, freshnessOf, isUsable, originOf, Quality, qualityOf } from "#twins/model/quality.ts";

/** How a value may be shown; the same numbers as in the shader's `readDatum`. */
export const Look = { never: 0, bad: 1, stale: 2, usable: 3 } as const;

export const lookOf = (status: number): number => {
  if (qualityOf(status) === Quality.unknown || freshnessOf(status) === Freshness.never) return Look.never;
  if (qualityOf(status) === Quality.bad) return Look.bad;
  return freshnessOf(status) === Freshness.stale ? Look.stale : Look.usable;
};

const [lowKw, highKw] = tableStrip.range;
/** A clean field gives this much of its rating under its light (wiring, mismatch, inverter); what is missing is taken for dirt. */
const cleanRatio = 0.88;
/** Below this light a ratio says nothing, above it inverters clip, W/m². */
const [leastLight, mostLight] = [120, 850];
/** What dust a table has of which nobody tells anything. */
const unknownDust = 0.04;

/**
 * What telemetry says about tables and batteries, as an attribute that several draws share: value as shown (0…1), look,
 * dust (0…1, derived), and of a table its origin, of a battery the direction of power (−1 charges, 1 discharges). Row-major, (tables + batteries) × 4.
 */
export class Measures {
  readonly attribute: InstancedBufferAttribute;
  readonly #tables: ClassState;
  readonly #batteries: ClassState;
  readonly #kwp: Float32Array | undefined;
  #seenTables = -1;
  #seenBatteries = -1;
  #low = 0;
  #high = -1;

  constructor(state: CampusState) {
    this.#tables = state.of("pvTable");
    this.#batteries = state.of("battery");
    this.#kwp = state.twin.table("pvTable").attribute("kWp");
    const values = new Float32Array(Math.max(1, this.#tables.rows + this.#batteries.rows) * 4);
    this.attribute = new InstancedBufferAttribute(values, 4);
    this.attribute.setUsage(DynamicDrawUsage);
    for (let row = 0; row < this.#tables.rows; row++) values[row * 4 + 2] = unknownDust;
  }

  /** Takes what changed since; call at most four times a second. */
  sample(): void {
    this.#low = Number.POSITIVE_INFINITY;
    this.#high = -1;
    if (this.#tables.version !== this.#seenTables) this.#readTables();
    if (this.#batteries.version !== this.#seenBatteries) this.#readBatteries();
    if (this.#high < 0) return;
    this.attribute.clearUpdateRanges();
    this.attribute.addUpdateRange(this.#low * 4, (this.#high - this.#low + 1) * 4);
    this.attribute.needsUpdate = true;
  }

  #readTables(): void {
    const { rows, columns, value, status, version } = this.#tables;
    this.#seenTables = version;
    for (let row = 0; row < rows; row++) {
      const power = row * columns + pv.power;
      const look = lookOf(status[power]!);
      const kw = look === Look.usable || look === Look.stale ? value[power]! : 0;
      this.#put(row, [(kw - lowKw) / (highKw - lowKw), look, this.#dust(row), originOf(status[power]!)]);
    }
  }

  /** Dust on a table from power and light (IEC 61724-1), as long as both are told and say something. */
  #dust(row: number): number {
    const { columns, value, status } = this.#tables;
    const at = row * columns;
    const light = value[at + pv.irradiance]!;
    const isKnown =
      isUsable(status[at + pv.power]!) &&
      isUsable(status[at + pv.irradiance]!) &&
      isUsable(status[at + pv.moduleTemperature]!) &&
      light >= leastLight &&
      light <= mostLight;
    if (!isKnown) return this.attribute.array[row * 4 + 2]!;
    const ratio = performanceRatio(value[at + pv.power]!, {
      ratedKw: this.#kwp?.[row] ?? Number.NaN,
      irradiance: light,
      moduleC: value[at + pv.moduleTemperature]!,
    });
    return Number.isNaN(ratio) ? unknownDust : Math.max(0, Math.min(1, 1 - ratio / cleanRatio));
  }

  #readBatteries(): void {
    const { rows, columns, value, status, version } = this.#batteries;
    this.#seenBatteries = version;
    for (let row = 0; row < rows; row++) {
      const charge = row * columns + bat.stateOfCharge;
      const power = row * columns + bat.power;
      const look = lookOf(status[charge]!);
      const kw = isUsable(status[power]!) ? value[power]! : 0;
      const direction = Math.abs(kw) < 1 ? 0 : Math.sign(kw);
      this.#put(this.#tables.rows + row, [look >= Look.stale ? value[charge]! / 100 : 0, look, 0, direction]);
    }
  }

  #put(row: number, [shown, look, dust, last]: readonly [number, number, number, number]): void {
    const values = this.attribute.array as Float32Array;
    const at = row * 4;
    const clamped = Math.max(0, Math.min(1, shown)) || 0;
    const isSame =
      Math.abs(values[at]! - clamped) < 0.002 &&
      values[at + 1] === look &&
      Math.abs(values[at + 2]! - dust) < 0.01 &&
      values[at + 3] === last;
    if (isSame) return;
    values[at] = clamped;
    values[at + 1] = look;
    values[at + 2] = dust;
    values[at + 3] = last;
    this.#low = Math.min(this.#low, row);
    this.#high = Math.max(this.#high, row);
  }
}

const pv = {
  power: metricIndex("pvTable", "power"),
  irradiance: metricIndex("pvTable", "irradiance"),
  moduleTemperature: metricIndex("pvTable", "moduleTemperature"),
};
const bat = {
  power: metricIndex("battery", "power"),
  stateOfCharge: metricIndex("battery", "stateOfCharge"),
};
