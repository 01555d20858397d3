import type { Assets } from "./assets.ts";
import { rackSize, racksPerRoom, rackUnits, roomSize, rowPitchM, standardRackKw, stripM } from "./hall.ts";
import type { LinkList } from "./links.ts";
import { meterKit } from "./meters.ts";
import type { HallTemplate } from "./schema.ts";
import type { Pose, Segment } from "./table.ts";
import type { AssetRef } from "./twin.ts";
import { coolingSystems } from "./twin.ts";

/** Capacity and rating of the machines in and beside a room, kW (示意). */
const crahKw = { capacity: 160, rated: 12 };
const evaporativeKw = { capacity: 240, rated: 22 };
const cduKw = { capacity: 600, rated: 12 };
/** Cold plates take about 75 % of the heat; the rest needs air. */
export const airShare = (template: HallTemplate): number => (template.liquid ? 0.25 : 1);
/** Largest UPS bank, kW. */
const upsLimitKw = 2_000;

const segments = {
  row: { prefix: "row", width: 2 },
  rack: { prefix: "k", width: 2 },
  crah: { prefix: "crah", width: 2 },
  cdu: { prefix: "cdu", width: 2 },
  transformer: { prefix: "tx", width: 1 },
  ups: { prefix: "ups", width: 1 },
} satisfies Record<string, Segment>;

/** Pose at an offset from another pose, in that pose's own axes. */
export const placed = (from: Pose, east: number, north: number, up = 0, turn = 0): Pose => {
  const yaw = (from[3] * Math.PI) / 180;
  return [
    from[0] + east * Math.cos(yaw) + north * Math.sin(yaw),
    from[1] - east * Math.sin(yaw) + north * Math.cos(yaw),
    from[2] + up,
    (from[3] + turn + 360) % 360,
  ];
};

/** Spreads `share` of all indices evenly but not in stripes (golden-ratio sequence). */
const isAmong = (index: number, share: number): boolean => ((index + 0.5) * 0.618_033_988_75) % 1 < share;

export interface RoomPlan {
  readonly floor: AssetRef;
  readonly ordinal: number;
  readonly pose: Pose;
  readonly template: HallTemplate;
  /** Centre of the building's south face below the room, for units on the façade. */
  readonly facadeNorth: number;
  /** Positions that hold a rack, of the positions of the room. */
  readonly isFilled: (position: number) => boolean;
  /** Racks to expand at most. */
  readonly limit: number;
  /** Transformers that carry the mechanical load. */
  readonly mechanical: readonly AssetRef[];
}

const roomSegment: Segment = { prefix: "r", width: 1 };

/** Expands one room with its power, air and liquid. Returns the number of racks. */
export const expandRoom = (assets: Assets, links: LinkList, plan: RoomPlan): number => {
  const { template, pose } = plan;
  const [width, depth] = roomSize(template);
  const ratedKw = racksPerRoom(template) * template.rackKw;
  const room = assets.add("room", {
    parent: plan.floor,
    segment: roomSegment,
    ordinal: plan.ordinal,
    pose,
    size: [width, depth, template.floorHeightM - 0.6],
  });
  const rooms = assets.table("room");
  rooms.set(room.row, "ratedKw", ratedKw);
  rooms.set(room.row, "cooling", coolingSystems.indexOf(template.cooling));
  rooms.set(room.row, "level", assets.table("floor").ordinal[plan.floor.row]!);
  meterKit(assets, room, ["it", "cooling"], ratedKw);
  const ups = addPower(assets, links, room, plan);
  addAir(assets, links, room, plan);
  const racks = addRows(assets, links, { room, ups, plan });
  assets.close(room);
  return racks;
};

/** Two paths of transformer and UPS (2N), each able to carry the room, in the strip north of it. */
const addPower = (assets: Assets, links: LinkList, room: AssetRef, plan: RoomPlan): readonly AssetRef[] => {
  const ratedKw = racksPerRoom(plan.template) * plan.template.rackKw;
  const banks = 2 * Math.ceil(ratedKw / upsLimitKw);
  const [, depth] = roomSize(plan.template);
  const stripNorth = depth / 2 + stripM / 2;
  const transformers = [1, 2].map((ordinal) => {
    const transformer = assets.add("transformer", {
      parent: room,
      segment: segments.transformer,
      ordinal,
      pose: placed(plan.pose, ordinal === 1 ? -3 : 3, stripNorth + 3),
      size: [3, 2, 2.4],
    });
    assets.table("transformer").set(transformer.row, "ratedKw", Math.ceil((ratedKw * 1.3) / 100) * 100);
    return transformer;
  });
  return Array.from({ length: banks }, (_, index) => {
    const bank = assets.add("ups", {
      parent: room,
      segment: segments.ups,
      ordinal: index + 1,
      pose: placed(plan.pose, (index - (banks - 1) / 2) * 4.4, stripNorth - 2),
      size: [4, 1.2, 2.2],
    });
    assets.table("ups").set(bank.row, "ratedKw", Math.ceil((ratedKw * 2) / banks / 50) * 50);
    links.add("power", transformers[index % 2]!, bank);
    return bank;
  });
};

