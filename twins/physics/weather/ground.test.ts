import fc from "fast-check";
import { expect, test } from "vitest";
import { createGround, readGround } from "./ground.ts";
import { createSky, readSky } from "./sky.ts";
import { createWeather, type Weather } from "./weather.ts";

const site = { latitudeDeg: 40.539, longitudeDeg: 111.823, utcOffsetMin: 480, altitudeM: 1050 };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A ground under weather that a test makes by the hours since a midnight, site time. */
const midnight = Date.UTC(2026, 0, 9, 16);
const under = (weatherAt: (hours: number) => Partial<Weather>) =>
  createGround(480, (out, timeMs) => {
    Object.assign(out, createWeather(), { airTemperature: -10 }, weatherAt((timeMs - midnight) / hourMs));
  });
const look = (ground: ReturnType<typeof under>, hours: number): Weather => {
  const weather = createWeather();
  readGround(weather, ground, midnight + hours * hourMs);
  return weather;
};

test("what lies depends on the time alone: not on when one looked before, nor how often", () => {
  const walked = createSky({ site, seed: 2 });
  const weather = createWeather();
  const winter = Date.UTC(2026, 1, 1);
  for (let timeMs = winter - 40 * dayMs; timeMs < winter; timeMs += 7 * hourMs)
    readSky(weather, walked, timeMs);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 4 }), (hours) => {
      const jumped = createSky({ site, seed: 2 });
      for (const hour of hours) {
        const [one, other] = [createWeather(), createWeather()];
        readSky(one, jumped, winter + hour * 0.7 * hourMs);
        readSky(other, walked, winter + hour * 0.7 * hourMs);
        expect(one).toEqual(other);
      }
    }),
    { numRuns: 8 },
  );
});

test("a millimetre lies a centimetre deep, settles within days, and melts by 4 mm per K and day", () => {
  const ground = under((h) => ({
    precipitation: h >= 0 && h < 10 ? 1 : 0,
    airTemperature: h > 240 ? 1 : -10,
  }));
  expect(look(ground, 0).snowDepth).toBe(0);
  expect(look(ground, 5.5).snowDepth).toBeGreaterThan(5.2);
  const fresh = look(ground, 10).snowDepth;
  expect(fresh).toBeGreaterThan(9);
  expect(fresh).toBeLessThan(10);
  const settled = look(ground, 240).snowDepth;
  expect(settled).toBeGreaterThan(2);
  expect(settled).toBeLessThan(fresh / 2);
  // Some 7 mm of the 10 are left by the wind; they take less than two days at 1 °C.
  expect(look(ground, 264).snowDepth).toBeGreaterThan(0);
  expect(look(ground, 290).snowDepth).toBe(0);
});

test("a centimetre of snow covers a panel; it slides off in the sun of a day that is not too cold", () => {
  const covered = (noonC: number, noonSun: number): number => {
    const ground = under((h) => ({
      precipitation: h >= 0 && h < 2 ? 1 : 0,
      airTemperature: h > 8 ? noonC : -10,
      globalIrradiance: h > 8 && h < 17 ? noonSun : 0,
      diffuseIrradiance: h > 8 && h < 17 ? noonSun : 0,
      sunAltitudeDeg: 25,
      sunAzimuthDeg: 180,
    }));
    expect(look(ground, 2).panelSnow).toBe(1);
    return look(ground, 17).panelSnow;
  };
  expect(covered(-2, 400)).toBe(0);
  expect(covered(-15, 400)).toBeGreaterThan(0.6);
  expect(covered(-2, 0)).toBeGreaterThan(0.6);
});

test("dirt gathers by 0.15 % a day until a day with 6 mm; storms add theirs", () => {
  const ground = under((h) => ({
    airTemperature: 20,
    precipitation: h >= 240 && h < 246 ? 1.2 : 0,
    pm10: h >= 480 && h < 490 ? 1150 : 50,
  }));
  const before = look(ground, 239).soiling;
  expect(before).toBe(0.08); // Since 15 June, as far as crews let it come.
  expect(look(ground, 247).soiling).toBeLessThan(0.001);
  // Washed until midnight.
  expect(look(ground, 264 + 96).soiling).toBeCloseTo(0.006, 4);
  const storm = look(ground, 490).soiling - look(ground, 480).soiling;
  expect(storm).toBeCloseTo(0.05, 2);
  expect(look(ground, 490 + 240).soiling - look(ground, 480 + 240).soiling).toBeLessThan(0.03);
});
