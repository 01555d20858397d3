import { Vector3 } from "three";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import type { RibbonPlaces, Subject } from "./ribbonPlaces.ts";

/** Width of a ribbon for each MW, m: 100 MW are 160 m. The panel says so (`energy.scene.ribbonText`). */
const metresPerKw = 1.6 / 1000;
/** A ribbon without a number has this width, hatched; one with a number is never thinner than it can be seen, m. */
const [gapM, leastM] = [22, 7];
/** Less than this is left out of the picture, not out of the panel, kW. */
const leastKw = 50;
/** How high ribbons from sources arch, m: by the way they go. */
const arch = { least: 150, rise: 0.11, most: 380 } as const;
/** Room between ends at the busbar, m: they fan out and do not pile up. */
export const apartM = 26;
/** How far beside the IT of their zone cooling and losses run, m. */
const besideM = 140;
const isBeside = (id: SupplyId | UseId): boolean => id === "cooling" || id === "aux" || id === "unmetered";
/** The busbar lies across the view of the energy camera (cameras.ts); ribbons come to it from the eye's side and leave it into the depth. */
export const busAxis = new Vector3(0.5, 0, -0.866).normalize();
const towards = new Vector3(busAxis.z, 0, -busAxis.x);

/** One ribbon: a Bézier curve, how wide it is, and what it starts or ends at. */
export interface Ribbon {
  readonly id: SupplyId | UseId;
  readonly kind: "source" | "use" | "bus" | "post";
  readonly hasValue: boolean;
  readonly kw: number;
  readonly widthM: number;
  readonly points: readonly [Vector3, Vector3, Vector3, Vector3];
  readonly subject: Subject | null;
  /** Row of the zone that this part of a use goes to; −1 for a whole one. */
  readonly zone: number;
}

const widthOf = (kw: number): number => (Number.isNaN(kw) ? gapM : Math.max(leastM, kw * metresPerKw));

interface End {
  readonly id: SupplyId | UseId;
  readonly kw: number;
  readonly subject: Subject;
  readonly zone: number;
}

/** Leaves the busbar to its front, or to its back where what it feeds stands there, and comes down from above. */
const useRibbon = ({ id, kw, subject, zone }: End, bus: Vector3, along: number): Ribbon => {
  const start = bus.clone().addScaledVector(busAxis, along);
  const way = subject.at.clone().sub(start).setY(0);
  const reach = way.length();
  const side = way.dot(towards) < -0.35 * reach ? -1 : 1;
  const lead = Math.min(420, 80 + 0.3 * reach);
  // Far ones swing out to their side, so that they do not hide what near ones come down on; sums of the whole campus beside IT.
  const swing = isBeside(id)
    ? besideM
    : Math.min(230, Math.max(0, reach - 900) * 0.18) * Math.sign(way.dot(busAxis));
  return {
    id,
    kind: "use",
    kw,
    hasValue: !Number.isNaN(kw),
    widthM: widthOf(kw),
    subject,
    zone,
    points: [
      start,
      start
        .clone()
        .addScaledVector(towards, side * lead)
        .addScaledVector(busAxis, swing * 0.7)
        .setY(bus.y * (side > 0 ? 1.04 : 0.8)),
      subject.at
        .clone()
        .addScaledVector(way.normalize(), -Math.min(side > 0 ? 260 : 900, (side > 0 ? 0.22 : 0.34) * reach))
        .addScaledVector(busAxis, swing)
        .setY(subject.at.y + (side > 0 ? Math.min(190, 40 + 0.16 * reach) : 24)),
      subject.at.clone(),
    ],
  };
};

