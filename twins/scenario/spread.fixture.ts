import type { FaultOrder } from "#twins/physics/faults/order.ts";

/** What follows from each fault of the catalogue, on the campus of `twins/physics/faults/campus.fixture.ts`: what an engineer would check. */

/** A figure (figures.ts), as asset and metric. */
export type Figure = readonly [asset: string, metric: string];

/** Against the same plant without the fault, at the same moment. */
export type Change =
  | { readonly of: Figure; readonly is: number }
  | { readonly of: Figure; readonly above: number }
  | { readonly of: Figure; readonly below: number }
  /** By at least so much of what it would be. */
  | { readonly of: Figure; readonly rises: number }
  | { readonly of: Figure; readonly falls: number };

export interface Spread extends FaultOrder {
  /** What both plants have been through when it comes, and what comes after it: orders at their seconds from it. */
  readonly also?: readonly (FaultOrder & { readonly atS: number })[];
  readonly season?: "summer" | "winter";
  readonly withinS: number;
  readonly changes: readonly Change[];
  /** What stays as it would be, within a thousandth. */
  readonly same?: readonly Figure[];
}
