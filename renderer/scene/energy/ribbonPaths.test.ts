import { describe, expect, test } from "vitest";
import { campusTwin } from "#renderer/data/campus-twin.fixture.ts";
import { layoutOf } from "#renderer/scene/campus/layout.ts";
import {
  type EnergyBalance,
  type FlowNode,
  flowMetersOf,
  type SupplyId,
  type UseId,
} from "#twins/kpi/energy-balance.ts";
import { Origin } from "#twins/model/quality.ts";
import { apartM, pointOn, ribbonsOf } from "./ribbonPaths.ts";
import { ribbonPlaces } from "./ribbonPlaces.ts";

const layout = layoutOf(campusTwin(12_000));
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
  const zoneKw = places.halls.map((_, i) => (i === 0 ? 150_000 : i === 1 ? 50_000 : 0));
  const ribbons = ribbonsOf(
    balance(
      { grid: 60_000, wind: 160_000, pv: 20_000, storage: Number.NaN },
      { it: 200_000, cooling: 40_000 },
    ),
    places,
    zoneKw,
  );
  const of = (id: string, kind = "source") =>
    ribbons.find((ribbon) => ribbon.id === id && ribbon.kind === kind)!;

  test("are as wide as their power, and one without a number says that it has none", () => {
    expect(of("wind").widthM / of("grid").widthM).toBeCloseTo(160 / 60);
    expect(of("storage")).toMatchObject({ hasValue: false });
    expect(of("pv")).toMatchObject({ hasValue: true });
  });

  test("start where power comes from and meet the busbar side by side", () => {
    expect(pointOn(of("wind"), 0).distanceTo(places.sources.wind.at)).toBe(0);
    const ends = ribbons
      .filter(({ kind }) => kind === "source")
      .map((ribbon) => ({ at: pointOn(ribbon, 1), width: ribbon.widthM }));
    ends.slice(1).forEach(({ at, width }, i) => {
      const before = ends[i]!;
      expect(at.distanceTo(before.at)).toBeCloseTo((width + before.width) / 2 + apartM);
    });
  });

  test("split IT by the zones whose halls are metered, and come down on them", () => {
    const parts = ribbons.filter(({ id }) => id === "it");
    expect(parts.map(({ widthM }) => widthM).sort((a, b) => a - b)).toEqual([80, 240]);
    for (const part of parts) {
      const end = pointOn(part, 1);
      const { at, half } = places.halls.find(({ zone }) => zone === part.zone)!.subject;
      expect([Math.abs(end.x - at.x) <= half[0], Math.abs(end.z - at.z) <= half[1]]).toEqual([true, true]);
    }
  });

  test("stay whole where nobody measures zones", () => {
    const whole = ribbonsOf(balance({ grid: 200_000 }, { it: 200_000 }), places);
    expect(whole.filter(({ id, kind }) => id === "it" && kind === "use")).toMatchObject([
      { widthM: 320, zone: -1 },
    ]);
  });

  test("every end touches a subject, and none hangs over open ground", () => {
    for (const { kind, subject, points } of ribbons) {
      if (kind !== "source" && kind !== "use") continue;
      expect(points[kind === "source" ? 0 : 3].distanceTo(subject!.at)).toBe(0);
    }
  });
});

describe("their places", () => {
  test("are all halls with an IT meter, once each", () => {
    const meters = places.halls.flatMap((group) => group.meters);
    expect([...meters].sort((a, b) => a - b)).toEqual([...flowMetersOf(layout.twin).it]);
  });
});
