import { expect, test } from "vitest";
import type { Tariff } from "#twins/model/tariff.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { createStorageDispatch, wantedStorage } from "./dispatch.ts";

const moment = createMoment();
const wanted = (tariff: Tariff | null, local: string, netLoadKw = 1000): number => {
  const timeMs = Date.parse(`${local}+08:00`);
  setMoment(moment, { timeMs, stepSeconds: 1, utcOffsetMin: 480 });
  return wantedStorage(createStorageDispatch(tariff, 100), moment, netLoadKw);
};

const allYear = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const period = { months: allYear, pricePerKwh: null };
const tariff: Tariff = {
  source: "made up",
  date: "2026",
  currency: "CNY",
  periods: [
    { ...period, kind: "valley", from: 23, to: 7 },
    { ...period, kind: "peak", from: 17, to: 22 },
    { ...period, kind: "deepValley", from: 11, to: 14.25, months: [3, 4] },
    { ...period, kind: "sharp", from: 18, to: 20, months: [7, 12] },
  ],
  demandPerKwMonth: null,
  capacityPerKvaMonth: null,
  powerFactor: null,
};

test("without a tariff storage fills by night and at noon and helps in the evening", () => {
  expect(
    ["03:00", "08:00", "12:00", "16:00", "20:00", "23:00"].map((at) => wanted(null, `2026-05-10T${at}:00`)),
  ).toEqual([-40, 0, expect.closeTo(-55, 9), 0, 70, 0]);
});

test.each([
  ["2026-05-10T03:00:00", -40],
  ["2026-05-10T23:30:00", -40],
  ["2026-05-10T06:59:00", -40],
  ["2026-05-10T07:01:00", 0],
  ["2026-05-10T12:00:00", 0],
  ["2026-03-01T12:00:00", -80],
  ["2026-03-31T14:14:00", -80],
  ["2026-03-31T14:16:00", 0],
  ["2026-04-30T23:59:00", -40],
  ["2026-05-01T12:00:00", 0],
  ["2026-12-31T19:00:00", 100],
  ["2028-02-29T19:00:00", 70],
])("with one it follows its periods: %s", (local, kw) => {
  expect(wanted(tariff, local)).toBeCloseTo(kw, 9);
});

test("what sun and wind give above the load is taken first, in any period", () => {
  for (const at of ["03:00", "12:00", "19:00"]) {
    expect(wanted(tariff, `2026-12-05T${at}:00`, -30)).toBe(-30);
    expect(wanted(null, `2026-12-05T${at}:00`, -300)).toBe(-100);
  }
});
