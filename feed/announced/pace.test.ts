import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

test("the first campus is laid out when all that was kept has come, or when births pause, and never after five seconds", () => {
  const pace = createPace();
  expect(pace.isDue(0, true)).toBe(false);
  pace.heard(1, 1_000);
  expect(pace.isDue(1_100, true)).toBe(false);
  expect(pace.isDue(1_250, true)).toBe(true);
  expect(pace.isDue(1_250, false)).toBe(false);
  expect(pace.isDue(2_000, false)).toBe(true);
  for (let ms = 1_200; ms <= 6_000; ms += 200) pace.heard(ms, ms);
  expect(pace.isDue(5_900, true)).toBe(false);
  expect(pace.isDue(6_000, false)).toBe(true);
});

test("news of a campus that stands wait for five quiet seconds, and ever longer while they keep coming", () => {
  const pace = createPace();
  pace.heard(1, 0);
  pace.built(1, 1_000);
  expect(pace.isBehind).toBe(false);
  const gaps: number[] = [];
  let nowMs = 1_000;
  let lastMs = nowMs;
  for (let version = 2; version < 9; version++) {
    pace.heard(version, nowMs);
    expect(pace.isBehind).toBe(true);
    while (!pace.isDue(nowMs, true)) nowMs += 100;
    gaps.push(Math.round((nowMs - lastMs) / 1000));
    pace.built(version, nowMs);
    lastMs = nowMs;
  }
  expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 300]);
});

test("news that never pause do not keep newcomers out for ever", () => {
  const pace = createPace();
  pace.heard(1, 0);
  pace.built(1, 0);
  let nowMs = 6_000;
  for (let version = 2; !pace.isDue(nowMs, true); version++) {
    nowMs += 1_000;
    pace.heard(version, nowMs);
  }
  expect(nowMs).toBeLessThanOrEqual(37_000);
});

test("a plant that was calm for ten minutes is followed quickly again", () => {
  const pace = createPace();
  pace.heard(1, 0);
  pace.built(1, 0);
  for (let version = 2; version < 8; version++) {
    pace.heard(version, version * 300_000);
    pace.built(version, version * 300_000);
  }
  const calmMs = 7 * 300_000 + 700_000;
  pace.heard(20, calmMs);
  pace.built(20, calmMs + 5_000);
  pace.heard(21, calmMs + 6_000);
  expect(pace.isDue(calmMs + 11_000, true)).toBe(true);
});
