import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TowerWork } from "./tower-heat.ts";
import {
  aimAt,
  closedTower,
  createTowerWork,
  findFanSpeed,
  makeUpWater,
  naturalDraught,
  openTower,
  setOutside,
  sinkOf,
  towerSlope,
} from "./tower-heat.ts";

/** Towers of 5 MW with all that they have. */
const sound = (kind = openTower, part = 1): TowerWork => {
  const work = createTowerWork(kind);
  const kw = 5000;
  Object.assign(work, { open: kw, driven: kw, sprayed: kw, sprayedDriven: kw });
  work.rate = part * kw * kind.waterRate;
  return work;
};

const heatOf = (work: TowerWork, hot: number, speed: number, isWet = true): number => {
  aimAt(work, hot, isWet);
  return towerSlope(work, speed) * (hot - sinkOf(work));
};

/** Enthalpy of saturated air over the heat capacity of dry air, K (ASHRAE Fundamentals; Magnus over water and ice), at 89 kPa. */
const saturatedEnthalpy = (t: number): number => {
  const [a, b] = t >= 0 ? [17.62, 243.12] : [22.46, 272.62];
  const vapour = 611.2 * Math.exp((a! * t) / (b! + t));
  const humidity = (0.622 * vapour) / (89_000 - vapour);
  return t + (humidity * (2501 + 1.86 * t)) / 1.006;
};

describe("open towers", () => {
  test("bring their rating from 20.5 to 14.5 °C at 11.5 °C wet bulb: 3 K of approach", () => {
    const work = sound();
    setOutside(work, { airTemperature: 15, wetBulb: 11.5 });
    expect(heatOf(work, 20.5, 1) / 5000).toBeCloseTo(1, 1);
  });

  test("have a hot summer's nominal range in hand: 37 to 32 °C at 28 °C wet bulb (GB/T 7190.1)", () => {
    const work = sound(openTower, 1.2);
    setOutside(work, { airTemperature: 32, wetBulb: 28 });
    expect(heatOf(work, 37, 1)).toBeGreaterThan(5000);
  });

  test("carry less the warmer the wet bulb, and more the faster the fans", () => {
    const work = sound();
    const hot = 40;
    for (const speed of [0, 0.3, 0.6, 1]) {
      let last = Number.POSITIVE_INFINITY;
      for (let t = -32; t < hot; t += 0.5) {
        setOutside(work, { airTemperature: t + 1, wetBulb: t });
        const heat = heatOf(work, hot, speed);
        expect([speed, t, heat < last]).toEqual([speed, t, true]);
        expect(heatOf(work, hot, speed + 0.1)).toBeGreaterThan(heat);
        last = heat;
      }
    }
  });

  test("the slope of the saturation line is that of moist air at 89 kPa, within 6 % from −20 to 35 °C", () => {
    const work = sound();
    for (let wetBulb = -20; wetBulb <= 25; wetBulb += 2.5)
      for (let hot = wetBulb + 2; hot <= 35; hot += 3) {
        setOutside(work, { airTemperature: wetBulb, wetBulb });
        aimAt(work, hot, true);
        const exact = (saturatedEnthalpy(hot) - saturatedEnthalpy(wetBulb)) / (hot - wetBulb);
        expect([wetBulb, hot, Math.abs(work.gain / exact - 1) < 0.06]).toEqual([wetBulb, hot, true]);
      }
  });

  test("the speed that is found brings the heat that was asked for", () => {
    const work = sound();
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 25, noNaN: true }),
        fc.double({ min: 1, max: 5000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (wetBulb, heat, part) => {
          setOutside(work, { airTemperature: wetBulb + 4, wetBulb });
          work.driven = work.open * part;
          work.sprayedDriven = work.driven;
          const hot = 30;
          aimAt(work, hot, true);
          const task = { heat, hot, most: 1, speed: 0 };
          findFanSpeed(work, task);
          if (task.speed === Number.POSITIVE_INFINITY) expect(heatOf(work, hot, 1)).toBeLessThan(heat);
          else if (task.speed > naturalDraught)
            expect(heatOf(work, hot, task.speed) / heat).toBeCloseTo(1, 6);
          else expect(heatOf(work, hot, naturalDraught)).toBeGreaterThan(heat * (1 - 1e-6));
        },
      ),
      { seed: 31 },
    );
  });
});

describe("closed towers", () => {
  const outside = (t: number, wetBulb: number): TowerWork => {
    const work = sound(closedTower);
    setOutside(work, { airTemperature: t, wetBulb });
    return work;
  };

  test("bring more than their rating from 43 to 33 °C in the hottest hour there was", () => {
    expect(heatOf(outside(38.9, 24), 43, 1)).toBeGreaterThan(5000);
    expect(heatOf(outside(38.9, 24), 43, 1, false)).toBeLessThan(0.4 * 5000);
  });

  test("bring nearly all of it dry in deep cold", () => {
    expect(heatOf(outside(-25, -26), 43, 1, false)).toBeGreaterThan(0.9 * 5000);
  });
});

test("make-up is what the formula of STANDARDS says for its tower of 230 m³/h, within a quarter", () => {
  for (const wetBulb of [5, 10, 15, 20])
    for (const range of [4, 5, 6]) {
      const work = sound();
      const rate = 230 * (4.186 / 3.6);
      const kw = rate / openTower.waterRate;
      Object.assign(work, { open: kw, driven: kw, sprayed: kw, sprayedDriven: kw, rate });
      setOutside(work, { airTemperature: wetBulb + 5, wetBulb });
      const hot = wetBulb + 4 + range;
      aimAt(work, hot, true);
      const task = { heat: range * rate, hot, most: 1, speed: 1 };
      findFanSpeed(work, task);
      const formula = 0.044 * wetBulb + 0.3528 * range + 0.101;
      const found = makeUpWater(work, range * rate, Math.min(1, task.speed));
      expect([wetBulb, range, Math.abs(found / formula - 1) < 0.25]).toEqual([wetBulb, range, true]);
    }
});
