import { type BuildingRecord, boxOf, type Layout } from "#renderer/scene/campus/layout.ts";
import { within } from "#renderer/scene/campus/site.ts";
import { enclosedZones } from "#renderer/scene/campus/yard.ts";
import type { ClassName } from "#twins/model/metric.ts";
import { coolingSystems, Stage } from "#twins/model/twin.ts";
import { deckM } from "./cooling.ts";
import type { Member } from "./crowd.ts";
import { Part } from "./partKits.ts";

/** Insulation: supply a little cool, return a little warm, both calm. */
const supply = 0xaab7c2;
const back = 0xbfb3a6;
const steel = 0x757d84;
const plinth = 0x8f9091;

type Spot = readonly [east: number, up: number, south: number];

interface Stand {
  /** East of the building's centre, each. */
  readonly at: readonly number[];
  /** South of it, all of them. */
  readonly south: number;
}

/** Where a building's machines of a class stand, in its own axes, m; null where there are none. */
const spanOf = (layout: Layout, b: BuildingRecord, className: ClassName): Stand | null => {
  const range = layout.twin.rangeBelow({ className: "building", row: b.row }, className);
  if (!range) return null;
  const table = layout.twin.table(className);
  const [c, s] = [Math.cos(b.yaw), Math.sin(b.yaw)];
  const local = Array.from({ length: range[1] - range[0] }, (_, i) => {
    const { x, z } = boxOf(table, range[0] + i);
    return [(x - b.x) * c + (z - b.z) * s, (z - b.z) * c - (x - b.x) * s] as const;
  });
  return { at: local.map(([east]) => east), south: local[0]![1] };
};

/** Draws pipes of one building in its own axes. */
class Run {
  readonly found: Member[] = [];
  readonly #b: BuildingRecord;

  constructor(b: BuildingRecord) {
    this.#b = b;
  }

  #put(at: Spot, size: readonly [number, number, number], rest: Partial<Member>): void {
    this.found.push({ ...within(this.#b, at, size), on: this.#b.row, ...rest });
  }

  along([west, east]: readonly [number, number], [up, south]: readonly [number, number], pipe: Pipe): void {
    this.#put([(west + east) / 2, up, south], [east - west, pipe.bore, pipe.bore], {
      kit: Part.along,
      ...pipe.look,
    });
  }

  across([north, south]: readonly [number, number], [east, up]: readonly [number, number], pipe: Pipe): void {
    this.#put([east, up, (north + south) / 2], [Math.abs(south - north), pipe.bore, pipe.bore], {
      kit: Part.along,
      yaw: this.#b.yaw + Math.PI / 2,
      ...pipe.look,
    });
  }

  upright(
    [low, high]: readonly [number, number],
    [east, south]: readonly [number, number],
    pipe: Pipe,
  ): void {
    this.#put([east, low, south], [pipe.bore, high - low, pipe.bore], { kit: Part.upright, ...pipe.look });
  }

  box(at: Spot, size: readonly [number, number, number], look: Partial<Member>): void {
    this.#put(at, size, { kit: Part.box, ...look });
  }
}

interface Pipe {
  readonly bore: number;
  readonly look: Partial<Member>;
}

const pair = (bore: number, look: Partial<Member> = {}): readonly [Pipe, Pipe] => [
  { bore, look: { tint: supply, ...look } },
  // A seed below zero has it flow the other way.
  { bore, look: { tint: back, seed: -1, ...look } },
];

/**
 * Headers either side of the towers, a branch to each, and the pair that leads to the north wall and down.
 * @returns where the pair comes down, m east
 */
const towerPipes = (run: Run, b: BuildingRecord, towers: readonly number[]): number => {
  const roof = b.height - deckM;
  const [west, east] = [Math.min(...towers) - 3, Math.max(...towers) + 4.4];
  pair(0.55).forEach((pipe, i) => {
    const side = i === 0 ? -1 : 1;
    run.along([west, east], [roof + 0.5, side * 3.8], pipe);
    for (const at of towers)
      run.across(side < 0 ? [-3.8, -2.9] : [2.9, 3.8], [at + 1.8 * side, roof + 0.55], {
        ...pipe,
        bore: 0.34,
      });
    for (let at = west + 1; at < east; at += 7.5)
      run.box([at, roof, side * 3.8], [0.24, 0.5, 0.9], { tint: steel });
    // Over the parapet and down the wall.
    const down = east - 0.6 + i * 1.1;
    if (i === 1) run.along([east, down], [roof + 0.5, 3.8], pipe);
    run.across([-b.depth / 2 - 0.75, i === 0 ? -3.8 : 3.8], [down, roof + 1.35], pipe);
    run.upright([roof + 0.7, roof + 1.7], [down, i === 0 ? -3.8 : 3.8], pipe);
    run.upright([1, roof + 1.75], [down, -b.depth / 2 - 0.75], pipe);
    for (let up = 4; up < roof; up += 4)
      run.box([down, up, -b.depth / 2 - 0.4], [0.9, 0.14, 0.8], { tint: steel });
  });
  return east - 0.6;
};

