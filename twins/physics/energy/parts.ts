import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { cos, sin } from "#twins/physics/maths.ts";
import { powerPairs } from "#twins/physics/places.ts";
import type { Supply } from "#twins/physics/supply.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";

/** What sun, wind and storage need of the plant. */
export interface Parts {
  readonly conditions: Conditions;
  readonly supply: Supply;
  readonly seed: number;
}

/** Station that each machine delivers to; for none, one past the last. Shape: rows of the class. */
export const stationsOf = (twin: Twin, name: ClassName): Int32Array => {
  const of = new Int32Array(twin.table(name).count).fill(twin.table("substation").count);
  const pairs = powerPairs(twin.links, name, "substation");
  for (let i = 0; i < pairs.length; i += 2) of[pairs[i]!] = pairs[i + 1]!;
  return of;
};

/** Seconds that weather takes to cross a metre, eastwards and northwards: what hits one machine hits the next later. */
export interface Drift {
  east: number;
  north: number;
}

export const setDrift = (drift: Drift, { windDirection }: Weather, speed: number): void => {
  const to = ((windDirection + 180) * Math.PI) / 180;
  drift.east = sin(to) / speed;
  drift.north = cos(to) / speed;
};
