import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";

/** What the air does to the picture. */
export interface Air {
  /** 1 / distance at which it has taken 63 % of what stands there, 1/m. */
  readonly haze: number;
  /** How far sky and light are those of a dust storm, 0…1. */
  readonly dust: number;
  /** How far they are those of rain, snow and mist, 0…1. */
  readonly mist: number;
}

/** Visibility of the air where no station says otherwise, m. */
const clearM = 38_750;
/** The scenery never vanishes: whoever looks has to find a building in a storm too. Thickest air that is drawn, m. */
const leastM = 3000;
/** Haze times visibility: there a black thing has 2 % of contrast left (Koschmieder), by the scenery's own exponent 1.25. */
const atSight = Math.log(50) ** (1 / 1.25);
/** PM10 of an ordinary day, and what makes two thirds of a storm's colour, µg/m³. */
const [plainDust, fullDust] = [150, 1500];
/** Below this visibility the sky greys, m. */
const mistFromM = 8000;

/** @param visibilityM metres @param pm10 µg/m³ */
export const airOf = (visibilityM: number, pm10: number): Air => {
  const seen = Math.min(clearM, Math.max(leastM, visibilityM));
  const dust = 1 - Math.exp(-Math.max(0, pm10 - plainDust) / fullDust);
  return { haze: atSight / seen, dust, mist: (1 - dust) * Math.max(0, 1 - visibilityM / mistFromM) };
};

export const clearAir = airOf(clearM, 0);

const visibility = metricIndex("weatherStation", "visibility");
const pm10 = metricIndex("weatherStation", "pm10");
/** Changes smaller than this part of a value are not worth another sky. */
const visibleChange = 0.03;

/** The air as the first weather station tells it, as long as it tells something fresh; clear air else. */
export class StationAir {
  readonly #station: ClassState;
  #visibilityM = clearM;
  #pm10 = 0;
  #air = clearAir;

  constructor(state: CampusState) {
    this.#station = state.of("weatherStation");
  }

  /** The air now: the same object until it looks different. */
  read(): Air {
    if (this.#station.rows === 0) return this.#air;
    const seenM = this.#value(visibility, clearM);
    const dust = this.#value(pm10, 0);
    const isSame =
      Math.abs(seenM - this.#visibilityM) <= visibleChange * this.#visibilityM &&
      Math.abs(dust - this.#pm10) <= visibleChange * this.#pm10 + plainDust / 10;
    if (isSame) return this.#air;
    this.#visibilityM = seenM;
    this.#pm10 = dust;
    this.#air = airOf(seenM, dust);
    return this.#air;
  }

  #value(metric: number, otherwise: number): number {
    const value = this.#station.value[metric]!;
    return isUsable(this.#station.status[metric]!) && Number.isFinite(value) ? value : otherwise;
  }
}
