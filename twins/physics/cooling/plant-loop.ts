import type { Moment } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Chillers, ChillerTask } from "./chillers.ts";
import type { PlantOrder } from "./drives.ts";
import type { Loops } from "./loops.ts";
import type { Pumps, PumpTask } from "./pumps.ts";
import { stepPumps } from "./pumps.ts";
import { isSettled } from "./room-air.ts";
import type { Towers, TowerTask } from "./towers.ts";
import type { WaterBody } from "./water-body.ts";

/** What both kinds of water loops have: their water, their flow, and what became of their heat. */

/** Kinds of cooling plants of a building. */
export const plantKind = { none: 0, chilled: 1, liquid: 2 } as const;

/** Heat of the last step, kW, and states. Shape of each: buildings. */
export interface LoopState {
  /** Water to the rooms, and of the towers (open ones: their basins), °C. */
  readonly temperature: Float64Array;
  readonly towerTemperature: Float64Array;
  /** Heat capacity of the two, kJ/K. */
  readonly store: Float64Array;
  readonly towerStore: Float64Array;
  /** Without a compressor: through plate exchangers, or straight to closed towers. */
  readonly plate: Float64Array;
  /** Through chillers, and what their condensers give. */
  readonly chilled: Float64Array;
  readonly condensed: Float64Array;
  readonly stored: Float64Array;
  readonly towerStored: Float64Array;
  readonly relieved: Float64Array;
  readonly towerRelieved: Float64Array;
  /** 1 where the rooms wanted more water than came. */
  readonly isStarved: Uint8Array;
  /** 1 while closed towers are sprayed, and while their spray is drained for frost. */
  readonly isWet: Uint8Array;
  readonly drained: Uint8Array;
}

/** A building's cooling plant with all that it consists of. */
export interface WaterParts {
  readonly loops: Loops;
  readonly chillers: Chillers;
  readonly pumps: Pumps;
  readonly towers: Towers;
  readonly state: LoopState;
  /** Heat that the loop is designed for, kW. Shape of each: buildings. */
  readonly designHeat: Float64Array;
  /** Tower make-up, m³/h; power of chillers, towers and pumps, kW. */
  readonly makeUp: Float64Array;
  readonly power: Float64Array;
}

/** One building's step; one object serves all buildings in turn. */
export interface PlantStep {
  readonly order: PlantOrder;
  moment: Moment;
  readonly pumps: PumpTask;
  readonly towers: TowerTask;
  readonly chillers: ChillerTask;
  /** Part of the loop's cross-section that is air, and of the valves to the rooms that is shut. */
  air: number;
  shut: number;
}

export const createPlantStep = (moment: Moment): PlantStep => {
  const order: PlantOrder = { powered: 0.5, stopped: false, locked: false, wear: 1.5 };
  return {
    order,
    moment,
    pumps: { share: 0.5, air: 0.5, order, moment },
    towers: { isClosed: false, order, moment },
    chillers: { demand: 0.5, above: 0.5, flow: 0.5, entering: 0.5, order, moment },
    air: 0.5,
    shut: 0.5,
  };
};

/** A loop through which less than this part of its design flow goes stands still. */
const leastPart = 1e-4;
/** Rise over which a loop's heat is spread at most, K: with hardly any flow it stays in the rooms. */
const mostRise = 25;

/** Flow below which by-pass valves keep pumps and exchangers supplied, part of design. */
const leastFlow = { loop: 0.2, tower: 0.4 };
/** Rooms' valves open as the water comes warmer than wanted: so much more flow per kelvin, at most. */
const openingPerK = 0.25;
const mostOpening = 1.6;

/** With so much of the design flow nobody is short of water. */
const sated = 0.98;

const circulates = (flow: number): number => (flow < leastPart ? 0 : flow);

/** Moves the pumps to the rooms on; writes what rooms may draw; returns the plant's own flow, part of design. */
export const stepLoopFlow = (
  parts: WaterParts,
  building: number,
  { step, group, setPoint }: { readonly step: PlantStep; readonly group: number; readonly setPoint: number },
): number => {
  const { loops, state, pumps, designHeat } = parts;
  const above = step.moment.first ? 0 : state.temperature[building]! - setPoint;
  const opening = clamp(1 + openingPerK * above, 1, mostOpening);
  const drawn = (loops.heat[building]! / designHeat[building]!) * opening;
  // Rooms that got less than they wanted have their valves wide open: pumps run for all there is.
  const isStarved = state.isStarved[building] === 1 && !isSettled(step.moment);
  step.pumps.share = isStarved ? 1 : clamp(drawn, leastFlow.loop, 1);
  step.pumps.air = step.air;
  stepPumps(pumps, group, step.pumps);
  const available = circulates(pumps.available[group]!);
  state.isStarved[building] = available < Math.min(step.pumps.share, sated) ? 1 : 0;
  loops.flow[building] = available * (1 - clamp(step.shut, 0, 1));
  return Math.min(step.pumps.share, available);
};

/** Moves the pumps of the towers' water on; returns their flow, part of design. It follows the rooms' heat. */
export const stepTowerFlow = (
  parts: WaterParts,
  building: number,
  { step, group }: { readonly step: PlantStep; readonly group: number },
): number => {
  step.pumps.share = clamp(parts.loops.heat[building]! / parts.designHeat[building]!, leastFlow.tower, 1);
  step.pumps.air = 0;
  stepPumps(parts.pumps, group, step.pumps);
  return Math.min(step.pumps.share, circulates(parts.pumps.available[group]!));
};

/** Rise of water that takes a heat at a flow, K. */
export const riseOf = (heat: number, rate: number): number =>
  rate > 0 ? Math.min(heat / rate, mostRise) : 0;

/** Steps longer than this are solved for both waters at once, s. */
export const longStepS = 30;
/** What stands for the time in which a first step settles, s. */
const settlingS = 1e8;

/** Sets what a body of water starts a step with. */
export const startBody = (
  body: WaterBody,
  {
    store,
    before,
    designHeat,
  }: { readonly store: number; readonly before: number; readonly designHeat: number },
  moment: Moment,
): void => {
  body.store = store / (moment.first ? settlingS : Math.max(moment.stepSeconds, 1e-3));
  body.before = before;
  body.relief = reliefPart * designHeat;
  body.constant = 0;
};

/** Relief valves, kW/K per kW of design heat. */
const reliefPart = 0.1;

/** Sets the line that holds a set-point of the water that leaves for its heat. */
export const holdSetPoint = (body: WaterBody, rate: number, setPoint: number): void => {
  body.wantedSlope = rate;
  body.wantedAt = rate * (setPoint - riseOf(body.heat, rate));
};
