import { describe, expect, test } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import type { EnergyBalance, FlowNode, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import { Origin } from "#twins/model/quality.ts";
import { pointOn, ribbonPlaces, ribbonsOf } from "./ribbonPaths.ts";

const layout = layoutOf(campusTwin(1_000));
const places = ribbonPlaces(layout);

const balance = (
  supplies: Readonly<Partial<Record<SupplyId, number>>>,
  uses: Readonly<Partial<Record<UseId, number>>>,
): EnergyBalance => ({
  supplies: Object.entries(supplies).map(([id, kw]) => ({ id, kw, role: "grid" }) as FlowNode<SupplyId>),
  uses: Object.entries(uses).map(([id, kw]) => ({ id, kw, role: "it" }) as FlowNode<UseId>),
  totalKw: Number.NaN,
  shares: [],
  gaps: [],
  origin: Origin.simulated,
});

describe("ribbons", () => {
  const ribbons = ribbonsOf(
    balance(
      { grid: 60_000, wind: 160_000, pv: 20_000, storage: Number.NaN },
      { it: 200_000, cooling: 40_000 },
    ),
    places,
  );
  const of = (id: string, kind = "source") =>
    ribbons.find((ribbon) => ribbon.id === id && ribbon.kind === kind)!;

  test("are as wide as their power, and one without a number says that it has none", () => {
    expect(of("wind").widthM / of("grid").widthM).toBeCloseTo(160 / 60);
    expect(of("it", "use").widthM).toBeCloseTo(320);
    expect(of("storage")).toMatchObject({ hasValue: false });
    expect(of("pv")).toMatchObject({ hasValue: true });
  });

  test("start where power comes from and meet the busbar side by side", () => {
    expect(pointOn(of("wind"), 0).distanceTo(places.sources.wind)).toBe(0);
    const ends = ribbons
      .filter(({ kind }) => kind === "source")
      .map((ribbon) => ({ at: pointOn(ribbon, 1), width: ribbon.widthM }));
    ends.slice(1).forEach(({ at, width }, i) => {
      const before = ends[i]!;
      expect(at.distanceTo(before.at)).toBeCloseTo((width + before.width) / 2);
    });
  });

  test("come down to the campus in front of the busbar", () => {
    for (const id of ["it", "cooling"]) expect(pointOn(of(id, "use"), 1).y).toBeLessThan(20);
  });
});
