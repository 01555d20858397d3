import { DynamicDrawUsage, InstancedBufferAttribute } from "three";
import { fixedScales } from "#renderer/data/scales.ts";
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

/** A clean field gives this much of its rating under its light (wiring, mismatch, inverter); what is missing is taken for dirt. */
const cleanRatio = 0.88;
/** Below this light a ratio says nothing, above it inverters clip, W/m². */
const [leastLight, mostLight] = [120, 850];
/** A container that gives or takes less stands by: 0.2 % of its 1,300 kW. kW */
const standbyKw = 2.6;
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
  #range = fixedScales.pvTable.range;
  #seenTables = -1;
  #seenBatteries = -1;
  /** One row before it is written: reused, since thousands are read four times a second. */
  readonly #next = new Float64Array(4);
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

  /** Tables are shown within another range, kW. @returns true when it is another: all are due */
  colour(range: readonly [low: number, high: number]): boolean {
    if (range === this.#range) return false;
    this.#range = range;
    this.#seenTables = -1;
    return true;
  }

  /** Takes what changed since; call at most four times a second. */
  sample(): void {
    this.#low = Number.POSITIVE_INFINITY;
    this.#high = -1;
    if (this.#tables.version !== this.#seenTables) this.#readTables();
    if (this.#batteries.version !== this.#seenBatteries) this.#readBatteries();
    if (this.#high < 0) return;
    // What was not uploaded yet, because nobody looked, stays due: three clears the range once it has.
    const due = this.attribute.updateRanges[0];
    const start = Math.min(this.#low * 4, due ? due.start : Infinity);
    const end = Math.max((this.#high + 1) * 4, due ? due.start + due.count : 0);
    this.attribute.clearUpdateRanges();
    this.attribute.addUpdateRange(start, end - start);
    this.attribute.needsUpdate = true;
  }

  #readTables(): void {
    const { rows, columns, value, status, version } = this.#tables;
    this.#seenTables = version;
    const [lowKw, highKw] = this.#range;
    const next = this.#next;
    for (let row = 0; row < rows; row++) {
      const power = row * columns + pv.power;
      const look = lookOf(status[power]!);
      const kw = look === Look.usable || look === Look.stale ? value[power]! : 0;
      next[0] = (kw - lowKw) / (highKw - lowKw);
      next[1] = look;
      next[2] = this.#dust(row);
      next[3] = originOf(status[power]!);
      this.#put(row);
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
    const next = this.#next;
    for (let row = 0; row < rows; row++) {
      const charge = row * columns + bat.stateOfCharge;
      const power = row * columns + bat.power;
      const look = lookOf(status[charge]!);
      const kw = isUsable(status[power]!) ? value[power]! : 0;
      const direction = Math.abs(kw) < standbyKw ? 0 : Math.sign(kw);
      next[0] = look >= Look.stale ? value[charge]! / 100 : 0;
      next[1] = look;
      next[2] = 0;
      next[3] = direction;
      this.#put(this.#tables.rows + row);
    }
  }

  /** Writes `#next` where it differs visibly. */
  #put(row: number): void {
    const next = this.#next;
    const shown = next[0]!;
    const look = next[1]!;
    const dust = next[2]!;
    const last = next[3]!;
    const values = this.attribute.array as Float32Array;
    const at = row * 4;
    const clamped = Math.max(0, Math.min(1, shown)) || 0;
    const isSame =
      Math.abs(values[at]! - clamped) < 0.001 &&
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
