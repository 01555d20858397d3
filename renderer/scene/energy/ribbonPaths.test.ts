import { Vector3 } from "three";
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
import { apartM, busAxis, pointOn, ribbonsOf } from "./ribbonPaths.ts";
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

  test("start where power comes from and meet the busbar side by side, each on the side of its subject", () => {
    expect(pointOn(of("wind"), 0).distanceTo(places.sources.wind.at)).toBe(0);
    const ends = ribbons
      .filter(({ kind }) => kind === "source" || kind === "use")
      .map((ribbon) => ({
        at: pointOn(ribbon, ribbon.kind === "source" ? 1 : 0),
        leaves: ribbon.points[ribbon.kind === "source" ? 2 : 1],
        width: ribbon.widthM,
      }));
    const across = new Vector3(busAxis.z, 0, -busAxis.x);
    for (const side of [1, -1]) {
      const here = ends.filter(({ at, leaves }) => leaves.clone().sub(at).dot(across) * side > 0);
      here.slice(1).forEach(({ at, width }, i) => {
        const before = here[i]!;
        expect(at.distanceTo(before.at)).toBeCloseTo((width + before.width) / 2 + apartM);
      });
      for (const { at } of here) expect(Math.abs(at.clone().sub(places.bus).dot(across))).toBeLessThan(1e-6);
    }
  });

  test("none crosses another, seen from above", () => {
    const flat = ribbons
      .filter(({ kind }) => kind === "source" || kind === "use")
      .map((ribbon) => Array.from({ length: 25 }, (_, i) => pointOn(ribbon, i / 24)));
    const turns = (a: Vector3, b: Vector3, c: Vector3): number =>
      Math.sign((b.x - a.x) * (c.z - a.z) - (b.z - a.z) * (c.x - a.x));
    const meet = (a: Vector3, b: Vector3, c: Vector3, d: Vector3): boolean =>
      turns(a, b, c) !== turns(a, b, d) && turns(c, d, a) !== turns(c, d, b);
    for (const [i, one] of flat.entries())
      for (const other of flat.slice(0, i))
        for (let k = 1; k < one.length; k++)
          for (let m = 1; m < other.length; m++)
            expect(meet(one[k - 1]!, one[k]!, other[m - 1]!, other[m]!)).toBe(false);
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
