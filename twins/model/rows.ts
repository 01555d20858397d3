import type { Assets } from "./assets.ts";
import { rackSize, rackUnits, rowPitchM, standardRackKw } from "./hall.ts";
import type { Campus } from "./links.ts";
import type { HallTemplate } from "./schema.ts";
import type { Pose, Segment } from "./table.ts";
import { placed } from "./table.ts";
import type { AssetRef } from "./twin.ts";

/** A CDU's heat capacity and its pumps, kW (示意). */
const cduKw = { capacity: 600, rated: 12 };

const segments = {
  row: { prefix: "row", width: 2 },
  rack: { prefix: "k", width: 2 },
  cdu: { prefix: "cdu", width: 2 },
} satisfies Record<string, Segment>;

/** Spreads `share` of all indices evenly but not in stripes (golden-ratio sequence). */
const isAmong = (index: number, share: number): boolean => ((index + 0.5) * 0.618_033_988_75) % 1 < share;

/** What the rows of one room need to know of it. */
interface RowsPlan {
  readonly room: AssetRef;
  readonly ordinal: number;
  readonly pose: Pose;
  readonly template: HallTemplate;
  /** UPS banks of the room, paths A and B in turn. */
  readonly ups: readonly AssetRef[];
  /** Transformers that carry the mechanical load. */
  readonly mechanical: readonly AssetRef[];
  /** Whether a position of the room holds a rack. */
  readonly isFilled: (position: number) => boolean;
  /** Racks to expand at most. */
  readonly limit: number;
}

/** Rows of racks whose fronts face one another in pairs across the cold aisle. Returns the number of racks. */
export const addRows = ({ assets, links }: Campus, plan: RowsPlan): number => {
  const { template, room, ups } = plan;
  const length = template.racksPerRow * rackSize[0];
  let racks = 0;
  for (let index = 0; index < template.rowsPerRoom && racks < plan.limit; index++) {
    const north = (index - (template.rowsPerRoom - 1) / 2) * rowPitchM;
    const pose = placed(plan.pose, [0, north], index % 2 === 0 ? 0 : 180);
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
      const cdu = addCdu(assets, {
        room,
        ordinal: index + 1,
        pose: placed(plan.pose, [length / 2 + 0.7, north]),
      });
      links.add("liquid", cdu, row);
      const feeder = plan.mechanical[index % 2];
      if (feeder) links.add("power", feeder, cdu);
    }
  }
  return racks;
};

const addCdu = (
  assets: Assets,
  { room, ordinal, pose }: { room: AssetRef; ordinal: number; pose: Pose },
): AssetRef => {
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
  readonly plan: RowsPlan;
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
      pose: placed(pose, [(index + 0.5 - racksPerRow / 2) * rackSize[0], 0]),
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
