import fc from "fast-check";
import { expect, test } from "vitest";
import { balanceOf, consumers, type FlowRole, type FlowSums, suppliers } from "#twins/kpi/energy-balance.ts";
import { sumOf } from "#twins/kpi/reading.ts";
import { Freshness, Origin, packStatus, Quality } from "#twins/model/quality.ts";
import { sankeyOf } from "./sankeyLayout.ts";

const roles: readonly FlowRole[] = [...suppliers, ...consumers];
const status = packStatus(Quality.good, Freshness.fresh, Origin.simulated);

/** One meter a role; NaN for one that says nothing. */
const balance = (kw: Readonly<Partial<Record<FlowRole, number>>>) =>
  balanceOf(
    Object.fromEntries(
      roles.map((role) => {
        const value = kw[role];
        const rows = value === undefined ? [] : [0];
        const usable = Number.isNaN(value) ? 0 : status;
        return [role, sumOf(rows, () => ({ value: value ?? 0, status: usable, sampleMs: 1, receivedMs: 1 }))];
      }),
    ) as unknown as FlowSums,
  );

const plant = {
  grid: 60_000,
  wind: 160_000,
  pv: 20_000,
  storage: -15_000,
  it: 190_000,
  cooling: 22_000,
  aux: 6_000,
};

test("heights are in proportion to power, and both sides fill the busbar", () => {
  const picture = sankeyOf(balance(plant));
  const of = (id: string) => picture.nodes.find((node) => node.id === id)!;
  expect(of("wind").height / of("grid").height).toBeCloseTo(160 / 60);
  for (const side of ["in", "out"])
    expect(
      picture.nodes.filter((node) => node.side === side).reduce((sum, { height }) => sum + height, 0),
    ).toBeCloseTo(picture.bus.height);
});

test("ends of one side never overlap, whatever the sizes", () => {
  const kw = fc.double({ min: 0, max: 500_000, noNaN: true });
  fc.assert(
    fc.property(
      fc.record({ grid: kw, wind: kw, pv: kw, storage: kw, it: kw, cooling: kw, aux: kw }),
      (sizes) => {
        const { nodes, height } = sankeyOf(balance(sizes));
        for (const side of ["in", "out"]) {
          const own = nodes.filter((node) => node.side === side);
          own.slice(1).forEach((node, i) => {
            expect(node.y).toBeGreaterThan(own[i]!.y + own[i]!.height);
          });
          for (const node of own) expect(node.y + node.height).toBeLessThanOrEqual(height);
        }
      },
    ),
  );
});

test("a meter that says nothing keeps a place without a size, and nothing is shared out", () => {
  const picture = sankeyOf(balance({ ...plant, wind: Number.NaN }));
  expect(picture.bands.find(({ key }) => key === "in:wind")?.kind).toBe("gap");
  expect(picture.bands.some(({ kind }) => kind === "share")).toBe(false);
  expect(picture.bands.find(({ key }) => key === "in:grid")?.kind).toBe("measured");
});

test("without a single number there is still a picture", () => {
  const picture = sankeyOf(balance({ grid: Number.NaN, it: Number.NaN }));
  expect(picture.scale).toBe(0);
  expect(picture.nodes.every(({ kind }) => kind === "gap")).toBe(true);
});
