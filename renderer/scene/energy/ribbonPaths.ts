import { Vector3 } from "three";
import { boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import { groundOf } from "./yard.ts";

/** Width of a ribbon for each MW, m: 100 MW are 160 m. The panel says so (`energy.scene.ribbonText`). */
const metresPerKw = 1.6 / 1000;
/** A ribbon without a number has this width, hatched; one with a number is never thinner than it can be seen, m. */
const [gapM, leastM] = [22, 7];
/** Height of the busbar, and of the middle of ribbons, above ground, m. */
const [busM, archM] = [330, 430];
/** Less than this is left out of the picture, not out of the panel, kW. */
const leastKw = 50;
/** The busbar lies across the view of the energy camera (cameras.ts). */
const axis = new Vector3(0.78, 0, -0.63).normalize();
/** Where ribbons to uses come down, seen from the busbar, m: towards the camera, apart from each other. */
const landing = { ahead: 560, apart: 300 } as const;

/** Ends of the balance in space. */
export interface RibbonPlaces {
  readonly bus: Vector3;
  readonly sources: Readonly<Record<SupplyId, Vector3>>;
}

/** One ribbon: a Bézier curve, and how wide it is. */
export interface Ribbon {
  readonly id: SupplyId | UseId;
  readonly kind: "source" | "use" | "bus";
  readonly hasValue: boolean;
  readonly widthM: number;
  readonly points: readonly [Vector3, Vector3, Vector3, Vector3];
}

const centreOf = (
  layout: Layout,
  className: "windTurbine" | "pvTable" | "battery" | "generator",
): Vector3 | null => {
  const ground = groundOf(layout, className, 0);
  return ground && new Vector3((ground.west + ground.east) / 2, 6, (ground.north + ground.south) / 2);
};

/** The station that the public grid comes in at: the highest voltage there is. */
const gridOf = ({ twin }: Layout): Vector3 | null => {
  const stations = twin.table("substation");
  const kv = stations.attribute("voltageKv");
  let best = -1;
  for (let row = 0; row < stations.count; row++)
    if (best < 0 || (kv?.[row] ?? 0) > (kv?.[best] ?? 0)) best = row;
  if (best < 0) return null;
  const { x, z } = boxOf(stations, best);
  return new Vector3(x, 20, z);
};

export const ribbonPlaces = (layout: Layout): RibbonPlaces => {
  const bus = new Vector3(layout.centre.x, busM, layout.centre.z);
  const away = (east: number, south: number): Vector3 =>
    new Vector3(layout.centre.x + east * layout.radius, 10, layout.centre.z + south * layout.radius);
  const grid = gridOf(layout) ?? away(1, -1);
  return {
    bus,
    sources: {
      grid,
      wind: centreOf(layout, "windTurbine")?.setY(60) ?? away(0.5, 1),
      pv: centreOf(layout, "pvTable") ?? away(0.2, 1),
      storage: centreOf(layout, "battery") ?? away(1, 0.5),
      generator: away(-0.8, -0.3),
      surplus: away(-0.9, 0.3),
    },
  };
};

const widthOf = (kw: number): number => (Number.isNaN(kw) ? gapM : Math.max(leastM, kw * metresPerKw));

/** A use comes down as wide as it leaves the busbar, so sizes can be compared along the whole way. */
const useRibbon = (id: UseId, kw: number, [from, along, to]: readonly [Vector3, number, number]): Ribbon => {
  const towards = new Vector3(axis.z, 0, -axis.x);
  const start = from.clone().addScaledVector(axis, along);
  const end = from.clone().addScaledVector(axis, to).addScaledVector(towards, landing.ahead).setY(14);
  return {
    id,
    kind: "use",
    hasValue: !Number.isNaN(kw),
    widthM: widthOf(kw),
    points: [
      start,
      start.clone().addScaledVector(towards, 260),
      end.clone().addScaledVector(towards, -170).setY(250),
      end,
    ],
  };
};

const sourceRibbon = (
  id: SupplyId,
  kw: number,
  [from, bus, along]: readonly [Vector3, Vector3, number],
): Ribbon => {
  const end = bus.clone().addScaledVector(axis, along);
  const behind = new Vector3(-axis.z, 0, axis.x);
  return {
    id,
    kind: "source",
    hasValue: !Number.isNaN(kw),
    widthM: widthOf(kw),
    points: [
      from,
      from.clone().lerp(end, 0.25).setY(archM),
      end
        .clone()
        .addScaledVector(behind, 420)
        .setY(archM * 0.82),
      end,
    ],
  };
};

/** Ends side by side along the busbar: middle of each, m from its own middle. */
const stack = (widths: readonly number[]): readonly number[] => {
  let at = -widths.reduce((sum, width) => sum + width, 0) / 2;
  return widths.map((width) => {
    at += width;
    return at - width / 2;
  });
};

const isSeen = ({ kw }: { readonly kw: number }): boolean => !(kw < leastKw);

/** All ribbons of a moment: sources in the order they stand along the busbar, the busbar itself, and uses. */
export const ribbonsOf = (balance: EnergyBalance, { bus, sources }: RibbonPlaces): Ribbon[] => {
  const supplies = balance.supplies.filter(isSeen);
  const uses = balance.uses.filter(isSeen);
  const byPlace = [...supplies].sort((a, b) => sources[a.id].dot(axis) - sources[b.id].dot(axis));
  const inAt = stack(byPlace.map(({ kw }) => widthOf(kw)));
  const outAt = stack(uses.map(({ kw }) => widthOf(kw)));
  const half = Math.max(
    24,
    ...inAt.map((at, i) => at + widthOf(byPlace[i]!.kw) / 2),
    ...outAt.map((at, i) => at + widthOf(uses[i]!.kw) / 2),
  );
  const end = (side: number): Vector3 => bus.clone().addScaledVector(axis, side * half);
  const spread = stack(uses.map(({ kw }) => Math.max(landing.apart, widthOf(kw) + 60)));
  return [
    ...byPlace.map(({ id, kw }, i) => sourceRibbon(id, kw, [sources[id], bus, inAt[i]!])),
    {
      id: "grid",
      kind: "bus",
      hasValue: true,
      widthM: 15,
      points: [end(-1), end(-0.33), end(0.33), end(1)],
    },
    ...uses.map(({ id, kw }, i) => useRibbon(id, kw, [bus, outAt[i]!, spread[i]!])),
  ];
};

/** A point of a ribbon, 0…1 along it. */
export const pointOn = ({ points: [a, b, c, d] }: Ribbon, t: number): Vector3 => {
  const s = 1 - t;
  return new Vector3()
    .addScaledVector(a, s * s * s)
    .addScaledVector(b, 3 * s * s * t)
    .addScaledVector(c, 3 * s * t * t)
    .addScaledVector(d, t * t * t);
};
