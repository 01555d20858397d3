/**
 * One well-mixed body of water that gets heat and gives it to what cools it: the loop to the rooms, the water of the
 * towers. Coolers hold a set-point as long as they can, then give what they are able to; both are straight lines over
 * the body's temperature, so a step of any length is solved at once (implicitly) and its balance closes to rounding.
 */
export interface WaterBody {
  /** Heat that comes whatever the temperature, kW. */
  heat: number;
  /** Heat capacity over step length, kW/K, and the temperature before, °C. */
  store: number;
  before: number;
  /** Heat that holds the set-point: slope · T − at, kW. */
  wantedSlope: number;
  wantedAt: number;
  /** Heat that can be taken at most: slope · T − at where that is positive, and a constant on top of it, kW. */
  limitSlope: number;
  limitAt: number;
  constant: number;
  /** Relief valves: kW/K above `reliefAbove`. */
  relief: number;

  /** Found by `solveBody`: temperature after, °C; heat taken by coolers, let off, and stored, kW. */
  temperature: number;
  taken: number;
  relieved: number;
  stored: number;
}

/** Relief valves open here: what holds a loop whose heat goes nowhere, °C. */
const reliefAbove = 75;

export const createBody = (): WaterBody => ({
  heat: 0.5,
  store: 1.5,
  before: 0.5,
  wantedSlope: 0.5,
  wantedAt: 0.5,
  limitSlope: 0.5,
  limitAt: 0.5,
  constant: 0.5,
  relief: 0.5,
  temperature: 0.5,
  taken: 0.5,
  relieved: 0.5,
  stored: 0.5,
});

/** What the coolers' lines can take at a temperature, the constant apart, kW. */
export const lineLimit = (body: WaterBody, temperature: number): number =>
  Math.max(0, body.limitSlope * temperature - body.limitAt);

/** Temperature at which heat − (slope · T − at + constant) − relief is what the store takes up. */
const root = (b: WaterBody, slope: number, at: number): number =>
  (b.store * b.before + b.heat + at) / (b.store + slope);

/** Less heat taken means a warmer body: min of heats is max of roots, and the other way round. */
const balanced = (b: WaterBody, relief: number): number => {
  const extra = relief * reliefAbove;
  const idle = root(b, relief, extra);
  const held = root(b, b.wantedSlope + relief, b.wantedAt + extra);
  const limited = Math.min(
    root(b, b.limitSlope + relief, b.limitAt - b.constant + extra),
    root(b, relief, extra - b.constant),
  );
  return Math.min(idle, Math.max(held, limited));
};

/** Moves a body on. */
export const solveBody = (body: WaterBody): void => {
  let temperature = balanced(body, 0);
  if (temperature > reliefAbove) temperature = balanced(body, body.relief);
  const wanted = body.wantedSlope * temperature - body.wantedAt;
  body.taken = Math.max(0, Math.min(wanted, lineLimit(body, temperature) + body.constant));
  body.relieved = body.relief * Math.max(0, temperature - reliefAbove);
  body.stored = body.heat - body.taken - body.relieved;
  body.temperature = body.before + body.stored / body.store;
};
