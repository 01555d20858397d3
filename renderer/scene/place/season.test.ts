import { expect, it } from "vitest";
import { Season } from "./season.ts";

const on = (day: string): Season => {
  const season = new Season();
  season.turn(Date.parse(`${day}T04:00:00Z`));
  return season;
};

it("is green from June, straw in autumn, brown and bare in winter, and the year closes", () => {
  const [summer, autumn, winter] = [on("2026-07-10"), on("2026-10-15"), on("2026-01-18")];
  expect(summer.fresh.g).toBeGreaterThan(1.3 * summer.fresh.r);
  expect(autumn.fresh.r).toBeGreaterThan(autumn.fresh.g);
  expect(winter.leaves).toBe(0);
  expect(summer.leaves).toBe(1);
  const [eve, morning] = [on("2026-12-31"), on("2027-01-01")];
  expect(Math.abs(eve.pale.r - morning.pale.r)).toBeLessThan(0.005);
});
