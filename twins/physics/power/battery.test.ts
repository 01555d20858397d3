import { expect, test } from "vitest";
import {
  batteryCapacity,
  batteryMinutes,
  charged,
  chargingPower,
  dischargeEfficiency,
  drawn,
} from "./battery.ts";

test("a full battery carries rated load for its minutes, an aged one for less", () => {
  const full = batteryCapacity(600, 0);
  expect(full / drawn(600, 60)).toBeCloseTo(batteryMinutes * dischargeEfficiency, 9);
  expect(batteryCapacity(600, 0.4)).toBeCloseTo(0.6 * full, 9);
});

test("charging is limited, fades towards full, and never passes it however long the step", () => {
  const missing = 100;
  expect(chargingPower(charged(missing, 600, 1), 1)).toBeLessThanOrEqual(60 + 1e-9);
  expect(charged(1, 600, 60)).toBeLessThan(charged(missing, 600, 60));
  expect(charged(missing, 600, 1e7)).toBeCloseTo(missing, 9);
  expect(charged(missing, 600, 1e7)).toBeLessThanOrEqual(missing);
  expect(charged(0, 600, 60)).toBe(0);
  expect(charged(-1, 600, 60)).toBe(0);
});

test("ten steps of a minute charge what one of ten minutes does, within a twentieth", () => {
  let energy = 0;
  for (let i = 0; i < 10; i++) energy += charged(100 - energy, 600, 60);
  expect(Math.abs(energy / charged(100, 600, 600) - 1)).toBeLessThan(0.05);
});
