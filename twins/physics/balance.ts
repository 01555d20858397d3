/**
 * Takes one balance of a step, kW: what came in, what went out and what was stored meanwhile (+ into store).
 * In = out + stored; the parts of the plant visit every node they keep, and tests hold the visits to 1e-6.
 * @param what node and kind: "ups.power", "room.heat", "chilledLoop.heat"…
 * @param row of the asset, or of whatever `what` counts
 */
export type VisitBalance = (
  what: string,
  row: number,
  flows: { readonly inKw: number; readonly outKw: number; readonly storedKw: number },
) => void;
