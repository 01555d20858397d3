import type { Twin } from "#twins/model/twin.ts";
import { powerSystems } from "#twins/model/twin.ts";
import type { Ranges } from "#twins/physics/places.ts";
import {
  ancestorRows,
  attributeOr,
  commissioned,
  commissionedBuildings,
  commissionedRooms,
  powerPairs,
  rangesBelow,
} from "#twins/physics/places.ts";

/** What stands between a transformer and a path of rows. */
export const bankKind = { upsDouble: 0, hvdc: 1, mainsDirect: 2 } as const;

/**
 * Who feeds whom from the stations of the grid down to the rows of racks, as arrays of rows; −1 is nobody.
 * "Station" is a substation, "bank" a row of the class ups whatever its kind, "feed" one path of a row of racks.
 */
export interface Topology {
  readonly buildings: number;
  readonly rooms: Ranges;
  /** Transformers, banks and racks by building or room. */
  readonly transformersOf: Ranges;
  readonly banksOf: Ranges;
  readonly racksOfRoom: Ranges;
  readonly banksOfRoom: Ranges;
  readonly cdusOfRoom: Ranges;
  readonly rowsOf: Ranges;
  readonly buildingOfRoom: Int32Array;
  readonly zoneOfBuilding: Int32Array;
  readonly generatorsOf: readonly Int32Array[];
  /** Transformers of each building that feed no bank: they share its mechanical load. */
  readonly mechanicalOf: readonly Int32Array[];
  readonly rowOfRack: Int32Array;
  readonly buildingOfRow: Int32Array;
  readonly buildingOfTransformer: Int32Array;
  /** Station that feeds a transformer of a building; −1: the grid itself. */
  readonly stationOfTransformer: Int32Array;
  readonly transformerOfBank: Int32Array;
  readonly buildingOfBank: Int32Array;
  readonly roomOfBank: Int32Array;
  readonly kindOfBank: Uint8Array;
  /** Feeds: bank, row of racks and path (0 A, 1 B) of each. */
  readonly bankOfFeed: Int32Array;
  readonly rowOfFeed: Int32Array;
  readonly pathOfFeed: Uint8Array;
  /** Feeds of each row by the twin, live or not. */
  readonly feedsOfRow: Uint8Array;
  /** kW; of places that are commissioned in part, scaled by that part. */
  readonly rated: Readonly<Record<"bank" | "transformer" | "generator", Float32Array>>;
}

const kindsOfBanks = (twin: Twin, banksOfRoom: Ranges): Uint8Array => {
  const kinds = new Uint8Array(twin.table("ups").count);
  const systems = attributeOr(twin, "room", "powerSystem", 0);
  for (const [room, code] of systems.entries())
    for (let bank = banksOfRoom[room * 2]!; bank < banksOfRoom[room * 2 + 1]!; bank++) {
      const system = powerSystems[code];
      const isPathA = (bank - banksOfRoom[room * 2]!) % 2 === 0;
      if (system === "hvdc" || (system === "mainsHvdc" && !isPathA)) kinds[bank] = bankKind.hvdc;
      else if (system === "mainsHvdc") kinds[bank] = bankKind.mainsDirect;
    }
  return kinds;
};

/** First of the ones that feed each of `count` rows, or −1. */
const feederOf = (pairs: Int32Array, count: number): Int32Array => {
  const feeder = new Int32Array(count).fill(-1);
  for (let i = pairs.length - 2; i >= 0; i -= 2) feeder[pairs[i + 1]!] = pairs[i]!;
  return feeder;
};

const everySecond = (pairs: Int32Array, offset: 0 | 1): Int32Array =>
  Int32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[i * 2 + offset]!);

const feedsOf = (twin: Twin): Pick<Topology, "bankOfFeed" | "rowOfFeed" | "pathOfFeed" | "feedsOfRow"> => {
  const pairs = powerPairs(twin.links, "ups", "row");
  const feedsOfRow = new Uint8Array(twin.table("row").count);
  const rowOfFeed = everySecond(pairs, 1);
  // The first feed of a row is its path A.
  const pathOfFeed = Uint8Array.from(rowOfFeed, (row) => {
    const path = feedsOfRow[row]!;
    feedsOfRow[row] = path + 1;
    return Math.min(path, 1);
  });
  return { bankOfFeed: everySecond(pairs, 0), rowOfFeed, pathOfFeed, feedsOfRow };
};

const ratedOf = (twin: Twin, banksOfRoom: Ranges, transformersOf: Ranges): Topology["rated"] => {
  const parts = commissionedBuildings(twin);
  return {
    bank: commissioned(attributeOr(twin, "ups", "ratedKw", 500), banksOfRoom, commissionedRooms(twin)),
    transformer: commissioned(attributeOr(twin, "transformer", "ratedKw", 2500), transformersOf, parts),
    generator: commissioned(
      attributeOr(twin, "generator", "ratedKw", 2400),
      rangesBelow(twin, "building", "generator"),
      parts,
    ),
  };
};

export const createTopology = (twin: Twin): Topology => {
  const { count: buildings } = twin.table("building");
  const transformers = twin.table("transformer").count;
  const banks = twin.table("ups").count;
  const banksOfRoom = rangesBelow(twin, "room", "ups");
  const transformersOf = rangesBelow(twin, "building", "transformer");
  const transformerOfBank = feederOf(powerPairs(twin.links, "transformer", "ups"), banks);
  const feedsBanks = new Set(transformerOfBank);
  const standby = powerPairs(twin.links, "generator", "building");
  return {
    buildings,
    rooms: rangesBelow(twin, "building", "room"),
    transformersOf,
    banksOf: rangesBelow(twin, "building", "ups"),
    racksOfRoom: rangesBelow(twin, "room", "rack"),
    banksOfRoom,
    cdusOfRoom: rangesBelow(twin, "room", "cdu"),
    rowsOf: rangesBelow(twin, "building", "row"),
    buildingOfRoom: ancestorRows(twin, "room", "building"),
    zoneOfBuilding: ancestorRows(twin, "building", "zone"),
    generatorsOf: Array.from({ length: buildings }, (_, building) =>
      everySecond(standby, 0).filter((_generator, i) => standby[i * 2 + 1] === building),
    ),
    mechanicalOf: Array.from({ length: buildings }, (_, building) => {
      const own: number[] = [];
      for (let t = transformersOf[building * 2]!; t < transformersOf[building * 2 + 1]!; t++)
        if (!feedsBanks.has(t)) own.push(t);
      return Int32Array.from(own);
    }),
    rowOfRack: ancestorRows(twin, "rack", "row"),
    buildingOfRow: ancestorRows(twin, "row", "building"),
    buildingOfTransformer: ancestorRows(twin, "transformer", "building"),
    stationOfTransformer: feederOf(powerPairs(twin.links, "substation", "transformer"), transformers),
    transformerOfBank,
    buildingOfBank: ancestorRows(twin, "ups", "building"),
    roomOfBank: ancestorRows(twin, "ups", "room"),
    kindOfBank: kindsOfBanks(twin, banksOfRoom),
    ...feedsOf(twin),
    rated: ratedOf(twin, banksOfRoom, transformersOf),
  };
};