/** Air handlers along both side walls, or evaporative units on the south façade. */
const addAir = (assets: Assets, links: LinkList, room: AssetRef, plan: RoomPlan): void => {
  const { template } = plan;
  const outside = template.cooling === "evaporative";
  const unit = outside ? evaporativeKw : crahKw;
  const heatKw = racksPerRoom(template) * template.rackKw * airShare(template);
  const half = Math.ceil((Math.ceil(heatKw / unit.capacity) + 1) / 2);
  const [width, depth] = roomSize(template);
  const table = assets.table("crah");
  for (let index = 0; index < half * 2; index++) {
    const pose = outside
      ? placed(
          plan.pose,
          (index - half + 0.5) * Math.min(3, width / (half * 2)),
          plan.facadeNorth - 1.1,
          0,
          180,
        )
      : placed(
          plan.pose,
          (index < half ? -1 : 1) * (width / 2 - 0.6),
          ((index % half) - (half - 1) / 2) * (depth / half),
          0,
          index < half ? 90 : 270,
        );
    const crah = assets.add("crah", {
      parent: room,
      segment: segments.crah,
      ordinal: index + 1,
      pose,
      size: outside ? [2.4, 2, 3.2] : [2.2, 1, 2.4],
    });
    table.set(crah.row, "ratedKw", unit.rated);
    table.set(crah.row, "capacityKw", unit.capacity);
    links.add("air", crah, room);
    const feeder = plan.mechanical[index % 2];
    if (feeder) links.add("power", feeder, crah);
  }
};

interface RowsPlan {
  readonly room: AssetRef;
  readonly ups: readonly AssetRef[];
  readonly plan: RoomPlan;
}

/** Rows of racks whose fronts face one another in pairs across the cold aisle. */
const addRows = (assets: Assets, links: LinkList, { room, ups, plan }: RowsPlan): number => {
  const { template } = plan;
  const length = template.racksPerRow * rackSize[0];
  let racks = 0;
  for (let index = 0; index < template.rowsPerRoom && racks < plan.limit; index++) {
    const north = (index - (template.rowsPerRoom - 1) / 2) * rowPitchM;
    const pose = placed(plan.pose, 0, north, 0, index % 2 === 0 ? 0 : 180);
    const row = assets.add("row", {
      parent: room,
      segment: segments.row,
      ordinal: index + 1,
      pose,
      size: [length, rackSize[1], rackSize[2]],
    });
    racks += addRacks(assets, row, {
      plan,
      pose,
      first: index * template.racksPerRow,
      limit: plan.limit - racks,
    });
    assets.close(row);
    const banks = ups.length / 2;
    links.add("power", ups[(index % banks) * 2]!, row);
    links.add("power", ups[(index % banks) * 2 + 1]!, row);
    if (template.liquid) {
      const cdu = addCdu(assets, room, placed(plan.pose, length / 2 + 0.7, north), index + 1);
      links.add("liquid", cdu, row);
      const feeder = plan.mechanical[index % 2];
      if (feeder) links.add("power", feeder, cdu);
    }
  }
  return racks;
};

const addCdu = (assets: Assets, room: AssetRef, pose: Pose, ordinal: number): AssetRef => {
  const cdu = assets.add("cdu", {
    parent: room,
    segment: segments.cdu,
    ordinal,
    pose,
    size: [0.9, 1.2, 2.2],
  });
  assets.table("cdu").set(cdu.row, "ratedKw", cduKw.rated);
  assets.table("cdu").set(cdu.row, "capacityKw", cduKw.capacity);
  return cdu;
};

interface RacksPlan {
  readonly plan: RoomPlan;
  readonly pose: Pose;
  /** Position in the room of the row's first rack. */
  readonly first: number;
  readonly limit: number;
}

const addRacks = (assets: Assets, row: AssetRef, { plan, pose, first, limit }: RacksPlan): number => {
  const { racksPerRow, rackKw, liquid, occupancy } = plan.template;
  const table = assets.table("rack");
  let racks = 0;
  for (let index = 0; index < racksPerRow && racks < limit; index++) {
    if (!plan.isFilled(first + index)) continue;
    const rack = assets.add("rack", {
      parent: row,
      segment: segments.rack,
      ordinal: index + 1,
      pose: placed(pose, (index + 0.5 - racksPerRow / 2) * rackSize[0], 0),
      size: rackSize,
    });
    table.set(rack.row, "ratedKw", rackKw);
    table.set(rack.row, "occupied", isAmong(first + index + plan.ordinal * 131, occupancy) ? 1 : 0);
    table.set(rack.row, "liquid", liquid ? 1 : 0);
    table.set(rack.row, "heightU", rackUnits);
    table.set(rack.row, "standardRackEq", rackKw / standardRackKw);
    racks++;
  }
  return racks;
};
