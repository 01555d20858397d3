import { airShare, racksPerRoom, roomSize, stripM } from "./hall.ts";
import type { Campus } from "./links.ts";
import { meterKit } from "./meters.ts";
import { addRows } from "./rows.ts";
import type { HallTemplate } from "./schema.ts";
import type { Pose, Segment } from "./table.ts";
import { placed } from "./table.ts";
import type { AssetRef } from "./twin.ts";
import { coolingSystems, powerSystems } from "./twin.ts";

/** Capacity and rating of the machines in and beside a room, kW (示意). */
const crahKw = { capacity: 160, rated: 12 };
const evaporativeKw = { capacity: 240, rated: 22 };
/** Largest UPS bank, kW. */
const upsLimitKw = 2_000;

const segments = {
  room: { prefix: "r", width: 1 },
  crah: { prefix: "crah", width: 2 },
  transformer: { prefix: "tx", width: 1 },
  ups: { prefix: "ups", width: 1 },
} satisfies Record<string, Segment>;

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

/** Expands one room with its power, air and liquid. Returns the number of racks. */
export const expandRoom = (campus: Campus, plan: RoomPlan): number => {
  const { assets } = campus;
  const { template, pose } = plan;
  const [width, depth] = roomSize(template);
  const ratedKw = racksPerRoom(template) * template.rackKw;
  const room = assets.add("room", {
    parent: plan.floor,
    segment: segments.room,
    ordinal: plan.ordinal,
    pose,
    size: [width, depth, template.floorHeightM - 0.6],
  });
  const rooms = assets.table("room");
  rooms.set(room.row, "ratedKw", ratedKw);
  rooms.set(room.row, "cooling", coolingSystems.indexOf(template.cooling));
  rooms.set(room.row, "powerSystem", powerSystems.indexOf(template.power));
  rooms.set(room.row, "level", assets.table("floor").ordinal[plan.floor.row]!);
  meterKit(assets, room, ["it", "cooling"], ratedKw);
  const ups = addPower(campus, room, plan);
  addAir(campus, room, plan);
  const racks = addRows(campus, { ...plan, room, ups });
  assets.close(room);
  return racks;
};

/** Two paths of transformer and UPS (2N), each able to carry the room, in the strip north of it. */
const addPower = ({ assets, links }: Campus, room: AssetRef, plan: RoomPlan): readonly AssetRef[] => {
  const ratedKw = racksPerRoom(plan.template) * plan.template.rackKw;
  const banks = 2 * Math.ceil(ratedKw / upsLimitKw);
  const [, depth] = roomSize(plan.template);
  const stripNorth = depth / 2 + stripM / 2;
  const transformers = [1, 2].map((ordinal) => {
    const transformer = assets.add("transformer", {
      parent: room,
      segment: segments.transformer,
      ordinal,
      pose: placed(plan.pose, [ordinal === 1 ? -3 : 3, stripNorth + 3]),
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
      pose: placed(plan.pose, [(index - (banks - 1) / 2) * 4.4, stripNorth - 2]),
      size: [4, 1.2, 2.2],
    });
    assets.table("ups").set(bank.row, "ratedKw", Math.ceil((ratedKw * 2) / banks / 50) * 50);
    links.add("power", transformers[index % 2]!, bank);
    return bank;
  });
};

/** Air handlers along both side walls, or evaporative units on the south façade. */
const addAir = ({ assets, links }: Campus, room: AssetRef, plan: RoomPlan): void => {
  const { template } = plan;
  const outside = template.cooling === "evaporative";
  const unit = outside ? evaporativeKw : crahKw;
  const heatKw = racksPerRoom(template) * template.rackKw * airShare(template);
  const half = Math.ceil((Math.ceil(heatKw / unit.capacity) + 1) / 2);
  const [width, depth] = roomSize(template);
  const table = assets.table("crah");
  for (let index = 0; index < half * 2; index++) {
    const side = index < half ? -1 : 1;
    const pose = outside
      ? placed(
          plan.pose,
          [(index - half + 0.5) * Math.min(3, width / (half * 2)), plan.facadeNorth - 1.1],
          180,
        )
      : placed(
          plan.pose,
          [side * (width / 2 - 0.6), ((index % half) - (half - 1) / 2) * (depth / half)],
          -90 * side,
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
