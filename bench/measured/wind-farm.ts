import { cell, csvLines, readText } from "#feed/plant/trace/series.ts";
import { turbinePower } from "#twins/physics/energy/turbine.ts";

/** Two building stages of 33 machines of 1.5 MW: the file's monthly maximum is under 48 MW until September 2020, then over 92. */
const stageKw = 49_500;
/** Storm control begins here; the farm's own cut-out is not ours to judge. */
const stormSpeed = 17;
/** Under this share of the curve, with wind enough, machines were held back or stood still. */
const heldBackShare = 0.5;
const windEnough = 6;

interface Sample {
  readonly month: string;
  readonly speed: number;
  readonly kw: number;
}

export interface WindFigures {
  readonly samples: number;
  readonly capacityMw: Readonly<Record<string, number>>;
  /** Shares of all samples that the rules leave out. */
  readonly excluded: { readonly storm: number; readonly heldBack: number };
  /** Of the installed capacity, %. */
  readonly maePercent: number;
  readonly rmsePercent: number;
  readonly biasPercent: number;
  /** Energy of the curve over measured energy, without and with what was held back. */
  readonly energyRatio: number;
  readonly energyRatioAll: number;
  /** Measured speed × this = the curve's speed: mast and hub are not at one height. Fitted on the first half of the samples. */
  readonly speedFactor: number;
}

const readSamples = (file: string): readonly Sample[] =>
  csvLines(readText(file))
    .map((line) => ({ month: line[0]!.slice(0, 7), speed: cell(line[6]), kw: cell(line[7]) * 1000 }))
    .filter(({ speed, kw }) => !Number.isNaN(speed) && !Number.isNaN(kw));

const capacities = (samples: readonly Sample[]): ReadonlyMap<string, number> => {
  const highest = new Map<string, number>();
  for (const { month, kw } of samples) highest.set(month, Math.max(highest.get(month) ?? 0, kw));
  return new Map([...highest].map(([month, kw]) => [month, kw > stageKw ? 2 * stageKw : stageKw]));
};

/** The plant's power curve on the measured wind of a farm, against the farm's measured power. */
export const compareWind = (file: string): WindFigures => {
  const samples = readSamples(file);
  const capacity = capacities(samples);
  const curve = (speed: number, month: string): number => turbinePower(speed, capacity.get(month)!);
  const isStorm = ({ speed }: Sample): boolean => speed >= stormSpeed;
  const isHeldBack = ({ speed, kw, month }: Sample, factor: number): boolean =>
    speed >= windEnough && kw < heldBackShare * curve(speed * factor, month);
  const errorsOf = (part: readonly Sample[], factor: number): number[] =>
    part.map(
      ({ speed, kw, month }) => (curve(speed * factor, month) - Math.max(0, kw)) / capacity.get(month)!,
    );
  const usable = (part: readonly Sample[], factor: number) =>
    part.filter((sample) => !isStorm(sample) && !isHeldBack(sample, factor));
  const half = Math.floor(samples.length / 2);
  const meanSquare = (errors: readonly number[]): number =>
    errors.reduce((sum, e) => sum + e * e, 0) / errors.length;
  const factors = Array.from({ length: 41 }, (_, i) => 0.8 + i * 0.01);
  const first = usable(samples.slice(0, half), 1);
  const speedFactor = factors.reduce((best, f) =>
    meanSquare(errorsOf(first, f)) < meanSquare(errorsOf(first, best)) ? f : best,
  );
  const rest = usable(samples.slice(half), speedFactor);
  const errors = errorsOf(rest, speedFactor);
  const energy = (part: readonly Sample[]): number =>
    part.reduce((sum, { speed, month }) => sum + curve(speed * speedFactor, month), 0) /
    part.reduce((sum, { kw }) => sum + Math.max(0, kw), 0);
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const share = (test: (sample: Sample) => boolean): number => samples.filter(test).length / samples.length;
  const percent = (value: number): number => Math.round(value * 1e4) / 100;
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    samples: samples.length,
    capacityMw: Object.fromEntries([...capacity].map(([month, kw]) => [month, kw / 1000])),
    excluded: {
      storm: round(share(isStorm)),
      heldBack: round(share((sample) => !isStorm(sample) && isHeldBack(sample, speedFactor))),
    },
    maePercent: percent(mean(errors.map(Math.abs))),
    rmsePercent: percent(Math.sqrt(meanSquare(errors))),
    biasPercent: percent(mean(errors)),
    energyRatio: round(energy(rest)),
    energyRatioAll: round(energy(samples.slice(half))),
    speedFactor: round(speedFactor),
  };
};
