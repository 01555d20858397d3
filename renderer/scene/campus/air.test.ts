import { expect, it } from "vitest";
import { createCampusState } from "#renderer/data/campus.ts";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { airOf, clearAir, StationAir } from "./air.ts";
import { Sky } from "./sky.ts";

const noon = { nowMs: Date.parse("2026-03-25T05:00:00Z") };

it("at the distance of visibility 2 % of a thing is left, in a storm too, but what is near never vanishes", () => {
  const left = (visibilityM: number, reachM: number): number =>
    Math.exp(-((reachM * airOf(visibilityM, 0).haze) ** 1.25));
  expect(left(10_000, 10_000)).toBeCloseTo(0.02, 9);
  expect(left(640, 640)).toBeCloseTo(0.02, 9);
  expect(left(50, 100)).toBeGreaterThan(0.5);
  expect(left(300, 3000)).toBeLessThan(0.02);
  expect(clearAir).toMatchObject({ dust: 0, mist: 0 });
});

it("a storm's sky is tan and its sun weak; mist is grey", () => {
  const skyIn = (visibilityM: number, pm10: number) => {
    const sky = new Sky(campusTwin(10).site);
    sky.update(noon, airOf(visibilityM, pm10));
    const { uHorizon, uSunLight } = sky.uniforms;
    return { ...uHorizon.value, sun: uSunLight.value.r };
  };
  const [clear, storm, mist] = [skyIn(30_000, 70), skyIn(650, 6000), skyIn(500, 70)];
  expect(clear.b).toBeGreaterThan(clear.r);
  expect(storm.r).toBeGreaterThan(1.5 * storm.b);
  expect(storm.sun).toBeLessThan(0.3 * clear.sun);
  expect(Math.abs(mist.r - mist.b)).toBeLessThan(0.3 * Math.abs(clear.r - clear.b));
});

it("in a storm lamps are lit by day, and light near the ground is less ochre than the sky", () => {
  const sky = new Sky(campusTwin(10).site);
  const { uNight, uSkyLight, uHorizon } = sky.uniforms;
  sky.update(noon, clearAir);
  expect(uNight.value).toBe(0);
  sky.update(noon, airOf(650, 6000));
  expect(uNight.value).toBeGreaterThan(0.3);
  const ochre = ({ r, b }: { readonly r: number; readonly b: number }): number => r / b;
  expect(ochre(uSkyLight.value)).toBeLessThan(0.6 * ochre(uHorizon.value));
});

it("a closed cover greys the sky and takes the sun; broken cloud takes little", () => {
  const under = (cloud: number) => {
    const sky = new Sky(campusTwin(10).site);
    sky.update(noon, { ...clearAir, cloud });
    return { ...sky.uniforms.uZenith.value, sun: sky.uniforms.uSunLight.value.r };
  };
  const [clear, broken, closed] = [under(0), under(0.4), under(1)];
  expect(broken.sun).toBe(clear.sun);
  expect(closed.sun).toBeLessThan(0.3 * clear.sun);
  expect(closed.b / closed.r).toBeLessThan(0.5 * (clear.b / clear.r));
});

it("by night the moon lights, and at the hand-over from the sun nothing casts a shadow", () => {
  const sky = new Sky(campusTwin(10).site);
  const at = (iso: string) => {
    sky.update({ nowMs: Date.parse(iso) });
    return sky.uniforms;
  };
  const moonlit = at("2026-09-22T13:00:00Z");
  expect(moonlit.uSunLight.value.r).toBeGreaterThan(0.05);
  expect(moonlit.uSunDirection.value.angleTo(moonlit.uMoon.value)).toBeLessThan(0.1);
  const moonless = at("2026-09-11T16:00:00Z");
  expect(moonless.uSunLight.value.r).toBeLessThan(0.001);
  let least = 1;
  for (let minute = 0; minute < 120; minute++) {
    const sun = at(new Date(Date.parse("2026-09-22T10:40:00Z") + minute * 60_000).toISOString()).uSunLight
      .value;
    least = Math.min(least, sun.r);
  }
  expect(least).toBeLessThan(0.01);
});

it("follows the weather station while its values are good, and stays the same object while nothing is to be seen", () => {
  const state = createCampusState(campusTwin(10), { nowMs: () => noon.nowMs } as Parameters<
    typeof createCampusState
  >[1]);
  const station = state.of("weatherStation");
  const air = new StationAir(state);
  const tell = (visibilityM: number, pm10: number, quality: Quality): void => {
    for (const [metric, value] of [
      ["visibility", visibilityM],
      ["pm10", pm10],
      ["snowDepth", 5],
      ["precipitation", 1],
      ["airTemperature", -6],
    ] as const) {
      const cell = metricIndex("weatherStation", metric);
      station.value[cell] = value;
      station.status[cell] = packStatus(quality, Freshness.fresh, Origin.simulated);
    }
  };
  expect(air.read()).toBe(clearAir);
  tell(650, 6000, Quality.good);
  const storm = air.read();
  expect(storm.dust).toBeGreaterThan(0.9);
  expect(storm.snow).toBeGreaterThan(0.8);
  expect(storm).toMatchObject({ rain: 0, wet: 0 });
  expect(storm.snowfall).toBeGreaterThan(0.5);
  tell(655, 6010, Quality.good);
  expect(air.read()).toBe(storm);
  tell(650, 6000, Quality.bad);
  expect(air.read()).toMatchObject({ dust: 0, snow: 0, snowfall: 0 });
});
