import fc from "fast-check";
import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import { meterRoles } from "#twins/model/twin.ts";
import {
  balanceOf,
  consumers,
  type EnergyBalance,
  type FlowRole,
  type FlowSums,
  flowMetersOf,
  flowSumsOf,
  suppliers,
} from "./energy-balance.ts";

const roles: readonly FlowRole[] = [...suppliers, ...consumers];
const fresh = (origin: Origin) => packStatus(Quality.good, Freshness.fresh, origin);
const stale = packStatus(Quality.good, Freshness.stale, Origin.simulated);

/** One meter a role: its power, kW; null for a role without a meter, NaN for a meter that is stale. */
const sumsOf = (
  kw: Readonly<Partial<Record<FlowRole, number | null>>>,
  origin: Origin = Origin.simulated,
): FlowSums => {
  const meters = Object.fromEntries(
    roles.map((role, row) => [role, (kw[role] ?? null) === null ? [] : [row]]),
  ) as unknown as Parameters<typeof flowSumsOf>[0];
  return flowSumsOf(meters, (row) => {
    const value = kw[roles[row]!]!;
    return { value, status: Number.isNaN(value) ? stale : fresh(origin), sampleMs: 1, receivedMs: 1 };
  });
};

const kwOf = ({ supplies, uses }: EnergyBalance, id: string) =>
  [...supplies, ...uses].find((node) => node.id === id)?.kw;

const anyKw = fc.double({ min: -300_000, max: 600_000, noNaN: true });
const anyPlant = fc.record(
  Object.fromEntries(roles.map((role) => [role, fc.option(anyKw)])) as Record<
    FlowRole,
    fc.Arbitrary<number | null>
  >,
);

test("what goes in comes out, nothing is negative, and shares add up to both ends", () => {
  fc.assert(
    fc.property(anyPlant, (plant) => {
      const { supplies, uses, totalKw, shares, gaps } = balanceOf(sumsOf(plant));
      expect(gaps).toEqual([]);
      for (const { kw } of [...supplies, ...uses, ...shares]) expect(kw).toBeGreaterThanOrEqual(0);
      if (Number.isNaN(totalKw)) {
        expect(shares).toEqual([]);
        return;
      }
      const near = (sum: number, kw: number) =>
        expect(Math.abs(sum - kw)).toBeLessThan(1e-6 * totalKw + 1e-5);
      near(
        supplies.reduce((sum, { kw }) => sum + kw, 0),
        totalKw,
      );
      near(
        uses.reduce((sum, { kw }) => sum + kw, 0),
        totalKw,
      );
      for (const { id, kw } of supplies)
        near(
          shares.filter(({ from }) => from === id).reduce((sum, share) => sum + share.kw, 0),
          kw,
        );
      for (const { id, kw } of uses)
        near(
          shares.filter(({ to }) => to === id).reduce((sum, share) => sum + share.kw, 0),
          kw,
        );
    }),
  );
});

test("a meter that is missing is a gap, not zero, and takes remainder and shares with it", () => {
  fc.assert(
    fc.property(anyPlant, fc.constantFrom(...roles), (plant, lost) => {
      const balance = balanceOf(sumsOf({ ...plant, [lost]: Number.NaN }));
      expect(balance.gaps).toEqual([lost]);
      expect(kwOf(balance, lost)).toBeNaN();
      expect(balance.totalKw).toBeNaN();
      expect(balance.shares).toEqual([]);
      expect(kwOf(balance, "unmetered")).toBeUndefined();
      expect(kwOf(balance, "surplus")).toBeUndefined();
    }),
  );
});

test("what no sub-meter accounts for is shown as unmetered", () => {
  const balance = balanceOf(sumsOf({ grid: 100, wind: 40, it: 90, cooling: 20, aux: 10 }));
  expect(kwOf(balance, "unmetered")).toBeCloseTo(20);
  expect(balance.shares.find(({ from, to }) => from === "wind" && to === "it")?.kw).toBeCloseTo(
    (40 * 90) / 140,
  );
});

test("sub-meters that say more than the supply show as a surplus on the way in", () => {
  expect(kwOf(balanceOf(sumsOf({ grid: 100, it: 120 })), "surplus")).toBeCloseTo(20);
});

test("a battery is a source while it discharges and a use while it charges; so is the grid", () => {
  const giving = balanceOf(sumsOf({ grid: 60, storage: 40, it: 100 }));
  expect(kwOf(giving, "storage")).toBe(40);
  expect(kwOf(giving, "charge")).toBeUndefined();
  const taking = balanceOf(sumsOf({ wind: 200, grid: -50, storage: -40, it: 100 }));
  expect([kwOf(taking, "charge"), kwOf(taking, "export"), kwOf(taking, "storage")]).toEqual([
    40,
    50,
    undefined,
  ]);
});

test("a role without a meter is left out", () => {
  const balance = balanceOf(sumsOf({ grid: 100, it: 100 }));
  expect(balance.supplies.map(({ id }) => id)).toEqual(["grid"]);
});

test("measured and simulated meters never share one balance", () => {
  const mixed = { ...sumsOf({ grid: 100, it: 80 }), it: sumsOf({ it: 80 }, Origin.measured).it };
  expect(balanceOf(mixed).totalKw).toBeNaN();
  expect(balanceOf(sumsOf({ grid: 100, it: 80 })).origin).toBe(Origin.simulated);
});

test("supplies are metered at the site, uses once: a building's meter covers its rooms'", () => {
  const twin = loadTwin(sampleFiles());
  const meters = flowMetersOf(twin);
  const table = twin.table("meter");
  const role = table.attribute("role")!;
  const buildings = new Set(meters.it.map((row) => `${table.parentClass[row]}/${table.parentRow[row]}`));
  expect(meters.it.length).toBe(buildings.size);
  expect(meters.it.length).toBeGreaterThan(0);
  expect(meters.it.length).toBeLessThan(Array.from(role).filter((code) => meterRoles[code] === "it").length);
  for (const name of suppliers) expect(meters[name].length).toBe(1);
});
