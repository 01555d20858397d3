import type { Twin } from "#twins/model/twin.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { unit } from "#twins/physics/noise.ts";
import type { MigrationOrder } from "./migration.ts";
import type { Workload } from "./workload.ts";

/** Jobs that other centres send of their own accord: one in so many hours, and how many hours back they still matter. */
const chancePerHour = 0.12;
const lookBackHours = 36;
const kinds: readonly Workload[] = ["inference", "hpc", "inference", "training"];

const salt = { comes: 901, when: 902, from: 903, to: 904, kind: 905, racks: 906, data: 907, line: 908 };

/** Part of the platform that this needs. */
interface OrderBook {
  readonly twin: Twin;
  readonly seed: number;
  orderedHour: number;
}

const orderOf = ({ twin, seed }: OrderBook, hour: number): MigrationOrder | null => {
  if (unit(seed + salt.comes, hour) >= chancePerHour) return null;
  const draw = (name: keyof typeof salt): number => unit(seed + salt[name], hour);
  const roundTrip = twin.table("centre").attribute("roundTripMs");
  const centres: number[] = [];
  for (let row = 0; row < twin.table("centre").count; row++)
    if ((roundTrip?.[row] ?? 0) > 0) centres.push(row);
  const buildings: number[] = [];
  for (let row = 0; row < twin.table("building").count; row++)
    if (twin.rangeBelow({ className: "building", row }, "row")) buildings.push(row);
  if (centres.length === 0 || buildings.length === 0) return null;
  const dataTb = 2 + 58 * draw("data");
  return {
    fromCentre: twin.table("centre").idOf(centres[Math.floor(draw("from") * centres.length)]!),
    toBuilding: twin.table("building").idOf(buildings[Math.floor(draw("to") * buildings.length)]!),
    kind: kinds[Math.floor(draw("kind") * kinds.length)]!,
    racks: 4 + Math.floor(20 * draw("racks")),
    checkpointTb: 0.1 * dataTb,
    dataTb,
    gbitPerS: [10, 25, 40, 100][Math.floor(4 * draw("line"))]!,
    startMs: (hour + draw("when")) * 3_600_000,
    durationS: 3600 * (4 + 20 * draw("data")),
  };
};

const none: readonly MigrationOrder[] = [];

/**
 * Orders of the hours that have begun since the last step; at the first step also those of the last day and a half.
 * An order is placed at the beginning of its hour, before its own time.
 */
export const backgroundOrders = (book: OrderBook, moment: Moment): readonly MigrationOrder[] => {
  const now = Math.floor(moment.seconds / 3600);
  if (book.orderedHour >= now) return none;
  const orders: MigrationOrder[] = [];
  const from = Number.isNaN(book.orderedHour) ? now - lookBackHours : book.orderedHour + 1;
  for (let hour = from; hour <= now; hour++) {
    const order = orderOf(book, hour);
    if (order) orders.push(order);
  }
  book.orderedHour = now;
  return orders;
};