/** Header pair above the machines in the north yard, a drop to each end of each. */
const chillerPipes = (run: Run, chillers: Stand, down: number): void => {
  const west = Math.min(...chillers.at) - 3;
  const lift = 4.2;
  pair(0.5).forEach((pipe, i) => {
    const south = chillers.south + 0.63;
    const reach = south + 0.35 + i * 0.8;
    const east = down + i * 1.1;
    run.across([reach, chillers.south + 2.75], [east, lift], pipe);
    run.along([west, east], [lift, reach], pipe);
    for (const at of chillers.at) {
      const drop = at + (i === 0 ? -2.15 : 2.15);
      run.upright([2.7, lift + 0.2], [drop, south], { ...pipe, bore: 0.32 });
      run.across([south, reach], [drop, lift + 0.08], { ...pipe, bore: 0.32 });
    }
  });
  for (let at = west + 0.4; at <= down; at += 6) {
    run.box([at, 0, chillers.south + 1.75], [0.22, lift, 0.22], { tint: steel });
    run.box([at, lift - 0.2, chillers.south + 1.3], [0.2, 0.2, 1.9], { tint: steel });
  }
};

const pumpPipes = (run: Run, pumps: Stand): void => {
  const [west, east] = [Math.min(...pumps.at) - 1.5, Math.max(...pumps.at) + 1.5];
  pair(0.45).forEach((pipe, i) => {
    run.along([west, east], [i === 0 ? 0.45 : 1.75, pumps.south + (i === 0 ? -1.5 : 0)], pipe);
    for (const at of pumps.at)
      if (i === 0)
        run.across([pumps.south - 1.5, pumps.south - 0.2], [at + 0.55, 0.55], { ...pipe, bore: 0.24 });
      else run.upright([1.3, 1.9], [at + 0.38, pumps.south], { ...pipe, bore: 0.22 });
  });
};

/** Pipes stand on a rack of their own between the yard's machines and the wall where they come down. */
const yardTanks = (run: Run, b: BuildingRecord, west: number): void => {
  const north = -b.depth / 2 - 5;
  for (let i = 0; i < 2; i++) {
    const east = west - 6.5 - i * 4.4;
    run.upright([0.3, 6.6], [east, north], { bore: 3.2, look: { tint: 0xb9bec2 } });
    run.upright([6.6, 7], [east, north], { bore: 2.2, look: { tint: 0x9aa0a5 } });
    run.box([east, 0, north], [3.8, 0.3, 3.8], { tint: plinth });
    run.along([east, east + 4.4], [0.9 + i * 0.7, north + 1.2], {
      bore: 0.3,
      look: { tint: i ? back : supply },
    });
  }
};

/** Rows [start, end) of the pumps that move what is in each pipe. Row-major, pipes × 2. */
export const pumpsOf = ({ twin }: Layout, members: readonly Member[]): Int32Array =>
  Int32Array.from(
    members.flatMap(({ on }) => twin.rangeBelow({ className: "building", row: on ?? 0 }, "pump") ?? [0, 0]),
  );

/** Pipes of cooling water and chilled water between yard and roof of every building that has towers. */
export const pipes = (layout: Layout): Member[] => {
  const enclosed = enclosedZones(layout.twin);
  const cooling = layout.twin.table("building").attribute("cooling");
  return layout.buildings.flatMap((b): Member[] => {
    // Where somebody lists what there is, pipes nobody listed would pass for plant.
    if (b.stage !== Stage.built || enclosed.has(b.zone)) return [];
    const towers = spanOf(layout, b, "coolingTower");
    if (!towers) return [];
    const run = new Run(b);
    const chillers = spanOf(layout, b, "chiller");
    const pumps = spanOf(layout, b, "pump");
    const down = towerPipes(run, b, towers.at);
    if (chillers) chillerPipes(run, chillers, down);
    if (pumps) pumpPipes(run, pumps);
    yardTanks(run, b, Math.min(...(chillers ?? pumps ?? towers).at));
    if (cooling?.[b.row] === coolingSystems.indexOf("closedTowerLiquid")) liquidRisers(run, b);
    return run.found;
  });
};

/** A liquid-cooled hall shows its loops: pairs of risers along the north wall, joined below the parapet. */
const liquidRisers = (run: Run, b: BuildingRecord): void => {
  const wall = -b.depth / 2 - 0.55;
  const bays = [-3, -2, -1, 0, 1, 2, 3].map((bay) => bay * b.width * 0.11);
  const [first, last] = [bays[0]! - 0.7, bays.at(-1)! + 0.7];
  pair(0.42).forEach((pipe, i) => {
    run.along([first, last], [b.height - 2.6 + i * 0.8, wall - i * 0.1], pipe);
    for (const bay of bays) run.upright([0.4, b.height - 2.3 + i * 0.8], [bay + (i - 0.5) * 0.9, wall], pipe);
  });
  for (const bay of bays) {
    // Each pair stands on a plinth, with a valve box over it, and is held to the wall storey by storey.
    run.box([bay, 0, wall - 0.1], [2, 0.45, 1.1], { tint: plinth });
    run.box([bay, 0.45, wall], [1.7, 0.9, 0.7], { tint: steel });
    for (let up = 3.6; up < b.height - 3.5; up += 3.2)
      run.box([bay, up, wall + 0.16], [1.7, 0.16, 0.75], { tint: steel });
  }
  // Consoles carry the headers between them.
  for (let i = 0; i + 1 < bays.length; i++)
    for (const share of [0.25, 0.5, 0.75])
      run.box([bays[i]! + (bays[i + 1]! - bays[i]!) * share, b.height - 3, wall + 0.12], [0.16, 1.5, 0.9], {
        tint: steel,
      });
};
