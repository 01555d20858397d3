import { Color } from "three";

/** Colours of what grows, linear albedo, by day of the year. */
interface SeasonKey {
  readonly day: number;
  /** Grass where it is lush and where it is thin. */
  readonly fresh: readonly [number, number, number];
  readonly pale: readonly [number, number, number];
  /** Leaves of broad-leaved trees. */
  readonly leaf: readonly [number, number, number];
  /** How many leaves hang, 0 bare … 1. */
  readonly leaves: number;
}

/** The year of the Tumochuan plain: green from June, straw from late September, brown-grey until April. */
const keys: readonly SeasonKey[] = [
  { day: 15, fresh: [0.2, 0.17, 0.12], pale: [0.27, 0.235, 0.175], leaf: [0.1, 0.08, 0.05], leaves: 0 },
  { day: 90, fresh: [0.2, 0.175, 0.11], pale: [0.28, 0.24, 0.165], leaf: [0.12, 0.12, 0.05], leaves: 0 },
  {
    day: 122,
    fresh: [0.135, 0.165, 0.06],
    pale: [0.235, 0.22, 0.125],
    leaf: [0.13, 0.17, 0.05],
    leaves: 0.6,
  },
  {
    day: 152,
    fresh: [0.095, 0.15, 0.048],
    pale: [0.185, 0.205, 0.092],
    leaf: [0.07, 0.115, 0.034],
    leaves: 1,
  },
  {
    day: 205,
    fresh: [0.082, 0.132, 0.042],
    pale: [0.175, 0.19, 0.085],
    leaf: [0.052, 0.09, 0.028],
    leaves: 1,
  },
  { day: 240, fresh: [0.1, 0.135, 0.05], pale: [0.22, 0.2, 0.1], leaf: [0.06, 0.09, 0.03], leaves: 1 },
  {
    day: 268,
    fresh: [0.135, 0.155, 0.062],
    pale: [0.28, 0.232, 0.118],
    leaf: [0.1, 0.112, 0.037],
    leaves: 1,
  },
  {
    day: 290,
    fresh: [0.195, 0.178, 0.088],
    pale: [0.32, 0.255, 0.14],
    leaf: [0.205, 0.158, 0.06],
    leaves: 0.7,
  },
  { day: 318, fresh: [0.215, 0.18, 0.115], pale: [0.29, 0.24, 0.16], leaf: [0.16, 0.1, 0.04], leaves: 0 },
];

/** What the season does to the picture. */
export class Season {
  readonly fresh = new Color();
  readonly pale = new Color();
  readonly leaf = new Color();
  leaves = 1;

  /** @param timeMs ms UTC */
  turn(timeMs: number): void {
    const day = (timeMs - Date.UTC(new Date(timeMs).getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
    const next = keys.findIndex((key) => key.day > day);
    const b = keys[Math.max(0, next)]!;
    const a = keys[next <= 0 ? keys.length - 1 : next - 1]!;
    const span = (b.day - a.day + 365) % 365;
    const t = ((day - a.day + 365) % 365) / span;
    const mix = (into: Color, from: readonly number[], to: readonly number[]): void => {
      into.setRGB(
        from[0]! + (to[0]! - from[0]!) * t,
        from[1]! + (to[1]! - from[1]!) * t,
        from[2]! + (to[2]! - from[2]!) * t,
      );
    };
    mix(this.fresh, a.fresh, b.fresh);
    mix(this.pale, a.pale, b.pale);
    mix(this.leaf, a.leaf, b.leaf);
    this.leaves = a.leaves + (b.leaves - a.leaves) * t;
  }
}
