import { reach } from "./documents.ts";
import type { Ground } from "./ground.ts";
import { neededSize, positionsPerBuilding } from "./hall.ts";
import type { Problem } from "./result.ts";
import type {
  BuildingBlock,
  Grid,
  HallTemplate,
  Origin,
  TwinDocument,
  TwinProblemCode,
  ZoneDocument,
} from "./schema.ts";
import type { Pose, Segment } from "./table.ts";
import { segmentText } from "./table.ts";
import { Stage } from "./twin.ts";

/** One building on its plot, before anybody looks inside. */
export interface Plot {
  readonly zone: ZoneDocument;
  readonly block: BuildingBlock;
  readonly template: HallTemplate | undefined;
  readonly segment: Segment;
  readonly ordinal: number;
  readonly pose: Pose;
  /** Build stage of the published plan. */
  readonly stage: Stage;
  /** Racks it holds when complete. */
  readonly racks: number;
  /** Racks to expand. */
  telemetered: number;
}

/** Centre of cell `index` of a grid (empty cells counted), local to the grid's parent. */
const cellAt = (grid: Grid, index: number): readonly [number, number] => [
  grid.at[0] + (index % grid.columns) * grid.pitch[0],
  grid.at[1] - Math.floor(index / grid.columns) * grid.pitch[1],
];

/** Centres of the first `count` used cells. */
export const gridCells = (grid: Grid, count: number): readonly (readonly [number, number])[] => {
  const skipped = new Set(grid.skip);
  const cells: (readonly [number, number])[] = [];
  for (let index = 0; cells.length < count; index++) if (!skipped.has(index)) cells.push(cellAt(grid, index));
  return cells;
};

/** Segment of a block's ids: its id alone, or followed by a number wide enough for all. */
export const blockSegment = (id: string, count: number | undefined, name?: Segment["name"]): Segment => ({
  prefix: id,
  width: count === undefined ? 0 : Math.max(2, String(count).length),
  name,
});

const stageOf = (block: BuildingBlock, index: number): Stage =>
  index < block.built
    ? Stage.built
    : index < block.built + block.construction
      ? Stage.construction
      : Stage.planned;

const templateOf = (
  block: BuildingBlock,
  twin: TwinDocument,
  report: Reporter,
): HallTemplate | undefined | null => {
  if (block.template === undefined) return undefined;
  const template = twin.templates.get(block.template);
  if (template === undefined) {
    report("twin-template-unknown", `template ${block.template} is not in twin.json`);
    return null;
  }
  const needed = neededSize(template);
  if (needed.some((length, axis) => length > block.size[axis]! + 1e-9)) {
    report(
      "twin-template-too-large",
      `template ${template.id} needs ${needed.map((m) => m.toFixed(1)).join(" × ")} m, the building has ${block.size.join(" × ")} m`,
    );
    return null;
  }
  return template;
};

type Reporter = (code: TwinProblemCode, message: string) => void;

export const reporterAt =
  (problems: Problem[], asset: string, origin: Origin): Reporter =>
  (code, message) => {
    problems.push({ code, message, tip: "Correct this entry; it is left out until then.", asset, ...origin });
  };

/** Buildings of a block on their plots. A block with a bad template stands as a problem and nothing else. */
const plotsOf = (
  zone: ZoneDocument,
  block: BuildingBlock,
  twin: TwinDocument,
  problems: Problem[],
): Plot[] => {
  const report = reporterAt(problems, `${zone.id}/${block.id}`, block.origin);
  const template = templateOf(block, twin, report);
  if (template === null) return [];
  const positions = template ? positionsPerBuilding(template) : 0;
  const segment = blockSegment(block.id, block.count, block.name);
  return gridCells(block.grid, block.count ?? 1).map(([east, north], index) => ({
    zone,
    block,
    template,
    segment,
    ordinal: index + 1,
    pose: [zone.at[0] + east, zone.at[1] + north, 0, block.yawDeg] as const,
    stage: stageOf(block, index),
    racks: Math.min(positions, block.physicalRacks ?? positions),
    telemetered: 0,
  }));
};

const plotId = (plot: Plot): string => `${plot.zone.id}/${segmentText(plot.segment, plot.ordinal)}`;

const farthest = (pose: readonly number[]): number =>
  Math.max(...pose.slice(0, 3).map((metres) => Math.abs(metres)));

/** True for a place that nothing of a campus lies at: a grid with a wild pitch leads there. Pose: metres, then yaw. */
export const isBeyondReach = (pose: readonly number[]): boolean => !(farthest(pose) <= reach.max);

/** Words for an asset that would stand where nothing does. */
export const beyondReach = (id: string, pose: readonly number[]): string =>
  `${id} would stand ${Math.round(farthest(pose))} m from the origin, farther than ${reach.max} m`;

/**
 * Puts every block of the zones on its plots. A building on another one's ground, with its id, or out of reach is
 * left out.
 */
export const layOut = (
  zones: readonly ZoneDocument[],
  twin: TwinDocument,
  { problems, ground }: { readonly problems: Problem[]; readonly ground: Ground },
): readonly Plot[] => {
  const plots: Plot[] = [];
  const ids = new Set<string>();
  for (const zone of zones)
    for (const block of zone.buildings)
      for (const plot of plotsOf(zone, block, twin, problems)) {
        const id = plotId(plot);
        const report = reporterAt(problems, id, block.origin);
        if (isBeyondReach(plot.pose)) {
          report("twin-field-range", beyondReach(id, plot.pose));
          continue;
        }
        if (ids.has(id)) {
          report("twin-duplicate-id", `${id} is already a building`);
          continue;
        }
        const other = ground.claim(id, plot.pose, block.size);
        if (other !== undefined) report("twin-overlap", `${id} stands on the ground of ${other}`);
        else {
          ids.add(id);
          plots.push(plot);
        }
      }
  return plots;
};

/**
 * Chooses which buildings carry telemetry until `racks` racks are reached: built before under construction before
 * planned, and within a stage in proportion to each block's `share`. The last building may be filled in part.
 * @returns racks that found no place.
 */
export const allotRacks = (plots: readonly Plot[], racks: number): number => {
  const turn = (plot: Plot): number => (plot.ordinal - 1) / plot.block.share;
  const queue = plots
    .filter((plot) => plot.racks > 0)
    .map((plot, index) => ({ plot, index }))
    .sort((a, b) => b.plot.stage - a.plot.stage || turn(a.plot) - turn(b.plot) || a.index - b.index);
  let left = racks;
  for (const { plot } of queue) {
    plot.telemetered = Math.min(left, plot.racks);
    left -= plot.telemetered;
  }
  return left;
};
