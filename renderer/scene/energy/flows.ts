import { Vector4 } from "three";
import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import type { GridLine } from "./lines.ts";
import { Look, lookOf } from "./measures.ts";
import { mostLines } from "./wires.ts";

const stationPower = metricIndex("substation", "power");
const meterPower = metricIndex("meter", "power");
const site = {
  grid: metricIndex("site", "gridPower"),
  pv: metricIndex("site", "pvPower"),
  wind: metricIndex("site", "windPower"),
  storage: metricIndex("site", "storagePower"),
};
/** Dashes run 10 m/s for nothing and 30 m/s more for each 100 MW; their band is 0.8 m wide and 0.8 m more for each 100 MW. */
const pace = { least: 10, perKw: 30 / 100_000 } as const;
const band = { least: 0.8, perKw: 0.8 / 100_000, most: 3.6 } as const;
const periodM = 52;
/** Below this a line carries nothing that could be shown, kW. */
const nothingKw = 50;

/** What runs over each line, from its meters: a vector a line of phase (m), width (m), look, direction. */
export class Flows {
  readonly uniform = { value: Array.from({ length: mostLines }, () => new Vector4()) };
  readonly #lines: readonly GridLine[];
  readonly #stations: ClassState;
  readonly #meters: ClassState;
  readonly #site: ClassState;
  readonly #speed: Float32Array;
  #moves = false;

  constructor(lines: readonly GridLine[], state: CampusState) {
    this.#lines = lines.slice(0, mostLines);
    this.#stations = state.of("substation");
    this.#meters = state.of("meter");
    this.#site = state.of("site");
    this.#speed = new Float32Array(mostLines);
  }

  get moving(): boolean {
    return this.#moves;
  }

  /** Lets dashes run on for a time, s. */
  run(seconds: number): void {
    for (let i = 0; i < this.#lines.length; i++) {
      const flow = this.uniform.value[i]!;
      flow.x = (flow.x + this.#speed[i]! * seconds) % (periodM * 64);
    }
  }

  /** Reads the meters; call at most four times a second. */
  sample(): void {
    this.#moves = false;
    for (let i = 0; i < this.#lines.length; i++) {
      const { meter } = this.#lines[i]!;
      let look: number = Look.never;
      let kw = 0;
      if (meter.kind === "station") {
        const cell = meter.row * this.#stations.columns + stationPower;
        look = lookOf(this.#stations.status[cell]!);
        kw = this.#stations.value[cell]!;
      } else if (meter.kind === "grid") {
        look = lookOf(this.#site.status[site.grid]!);
        kw = this.#site.value[site.grid]!;
      } else if (meter.kind === "building") {
        const cell = meter.row * this.#meters.columns + meterPower;
        look = lookOf(this.#meters.status[cell]!);
        kw = this.#meters.value[cell]!;
      } else if (meter.kind === "sources") {
        look = Look.usable;
        for (const column of sources) {
          look = Math.min(look, lookOf(this.#site.status[column]!));
          kw += this.#site.value[column]!;
        }
      }
      this.#put(i, Number.isFinite(kw) ? kw : 0, Number.isFinite(kw) ? look : Look.never);
    }
  }

  #put(line: number, kw: number, look: number): void {
    const flow = this.uniform.value[line]!;
    const size = Math.abs(kw);
    const isShown = look >= Look.stale && size > nothingKw;
    flow.y = Math.min(band.most, band.least + size * band.perKw);
    flow.z = isShown ? look : 0;
    flow.w = kw < 0 ? -1 : 1;
    this.#speed[line] = look === Look.usable && isShown ? flow.w * (pace.least + size * pace.perKw) : 0;
    this.#moves ||= this.#speed[line] !== 0;
  }
}

const sources = [site.pv, site.wind, site.storage] as const;