const sourceRibbon = ({ id, kw, subject, zone }: End, bus: Vector3, along: number): Ribbon => {
  const end = bus.clone().addScaledVector(busAxis, along);
  const from = subject.at;
  const reach = Math.hypot(end.x - from.x, end.z - from.z);
  // What crosses the view arches; what comes straight on stays low, or its arch would be seen from its end.
  const across = Math.abs(end.clone().sub(from).dot(busAxis)) / Math.max(1, reach);
  const arched = Math.min(arch.most, arch.least + arch.rise * reach);
  const top = from.y + (bus.y - from.y) * 0.3 * (1 - across) + (arched - from.y) * across;
  return {
    id,
    kind: "source",
    kw,
    hasValue: !Number.isNaN(kw),
    widthM: widthOf(kw),
    subject,
    zone,
    points: [
      from.clone(),
      from
        .clone()
        .lerp(end, 0.32 - 0.2 * across)
        .setY(top),
      end
        .clone()
        .addScaledVector(towards, -Math.min(760, 0.42 * reach))
        .setY(Math.max(bus.y, top * 0.9 + bus.y * 0.1)),
      end,
    ],
  };
};

/** Ends side by side along the busbar: middle of each, m from its own middle. */
const stack = (ends: readonly End[]): readonly number[] => {
  let at = -reachOf(ends);
  return ends.map(({ kw }) => {
    at += widthOf(kw) + apartM;
    return at - apartM - widthOf(kw) / 2;
  });
};
/** Half of what they take along it, m. */
const reachOf = (ends: readonly End[]): number =>
  ends.reduce((sum, { kw }) => sum + widthOf(kw) + apartM, -apartM) / 2;

const isSeen = ({ kw }: { readonly kw: number }): boolean => !(kw < leastKw);
/** Where along the busbar an end belongs, m: sums of the whole campus beside the IT of the zone that they come down in. */
const placeOf = ({ id, subject }: End): number => subject.at.dot(busAxis) + (isBeside(id) ? besideM : 0);
const byPlace = (a: End, b: End): number => placeOf(a) - placeOf(b);

/** The uses with their places: IT by zone, as its meters stand in halls; everything else whole. */
const usesOf = ({ uses }: EnergyBalance, places: RibbonPlaces, zoneKw: readonly number[]): End[] =>
  uses.flatMap(({ id, kw }): End[] =>
    id === "it" && zoneKw.length > 0
      ? places.halls.map(({ zone, subject }, i) => ({ id, zone, subject, kw: zoneKw[i]! }))
      : [{ id, kw, subject: places.uses[id], zone: -1 }],
  );

/** The busbar and the two posts it stands on. */
const busOf = (bus: Vector3, half: number): Ribbon[] => {
  const line = (kind: "bus" | "post", a: Vector3, b: Vector3): Ribbon => ({
    id: "grid",
    kind,
    kw: Number.NaN,
    hasValue: true,
    widthM: 0,
    subject: null,
    zone: -1,
    points: [a, a.clone().lerp(b, 1 / 3), a.clone().lerp(b, 2 / 3), b],
  });
  const at = (side: number): Vector3 => bus.clone().addScaledVector(busAxis, side * half);
  const post = (side: number): Ribbon => line("post", at(side), at(side).setY(0));
  return [line("bus", at(-1), at(1)), post(-0.86), post(0.86)];
};

/**
 * All ribbons of a moment: sources in the order they stand along the busbar, the busbar itself, and uses.
 * @param zoneKw IT power of each of `places.halls`, kW, NaN where a meter there says nothing; empty to leave IT whole
 */
export const ribbonsOf = (
  balance: EnergyBalance,
  places: RibbonPlaces,
  zoneKw: readonly number[] = [],
): Ribbon[] => {
  const { bus } = places;
  const supplies = balance.supplies
    .filter(isSeen)
    .map(({ id, kw }): End => ({ id, kw, subject: places.sources[id], zone: -1 }))
    .sort(byPlace);
  const uses = usesOf(balance, places, zoneKw).filter(isSeen).sort(byPlace);
  const [inAt, outAt] = [stack(supplies), stack(uses)];
  return [
    ...supplies.map((end, i) => sourceRibbon(end, bus, inAt[i]!)),
    ...uses.map((end, i) => useRibbon(end, bus, outAt[i]!)),
    ...busOf(bus, Math.max(24, reachOf(supplies), reachOf(uses)) + 14),
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
