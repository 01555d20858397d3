import type { Kind, Part } from "./kinds.ts";

/** Load rate of rooms with every second rack empty and the others at a third of their rating. */
export const halfEmpty = 0.17;

/** PUE of one kind of building and the share of each part in it, kWh over kWh of IT. */
export interface Share {
  readonly pue: number;
  readonly parts: Readonly<Record<Part, number>>;
}

/** The figures: by load rate over the year, and by month at one load rate. */
export interface Findings {
  readonly kinds: readonly Kind[];
  readonly loads: readonly number[];
  /** Shape: kinds × loads. */
  readonly byLoad: readonly (readonly Share[])[];
  /** The campus with its own racks and jobs. Shape: kinds. */
  readonly today: readonly (Share & { readonly loadRate: number })[];
  readonly monthLoad: number;
  /** Shape: kinds × months. */
  readonly byMonth: readonly (readonly Share[])[];
  readonly airTemperature: readonly number[];
}
