import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { createCampusState } from "./campus.ts";
import { createClock } from "./clock.ts";
import { createSampler, formatDigits, noValue } from "./sampler.ts";
import { tinyTwin } from "./tiny-twin.fixture.ts";

const startMs = 1_800_000_000_000;
const rack = { className: "rack", row: 1 } as const;
const power = 1;
const good = packStatus(Quality.good, Freshness.fresh, Origin.measured);

const setUp = () => {
  const clock = createClock(() => performance.now(), startMs);
  const campus = createCampusState(tinyTwin({ rack: 4 }), clock);
  const state = campus.of("rack");
  const put = (value: number, status: number) => {
    const cell = rack.row * state.columns + power;
    state.value[cell] = value;
    state.status[cell] = status;
    state.receivedTimeMs[cell] = clock.feedMs();
    campus.changed("rack");
  };
  return { campus, put, sampler: createSampler(campus, clock.readMs) };
};

describe("sampler", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("listeners hear at most four times a second, however fast values come", () => {
    const { put, sampler } = setUp();
    const watch = sampler.point(rack, "power");
    const heard = vi.fn();
    const stop = watch.subscribe(heard);
    for (let i = 0; i < 100; i++) {
      put(i, good);
      vi.advanceTimersByTime(10);
    }
    expect(heard.mock.calls.length).toBeLessThanOrEqual(4);
    vi.advanceTimersByTime(250);
    expect(watch.get()).toMatchObject({ text: "99.00", unit: "kW", freshness: "fresh" });
    stop();
  });

  test("a change below the displayed digits is no change", () => {
    const { put, sampler } = setUp();
    put(12.341, good);
    const watch = sampler.point(rack, "power");
    const stop = watch.subscribe(() => {});
    const before = watch.get();
    put(12.342, good);
    vi.advanceTimersByTime(500);
    expect(watch.get()).toBe(before);
    stop();
  });

  test("nothing received and bad show no number; the age counts whole seconds", () => {
    const { put, sampler } = setUp();
    const watch = sampler.point(rack, "power");
    const stop = watch.subscribe(() => {});
    expect(watch.get()).toMatchObject({ value: null, text: noValue, freshness: "never", ageS: null });
    put(7, packStatus(Quality.bad, Freshness.fresh, Origin.measured));
    vi.advanceTimersByTime(3_250);
    expect(watch.get()).toMatchObject({ value: null, text: noValue, quality: "bad", ageS: 3 });
    stop();
  });

  test("its timer stops with the last watcher", () => {
    const { sampler } = setUp();
    const stops = [rack, { ...rack, row: 2 }].map((ref) => sampler.point(ref, "load").subscribe(() => {}));
    expect(vi.getTimerCount()).toBe(1);
    for (const stop of stops) stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a metric that the class has not is undefined", () => {
    const { sampler } = setUp();
    expect(sampler.point(rack, "pue15m").get()).toBeUndefined();
  });
});

test.each([
  [1.23456, 0.01, "1.23"],
  [21.96, 0.1, "22.0"],
  [-0.01, 0.1, "0.0"],
  [-0.06, 0.1, "-0.1"],
  [1500.4, 1, "1500"],
  [1.0716, 0.001, "1.072"],
  [2.5, undefined, "2.500"],
])("%f to a resolution of %s reads %s", (value, resolution, text) => {
  expect(formatDigits(value, resolution)).toBe(text);
});
