import { Color } from "three";

/** One mood of a clear sky by altitude of the sun; sRGB colours, read into linear light. */
interface MoodKey {
  /** Degrees above the horizon. */
  readonly altitude: number;
  readonly zenith: number;
  readonly horizon: number;
  /** Warm band towards the sun. */
  readonly glow: number;
  /** Rosy arch opposite to it, above the earth's own shadow. */
  readonly belt: number;
  readonly sun: number;
  readonly sunPower: number;
  readonly skyPower: number;
  /** 1 by night: windows and lamps are on. */
  readonly night: number;
}

const keys: readonly MoodKey[] = [
  {
    altitude: -18,
    zenith: 0x070e1c,
    horizon: 0x17253c,
    glow: 0x000000,
    belt: 0x000000,
    sun: 0x9db4e0,
    sunPower: 0,
    skyPower: 5.6,
    night: 1,
  },
  {
    altitude: -12,
    zenith: 0x0a1628,
    horizon: 0x1f3654,
    glow: 0x2a1710,
    belt: 0x04060c,
    sun: 0x9db4e0,
    sunPower: 0,
    skyPower: 4.0,
    night: 1,
  },
  {
    altitude: -7.5,
    zenith: 0x102c5c,
    horizon: 0x3a6290,
    glow: 0x9a4c20,
    belt: 0x140f1c,
    sun: 0xb49a98,
    sunPower: 0.2,
    skyPower: 2.7,
    night: 1,
  },
  {
    altitude: -4.2,
    zenith: 0x174080,
    horizon: 0x5884ae,
    glow: 0xe07a26,
    belt: 0x432a34,
    sun: 0xe0a478,
    sunPower: 0.5,
    skyPower: 2.5,
    night: 0.96,
  },
  {
    altitude: -1,
    zenith: 0x215496,
    horizon: 0x7c9aba,
    glow: 0xec8a34,
    belt: 0x6c444c,
    sun: 0xff9a60,
    sunPower: 1.1,
    skyPower: 1.75,
    night: 0.8,
  },
  {
    altitude: 2.5,
    zenith: 0x2b60a2,
    horizon: 0x93abc2,
    glow: 0xd88440,
    belt: 0x54383a,
    sun: 0xff9e58,
    sunPower: 3.0,
    skyPower: 1.5,
    night: 0.35,
  },
  {
    altitude: 9,
    zenith: 0x2c68b0,
    horizon: 0xa2bcd2,
    glow: 0x8a5c34,
    belt: 0x181418,
    sun: 0xffc68c,
    sunPower: 4.1,
    skyPower: 1.0,
    night: 0.02,
  },
  {
    altitude: 25,
    zenith: 0x2566b4,
    horizon: 0xa4c4de,
    glow: 0x241c12,
    belt: 0x000000,
    sun: 0xffe4c2,
    sunPower: 2.7,
    skyPower: 0.6,
    night: 0,
  },
  {
    altitude: 65,
    zenith: 0x205cae,
    horizon: 0xa0c2de,
    glow: 0x0c0a08,
    belt: 0x000000,
    sun: 0xfff0dc,
    sunPower: 2.25,
    skyPower: 0.41,
    night: 0,
  },
];

/** The light of a clear sky for one altitude of the sun, linear. */
export class Mood {
  readonly zenith = new Color();
  readonly horizon = new Color();
  readonly glow = new Color();
  readonly belt = new Color();
  readonly sun = new Color();
  skyPower = 1;
  night = 0;
  readonly #other = new Color();

  /** @param altitude of the sun, degrees */
  set(altitude: number): void {
    const above = keys.findIndex((key) => key.altitude > altitude);
    const b = keys[above < 0 ? keys.length - 1 : above]!;
    const a = keys[above < 0 ? keys.length - 1 : Math.max(0, above - 1)]!;
    const t = a === b ? 0 : (altitude - a.altitude) / (b.altitude - a.altitude);
    const between = (from: number, to: number): number => from + (to - from) * t;
    for (const name of ["zenith", "horizon", "glow", "belt", "sun"] as const)
      this[name].set(a[name]).lerp(this.#other.set(b[name]), t);
    this.sun.multiplyScalar(between(a.sunPower, b.sunPower));
    this.skyPower = between(a.skyPower, b.skyPower);
    this.night = between(a.night, b.night);
  }
}
