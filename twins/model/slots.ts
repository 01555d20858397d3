/**
 * What a rack is drawn to hold. No twin lists servers and none is measured: devices of usual sizes are set in until
 * their usual powers reach the rack's rating, so the picture is derived and illustrative (示意), the same every time.
 */

/** Index in this list is the code in pictures. */
export const slotKinds = ["blank", "server", "switch", "powerShelf", "patch"] as const;
export type SlotKind = (typeof slotKinds)[number];

/** A device over whole height units; U 1 is the lowest. */
export interface Slot {
  readonly fromU: number;
  readonly heightU: number;
  readonly kind: SlotKind;
}

export interface RackFill {
  readonly heightU: number;
  readonly ratedKw: number;
  readonly isLiquid: boolean;
  readonly isOccupied: boolean;
  /** Which of the layouts that fit; whole, from 0. */
  readonly variant: number;
}

/** Height of one unit, m (EIA-310). */
export const unitM = 0.04445;

/** Layouts that differ for racks of the same kind. */
export const slotVariants = 8;

/** Layout of the rack in this row of its class: neighbours differ, and each is the same every time. */
export const variantOf = (row: number): number =>
  Math.floor((((row + 0.5) * 0.618_033_988_75) % 1) * slotVariants);

/** Usual power of a server by its height, kW (示意): liquid racks hold accelerators, others general servers. */
const liquidKw: Readonly<Record<number, number>> = { 8: 6.4, 4: 1.5, 2: 0.7, 1: 0.4 };
const airKw: Readonly<Record<number, number>> = { 4: 0.6, 2: 0.42, 1: 0.3 };

/** Heights in the order in which they are set in; each layout begins elsewhere. */
const liquidOrder = [8, 8, 4, 2, 2, 4, 2, 1, 1, 2] as const;
const airOrder = [2, 2, 2, 1, 1, 2, 2, 4, 2, 1, 2, 2, 1, 1, 4, 2] as const;

const server = (fromU: number, heightU: number): Slot => ({ fromU, heightU, kind: "server" });

/** Servers from `first` upwards until the rating or the last free unit is reached, with a blank after every few. */
const serversOf = ({ ratedKw, isLiquid, variant }: RackFill, first: number, last: number): Slot[] => {
  const order = isLiquid ? liquidOrder : airOrder;
  const kw = isLiquid ? liquidKw : airKw;
  const slots: Slot[] = [];
  let leftKw = ratedKw;
  let fromU = first;
  for (let i = 0; i < 40; i++) {
    const heightU = order[(i + (isLiquid ? 0 : variant * 5)) % order.length]!;
    if (fromU + heightU - 1 > last || kw[heightU]! > leftKw) continue;
    slots.push(server(fromU, heightU));
    leftKw -= kw[heightU]!;
    fromU += heightU + ((i + variant) % 5 === 4 ? 1 : 0);
  }
  return slots;
};

/** Ratings are told apart in steps of half a kilowatt, so that a campus needs few layouts. */
export const ratingStep = (ratedKw: number): number => Math.round(ratedKw * 2) / 2;

/** Devices of a rack from the bottom up; units that no device fills are blank and not listed. */
export const slotsOf = (rack: RackFill): readonly Slot[] => {
  const fill = { ...rack, ratedKw: ratingStep(rack.ratedKw) };
  const { heightU, isLiquid, isOccupied, variant } = fill;
  if (!isOccupied || heightU < 12) return [];
  const shelf: Slot[] = isLiquid ? [{ fromU: 1, heightU: 2, kind: "powerShelf" }] : [];
  const top = heightU - (variant % 2);
  return [
    ...shelf,
    ...serversOf(fill, isLiquid ? 4 : 2 + (variant % 3), top - 4),
    { fromU: top - 2, heightU: 1, kind: "switch" },
    { fromU: top - 1, heightU: 1, kind: "switch" },
    { fromU: top, heightU: 1, kind: "patch" },
  ];
};
