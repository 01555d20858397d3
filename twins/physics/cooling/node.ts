/**
 * One well-mixed body of air or liquid that gets heat and gives it to coils: the hot side of a room, the secondary
 * loop behind a CDU. A coil holds a set-point as long as it can, then gives what its water or its outside air allow;
 * both are straight lines over the node's temperature, so a step is solved exactly and the balance closes to rounding.
 */

/** Groups of like coils on one node; `count` of them are in use, and all arrays are filled anew each step. */
export interface Coils {
  count: number;
  /** Coils in the group. */
  readonly units: Float64Array;
  /** Heat that holds the set-point, per coil: slope · T − wantedAt, kW. */
  readonly wantedSlope: Float64Array;
  readonly wantedAt: Float64Array;
  /** Heat that the coil can take at most: slope · T − limitAt, kW. */
  readonly limitSlope: Float64Array;
  readonly limitAt: Float64Array;
}

export const createCoils = (most: number): Coils => ({
  count: 0,
  units: new Float64Array(most),
  wantedSlope: new Float64Array(most),
  wantedAt: new Float64Array(most),
  limitSlope: new Float64Array(most),
  limitAt: new Float64Array(most),
});

/** Heat that one coil of a group takes at a node temperature, kW. */
export const coilHeat = (coils: Coils, group: number, temperature: number): number =>
  Math.max(
    0,
    Math.min(
      coils.wantedSlope[group]! * temperature - coils.wantedAt[group]!,
      coils.limitSlope[group]! * temperature - coils.limitAt[group]!,
    ),
  );

/** What acts on a node beside its coils; filled anew for each. */
export interface Node {
  /** Heat that comes whatever the temperature, kW. */
  heat: number;
  /** Capacity over step length, kW/K (0: the settled state), and the temperature before. */
  store: number;
  before: number;
  /** Conductance to surroundings of one temperature, kW/K. */
  loss: number;
  surroundings: number;
  /** What opens above a temperature (doors, relief valves), kW/K. */
  relief: number;
  reliefAbove: number;
}

const heatOf = (node: Node, coils: Coils, temperature: number): number => {
  let out =
    node.store * (temperature - node.before) +
    node.loss * (temperature - node.surroundings) +
    node.relief * Math.max(0, temperature - node.reliefAbove) -
    node.heat;
  for (let group = 0; group < coils.count; group++)
    out += coils.units[group]! * coilHeat(coils, group, temperature);
  return out;
};

const slopeOf = (node: Node, coils: Coils, temperature: number): number => {
  let slope = node.store + node.loss + (temperature > node.reliefAbove ? node.relief : 0);
  for (let group = 0; group < coils.count; group++) {
    const wanted = coils.wantedSlope[group]! * temperature - coils.wantedAt[group]!;
    const limit = coils.limitSlope[group]! * temperature - coils.limitAt[group]!;
    if (Math.min(wanted, limit) > 0)
      slope += coils.units[group]! * (wanted < limit ? coils.wantedSlope[group]! : coils.limitSlope[group]!);
  }
  return slope;
};

/** No node gets this hot or cold: bounds of the search, °C. */
const coldest = -100;
const hottest = 1000;
const rounding = 1e-15;

/** Temperature at which a node's flows and its store balance: Newton on straight pieces, kept between bounds. */
export const solveNode = (node: Node, coils: Coils): number => {
  let low = coldest;
  let high = hottest;
  let temperature = node.before;
  for (let turn = 0; turn < 60; turn++) {
    const off = heatOf(node, coils, temperature);
    const slope = slopeOf(node, coils, temperature);
    const next = slope > 0 ? temperature - off / slope : Number.NaN;
    // On its straight piece the step is exact: what is left is rounding.
    if (Math.abs(next - temperature) <= rounding * (1 + Math.abs(temperature))) return next;
    if (off > 0) high = temperature;
    else low = temperature;
    temperature = next > low && next < high ? next : (low + high) / 2;
  }
  return temperature;
};
