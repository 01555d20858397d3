import { expect, test } from "vitest";
import type { KpiExplanation } from "#feed/contract/bridge.ts";
import { fillingOf } from "./filling.ts";

const explained = (change: Partial<KpiExplanation>): KpiExplanation => ({
  name: "pue15m",
  scope: "site",
  value: null,
  unit: "1",
  formula: "",
  category: 1,
  window: "",
  windowMs: 900_000,
  coveredMs: 0,
  totalSource: "main",
  coverage: 1,
  meters: [],
  isBelowIt: false,
  balancePercent: null,
  origin: "derived",
  ...change,
});

test("an energy window fills minute by minute, also while it has a first number", () => {
  expect(fillingOf(explained({}))).toEqual({ minutes: 0, of: 15 });
  expect(fillingOf(explained({ coveredMs: 180_000, value: 1.2 }))).toEqual({ minutes: 3, of: 15 });
});

test("nothing fills when it is full, has no window, lacks a meter or is not known", () => {
  expect(fillingOf(explained({ coveredMs: 900_000, value: 1.2 }))).toBeNull();
  expect(fillingOf(explained({ windowMs: null, coveredMs: null }))).toBeNull();
  expect(fillingOf(explained({ coverage: 0.5 }))).toBeNull();
  expect(fillingOf(undefined)).toBeNull();
});
