import { Assets, siteId } from "./assets.ts";
import { expandBuilding } from "./building.ts";
import type { Ground } from "./ground.ts";
import type { Campus } from "./links.ts";
import { LinkList } from "./links.ts";
import { AssetList } from "./listed.ts";
import { meterKit, waterKit } from "./meters.ts";
import type { Plot } from "./plan.ts";
import { beyondReach, blockSegment, gridCells, isBeyondReach, reporterAt } from "./plan.ts";
import type { Problem } from "./result.ts";
import type { FieldBlock, ListedAsset, TwinDocument, ZoneDocument } from "./schema.ts";
import { placed, segmentText } from "./table.ts";
import type { AssetRef } from "./twin.ts";

interface CampusParts {
  readonly zones: readonly ZoneDocument[];
  readonly plots: readonly Plot[];
  readonly listed: readonly ListedAsset[];
  readonly problems: Problem[];
  readonly ground: Ground;
}

/** Expands the laid-out campus, depth-first, into class tables and links. */
export const expandCampus = (
  twin: TwinDocument,
  { zones, plots, listed, problems, ground }: CampusParts,
): Campus => {
  const campus: Campus = { assets: new Assets(), links: new LinkList() };
  const { assets } = campus;
  const list = new AssetList(listed, zones, { problems, ground });
  assets.table("rack").reserve(plots.reduce((sum, plot) => sum + plot.telemetered, list.racks));
  const site = assets.add("site", {
    parent: undefined,
    segment: { prefix: siteId, width: 0, name: twin.name },
    ordinal: 0,
    pose: [0, 0, 0, 0],
    size: siteSize([...zones.filter((zone) => !zone.notToScale), ...list.zones]),
  });
  if (twin.metered) {
    meterKit(assets, site, ["grid", "pv", "wind", "storage", "generator"], 600_000);
    waterKit(assets, site);
  }
  assets.add("system", {
    parent: site,
    segment: { prefix: "sys", width: 0, name: { zh: "动环系统", en: "Facility monitoring" } },
    ordinal: 0,
    pose: [0, 0, 0, 0],
    size: [1, 1, 1],
  });
  const placedZones = zones.map((zone) =>
    expandZone(campus, { site, zone, problems, plots: plots.filter((plot) => plot.zone === zone) }),
  );
  list.expand(assets, site);
  assets.close(site);
  assets.finish();
  list.link(campus);
  for (const { fields, buildings } of placedZones) {
    for (const field of fields) linkField(campus, field, problems);
    linkFeeders(campus, buildings, problems);
  }
  return campus;
};

/** Smallest extent around the origin that holds every zone drawn to scale. */
const siteSize = (
  zones: readonly { readonly at: readonly number[]; readonly size: readonly number[] }[],
): readonly [number, number, number] => {
  const reach = (axis: 0 | 1): number =>
    2 * zones.reduce((most, zone) => Math.max(most, Math.abs(zone.at[axis]!) + zone.size[axis]! / 2), 1);
  return [reach(0), reach(1), 60];
};

interface PlacedField {
  readonly zone: ZoneDocument;
  readonly block: FieldBlock;
  readonly assets: readonly AssetRef[];
}

interface PlacedBuilding {
  readonly plot: Plot;
  readonly building: AssetRef;
}

const expandZone = (
  campus: Campus,
  {
    site,
    zone,
    plots,
    problems,
  }: { site: AssetRef; zone: ZoneDocument; plots: readonly Plot[]; problems: Problem[] },
): { readonly fields: readonly PlacedField[]; readonly buildings: readonly PlacedBuilding[] } => {
  const { assets } = campus;
  const ref = assets.add("zone", {
    parent: site,
    segment: { prefix: zone.id, width: 0, name: zone.name },
    ordinal: 0,
    pose: [zone.at[0], zone.at[1], 0, 0],
    size: [zone.size[0], zone.size[1], 40],
  });
  assets.table("zone").set(ref.row, "notToScale", zone.notToScale ? 1 : 0);
  const ratedKw = plots.reduce((sum, plot) => sum + plot.telemetered * (plot.template?.rackKw ?? 0), 0);
  if (ratedKw > 0 && zone.metered) meterKit(assets, ref, ["main"], ratedKw * 1.5);
  const taken = new Set(plots.map((plot) => segmentText(plot.segment, plot.ordinal)));
  const fields = zone.fields.map((block) => ({
    zone,
    block,
    assets: expandField(assets, ref, { block, taken, problems, zone }),
  }));
  const buildings = plots.map((plot) => ({
    plot,
    building: expandBuilding(campus, { plot, zone: ref }),
  }));
  assets.close(ref);
  return { fields, buildings };
};

const expandField = (
  assets: Assets,
  zone: AssetRef,
  place: { block: FieldBlock; taken: Set<string>; problems: Problem[]; zone: ZoneDocument },
): readonly AssetRef[] => {
  const { block, taken } = place;
  const segment = blockSegment(block.id, block.count, block.name);
  const table = assets.table(block.className);
  const made: AssetRef[] = [];
  const zonePose = [...place.zone.at, 0, 0] as const;
  for (const [index, [east, north]] of gridCells(block.grid, block.count ?? 1).entries()) {
    const text = segmentText(segment, index + 1);
    if (taken.has(text)) {
      const id = `${place.zone.id}/${text}`;
      reporterAt(place.problems, id, block.origin)("twin-duplicate-id", `${id} is already taken`);
      continue;
    }
    const pose = placed(zonePose, [east, north], block.yawDeg);
    if (isBeyondReach(pose)) {
      // The grid goes on from here into nowhere: said once, not a million times.
      const id = `${place.zone.id}/${text}`;
      const report = reporterAt(place.problems, id, block.origin);
      report("twin-field-range", `${beyondReach(id, pose)}; it and the rest of its block are left out`);
      break;
    }
    taken.add(text);
    const asset = assets.add(block.className, {
      parent: zone,
      segment,
      ordinal: index + 1,
      pose,
      size: block.size,
    });
    table.set(asset.row, "stage", block.stage);
    for (const [name, value] of block.attributes) table.set(asset.row, name, value);
    made.push(asset);
  }
  return made;
};

const linkField = (
  { assets, links }: Campus,
  { zone, block, assets: made }: PlacedField,
  problems: Problem[],
): void => {
  for (const id of block.serves) {
    const target = assets.find(id);
    if (target) for (const asset of made) links.add(block.servesKind, asset, target);
    else
      reporterAt(
        problems,
        `${zone.id}/${block.id}`,
        block.origin,
      )("twin-link-unknown", `serves: no asset ${id}`);
  }
};

/** The substation that a block names feeds every transformer of its buildings. */
const linkFeeders = (
  { assets, links }: Campus,
  buildings: readonly PlacedBuilding[],
  problems: Problem[],
): void => {
  const missing = new Set<string>();
  for (const { plot, building } of buildings) {
    const { fedBy, id, origin } = plot.block;
    if (fedBy === undefined) continue;
    const substation = assets.find(fedBy);
    const [start, end] = assets.rangeBelow(building, "transformer") ?? [0, 0];
    if (substation)
      for (let row = start; row < end; row++)
        links.add("power", substation, { className: "transformer", row });
    else if (!missing.has(id)) {
      missing.add(id);
      reporterAt(problems, `${plot.zone.id}/${id}`, origin)("twin-link-unknown", `fedBy: no asset ${fedBy}`);
    }
  }
};
