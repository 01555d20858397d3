import type { ClassName } from "#twins/model/metric.ts";
import { classNames } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { signed } from "#twins/physics/noise.ts";
import { attributeOr } from "#twins/physics/places.ts";
import { meterAccuracy, waterAccuracy } from "./accuracy.ts";
import type { Channel } from "./channels.ts";
import type { Errors } from "./errors.ts";
import { mask, noiseStart } from "./errors.ts";

/** What is metered: a rate, and the register that counts it. */
const metered: Readonly<Partial<Record<ClassName, { readonly rate: string; readonly count: string }>>> = {
  meter: { rate: "power", count: "energy" },
  waterMeter: { rate: "flow", count: "volume" },
};

/** The meters of a class. What a register counts errs exactly as its meter does. */
export interface Registers {
  readonly rate: Channel;
  readonly count: Channel;
  /** Share of the value that each meter shows too much, constant. Shape: meters. */
  readonly gain: Float64Array;
  /** What a wrong ratio or a drift multiplies a meter's rate by; 1: nothing. Shape: meters. */
  readonly factor: Float64Array;
  /** What the register holds between its steps, in its unit. Shape: meters. */
  readonly counted: Float64Array;
  /** The true register at the last reading. Shape: meters. */
  readonly seen: Float64Array;
  /** Smallest step of the register. Shape: meters. */
  readonly step: Float64Array;
}

/** Registers show four decimals on the secondary side of the transformers (DL/T 698.45): the ratio multiplies that step. */
const secondaryStepKwh = 0.0001;

/** Accuracy class in %: the twin's, else 0.2S where energy is settled (site, zone, building) and 0.5S in rooms (assumed). */
export const meterClasses = (twin: Twin): Float64Array => {
  const { parentClass } = twin.table("meter");
  const room = classNames.indexOf("room");
  return Float64Array.from(
    attributeOr(twin, "meter", "accuracyClass", 0),
    (stated, row) => stated || (parentClass[row] === room ? 0.5 : 0.2),
  );
};

/** Registers of a metered class among its channels; undefined for others. */
export const registersOf = (
  twin: Twin,
  channels: readonly Channel[],
  { className, seed }: { className: ClassName; seed: number },
): Registers | undefined => {
  const find = (id: string | undefined): Channel | undefined =>
    channels.find((each) => each.className === className && each.spec.id === id);
  const rate = find(metered[className]?.rate);
  const count = find(metered[className]?.count);
  if (!rate || !count) return undefined;
  const rows = count.truth.length;
  const classes = className === "meter" ? meterClasses(twin) : null;
  const ratio = className === "meter" ? attributeOr(twin, "meter", "ratio", 1) : null;
  const finest = count.spec.resolution ?? 0.01;
  const gainOf = (row: number): number => (classes ? meterAccuracy(classes[row]!) : waterAccuracy).gain ?? 0;
  return {
    rate,
    count,
    gain: Float64Array.from({ length: rows }, (_, row) => gainOf(row) * signed(seed + 704, row)),
    factor: new Float64Array(rows).fill(1),
    counted: Float64Array.from(count.truth),
    seen: Float64Array.from(count.truth),
    step: Float64Array.from({ length: rows }, (_, row) =>
      Math.max(finest, ratio ? ratio[row]! * secondaryStepKwh : 0),
    ),
  };
};

/** Whether a channel is one of a meter's two. */
export const isOf = ({ rate, count }: Registers, channel: Channel | undefined): boolean =>
  channel === rate || channel === count;

/** Reads all meters of a class once. */
export const readRegisters = (
  { rate, count, gain, factor, counted, seen, step }: Registers,
  errors: Errors,
  timeMs: number,
): void => {
  const bell = errors.noise;
  const noiseAt = noiseStart(rate.noiseKey, timeMs);
  const decimals = Math.round(1 / (count.spec.resolution ?? 0.01));
  for (let row = 0; row < counted.length; row++) {
    const shows = (1 + gain[row]!) * factor[row]!;
    const value = rate.truth[row]! * shows;
    const size = Math.abs(value);
    const ripple = Math.min(rate.noise, size) + rate.flicker * size;
    const rippling = value + ripple * bell[(noiseAt + row) & mask]!;
    rate.reading[row] = Math.floor(rippling * rate.scale + 0.5) / rate.scale;
    const now = count.truth[row]!;
    counted[row] = counted[row]! + (now - seen[row]!) * shows;
    seen[row] = now;
    // A whole number of steps may come out a hair below it.
    const steps = Math.floor(counted[row]! / step[row]! + 1e-6);
    count.reading[row] = Math.round(steps * step[row]! * decimals) / decimals;
  }
};
