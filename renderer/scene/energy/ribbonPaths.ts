import { Vector3 } from "three";
import type { EnergyBalance, SupplyId, UseId } from "#twins/kpi/energy-balance.ts";
import type { RibbonPlaces, Subject } from "./ribbonPlaces.ts";

/** Width of a ribbon for each MW, m: 100 MW are 160 m. The panel says so (`energy.scene.ribbonText`). */
const metresPerKw = 1.6 / 1000;
/** A ribbon without a number has this width, hatched; one with a number is never thinner than it can be seen, m. */
const [gapM, leastM] = [22, 7];
/** Less than this is left out of the picture, not out of the panel, kW. */
const leastKw = 50;
/** Room between ends at the busbar, m: they fan out and do not pile up. */
export const apartM = 84;
/** Bearings are taken from so far behind the busbar: it is long, and ribbons open from it like a fan, m. */
const fanM = 1500;
/** What stands behind the busbar leaves it nearer to its right end: by this share of the room there. */
const aside = 0.7;
/** How far a ribbon runs straight off the busbar, m: by the way it goes. */
const lead = { least: 60, share: 0.34, most: 560 } as const;
/** What stands behind the busbar is reached in arches that open like a fan: so much higher for each metre behind. */
const arch = { rise: 0.15, mostM: 230 } as const;
/** How high above its subject a ribbon is where it turns down to it, m. */
const comesDown = { least: 40, rise: 0.12, most: 150 } as const;
/**
 * The busbar lies across the view of the energy camera (cameras.ts), which looks from the west-north-west: ribbons leave it to the
 * side that their subject stands on, in the order of their bearings, so that none crosses another.
 */
export const busAxis = new Vector3(-0.75, 0, 0.66).normalize();
const away = new Vector3(busAxis.z, 0, -busAxis.x);

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

/** An end with its place on the busbar: m from its middle, on the side away from the eye (1) or towards it (−1). */
interface Berth extends End {
  readonly kind: "source" | "use";
  readonly side: 1 | -1;
  readonly along: number;
}

/** Straight off the busbar, then to its subject and down to it from above. From subject to busbar for a source. */
const ribbonOf = ({ id, kind, kw, subject, zone, side, along }: Berth, bus: Vector3): Ribbon => {
  const root = bus.clone().addScaledVector(busAxis, along);
  const reach = Math.hypot(subject.at.x - root.x, subject.at.z - root.z);
  const ahead = Math.abs(subject.at.clone().sub(root).dot(away));
  const out = root.clone().addScaledVector(away, side * Math.min(lead.most, lead.least + lead.share * ahead));
  const behind = Math.max(0, subject.at.clone().sub(bus).dot(away));
  const arched = Math.min(arch.mostM, arch.rise * behind);
  out.y += arched;
  const over = subject.at.clone().lerp(out, 0.3);
  over.y = subject.at.y + Math.min(comesDown.most, comesDown.least + comesDown.rise * reach) + 0.5 * arched;
  const way = [root, out, over, subject.at.clone()] as const;
  return {
    id,
    kind,
    kw,
    hasValue: !Number.isNaN(kw),
    widthM: widthOf(kw),
    subject,
    zone,
    points: kind === "use" ? way : [way[3], way[2], way[1], way[0]],
  };
};

/** What ends take along the busbar, side by side, m. */
const lengthOf = (ends: readonly End[]): number =>
  ends.reduce((sum, { kw }) => sum + widthOf(kw) + apartM, -apartM);

/** Bearing of an end on its side of the busbar, rad: small at one end of the busbar, large at the other. */
const bearingOf = ({ subject }: End, bus: Vector3): number => {
  const way = subject.at.clone().sub(bus);
  return Math.atan2(way.dot(busAxis), Math.abs(way.dot(away)) + fanM);
};

/** All ends, each on the side of the busbar that its subject stands on, in the order of their bearings. */
const berthsOf = (
  ends: readonly (End & { readonly kind: "source" | "use" })[],
  bus: Vector3,
): { readonly berths: readonly Berth[]; readonly half: number } => {
  const sideOf = (end: End): 1 | -1 => (end.subject.at.clone().sub(bus).dot(away) > 0 ? 1 : -1);
  const rows = ([1, -1] as const).map((side) => ({
    side,
    here: ends.filter((end) => sideOf(end) === side).sort((a, b) => bearingOf(a, bus) - bearingOf(b, bus)),
  }));
  const half = Math.max(0, ...rows.map(({ here }) => lengthOf(here) / 2));
  const berths = rows.flatMap(({ side, here }) => {
    const own = lengthOf(here) / 2;
    // What is behind stands nearer to the busbar's right end: room for those that go to the left there.
    let at = (side > 0 ? (half - own) * aside : 0) - own;
    return here.map((end): Berth => {
      const along = at + widthOf(end.kw) / 2;
      at += widthOf(end.kw) + apartM;
      return { ...end, side, along };
    });
  });
  return { berths, half };
};

const isSeen = ({ kw }: { readonly kw: number }): boolean => !(kw < leastKw);
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
 * All ribbons of a moment, in the order of their bearings on each side of the busbar, and the busbar itself.
 * @param zoneKw IT power of each of `places.halls`, kW, NaN where a meter there says nothing; empty to leave IT whole
 */
export const ribbonsOf = (
  balance: EnergyBalance,
  places: RibbonPlaces,
  zoneKw: readonly number[] = [],
): Ribbon[] => {
  const { bus } = places;
  const supplies = balance.supplies.map(
    ({ id, kw }) => ({ id, kw, subject: places.sources[id], zone: -1, kind: "source" }) as const,
  );
  const uses = usesOf(balance, places, zoneKw).map((end) => ({ ...end, kind: "use" }) as const);
  const { berths, half } = berthsOf([...supplies, ...uses].filter(isSeen), bus);
  return [...berths.map((berth) => ribbonOf(berth, bus)), ...busOf(bus, Math.max(24, half) + 14)];
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
