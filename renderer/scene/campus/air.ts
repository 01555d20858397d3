import type { CampusState, ClassState } from "#renderer/data/state.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { isUsable } from "#twins/model/quality.ts";

/** What moves in the air and lies on the ground, by the station; all calm and dry where it tells nothing. */
export interface Weather {
  /** Cloud cover, 0…1. */
  readonly cloud: number;
  /** Where the wind blows to, m/s. */
  readonly windEast: number;
  readonly windSouth: number;
  /** How hard it rains and snows, 0…1. */
  readonly rain: number;
  readonly snowfall: number;
  /** How far snow covers the ground, and how wet the ground is, 0…1. */
  readonly snow: number;
  readonly wet: number;
}

/** What the air does to the picture. */
export interface Air extends Weather {
  /** 1 / distance at which it has taken 63 % of what stands there, 1/m. */
  readonly haze: number;
  /** How far sky and light are those of a dust storm, 0…1. */
  readonly dust: number;
  /** How far they are those of rain, snow and mist, 0…1. */
  readonly mist: number;
}

/** A few fair-weather clouds: what the sky looks like where no station says otherwise. */
const fair: Weather = { cloud: 0.2, windEast: 4, windSouth: 1, rain: 0, snowfall: 0, snow: 0, wet: 0 };

/** What the sensor reads when it sees as far as it can, and how far one sees then, m. */
const [sensorM, clearM] = [30_000, 46_000];
/** Above this the reading is stretched towards clear air: the sensor's end is not the air's. */
const stretchFromM = 18_000;
/** Thickest air that is drawn, m: in the worst of storms what stands next to the eye can still be found. */
const leastM = 500;
/** Haze times visibility: there a black thing has 2 % of contrast left (Koschmieder), by the scenery's own exponent 1.25. */
const atSight = Math.log(50) ** (1 / 1.25);
/** PM10 of an ordinary day, and what makes two thirds of a storm's colour, µg/m³. */
const [plainDust, fullDust] = [150, 900];
/** Below this visibility the sky greys, m. */
const mistFromM = 8000;
/** Rain and snow that fall as thickly as is drawn, mm of water an hour. */
const [fullRain, fullSnowfall] = [8, 1.5];
/** Snow that covers two thirds of what faces up, cm. */
const coveringCm = 2.2;
/** Below this temperature it snows, °C. */
const snowBelowC = 0.8;
/** A road dries in this time after rain, ms. */
const dryMs = 45 * 60_000;

/** @param visibilityM metres @param pm10 µg/m³ */
export const airOf = (visibilityM: number, pm10: number, weather: Weather = fair): Air => {
  const beyond = Math.max(0, visibilityM - stretchFromM) / (sensorM - stretchFromM);
  const seen = Math.min(
    clearM,
    Math.max(leastM, Math.min(visibilityM, stretchFromM) + beyond * (clearM - stretchFromM)),
  );
  const dust = 1 - Math.exp(-Math.max(0, pm10 - plainDust) / fullDust);
  return {
    ...weather,
    haze: atSight / seen,
    dust,
    mist: (1 - dust) * Math.max(0, 1 - visibilityM / mistFromM),
  };
};

export const clearAir = airOf(sensorM, 0);

/** What is read of the station: its metric, what holds without it, and the least change worth another sky. */
const readings = [
  { metric: "visibility", otherwise: sensorM, least: 300 },
  { metric: "pm10", otherwise: 0, least: plainDust / 10 },
  { metric: "cloud", otherwise: fair.cloud * 100, least: 2 },
  { metric: "windSpeed", otherwise: Math.hypot(fair.windEast, fair.windSouth), least: 0.8 },
  { metric: "windDirection", otherwise: 284, least: 8 },
  { metric: "precipitation", otherwise: 0, least: 0.05 },
  { metric: "airTemperature", otherwise: 20, least: 0.5 },
  { metric: "snowDepth", otherwise: 0, least: 0.1 },
] as const;
const columns = readings.map(({ metric }) => metricIndex("weatherStation", metric));
/** A change by this part of a value is seen, whatever the value. */
const visibleChange = 0.03;
/** Steps in which roads are seen to dry. */
const wetSteps = 12;

/** The air as the first weather station tells it, as long as it tells something fresh; clear air else. */
export class StationAir {
  readonly #state: CampusState;
  readonly #station: ClassState;
  /** As last drawn, one for each reading. */
  readonly #drawn = Float64Array.from(readings, ({ otherwise }) => otherwise);
  /** When roads were last rained on, ms of site time; in an array, because a number in a field is allocated anew. */
  readonly #rainedMs = new Float64Array(1).fill(Number.NEGATIVE_INFINITY);
  #wetStep = 0;
  #air = clearAir;

  constructor(state: CampusState) {
    this.#state = state;
    this.#station = state.of("weatherStation");
  }

  /** The air now: the same object until it looks different. */
  read(): Air {
    if (this.#station.rows === 0) return this.#air;
    const wetStep = this.#dry();
    let isSame = wetStep === this.#wetStep;
    for (let i = 0; isSame && i < readings.length; i++) {
      const shown = this.#drawn[i]!;
      isSame =
        Math.abs(this.#value(i) - shown) <= Math.max(readings[i]!.least, visibleChange * Math.abs(shown));
    }
    if (isSame) return this.#air;
    this.#wetStep = wetStep;
    for (let i = 0; i < readings.length; i++) this.#drawn[i] = this.#value(i);
    const [visibility, pm10, cloud, speed, from, falling, temperature, depth] = this.#drawn as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const snows = temperature < snowBelowC;
    const bearing = (from * Math.PI) / 180;
    this.#air = airOf(visibility, pm10, {
      cloud: Math.min(1, Math.max(0, cloud / 100)),
      windEast: -Math.sin(bearing) * speed,
      windSouth: Math.cos(bearing) * speed,
      rain: snows ? 0 : Math.min(1, falling / fullRain),
      snowfall: snows ? Math.min(1, falling / fullSnowfall) : 0,
      snow: 1 - Math.exp(-Math.max(0, depth) / coveringCm),
      wet: wetStep / wetSteps,
    });
    return this.#air;
  }

  /** How wet roads are, 0…wetSteps: soaked while it rains, dry some time after. A jump of the clock dries them. */
  #dry(): number {
    const nowMs = this.#state.nowMs();
    if (this.#value(5) > 0.05 && this.#value(6) >= snowBelowC) this.#rainedMs[0] = nowMs;
    const agoMs = nowMs - this.#rainedMs[0]!;
    return agoMs < 0 || agoMs > dryMs ? 0 : Math.ceil(wetSteps * (1 - agoMs / dryMs));
  }

  #value(reading: number): number {
    const cell = columns[reading]!;
    const value = this.#station.value[cell]!;
    return isUsable(this.#station.status[cell]!) && Number.isFinite(value)
      ? value
      : readings[reading]!.otherwise;
  }
}
