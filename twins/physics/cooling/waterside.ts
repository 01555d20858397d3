import type { Twin } from "#twins/model/twin.ts";
import type { VisitBalance } from "#twins/physics/balance.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { coldPlateShare } from "#twins/physics/compute/racks.ts";
import type { ClassConditions, Conditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createMoment } from "#twins/physics/moment.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import { attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import type { Supply } from "#twins/physics/supply.ts";
import type { BuildingModes } from "./building-mode.ts";
import { createBuildingModes, showBuildingMode } from "./building-mode.ts";
import { stepChilledPlant } from "./chilled-plant.ts";
import { createChillers } from "./chillers.ts";
import { chilledWater, liquidLoop } from "./curves.ts";
import type { Span } from "./drives.ts";
import { stepLiquidPlant } from "./liquid-plant.ts";
import type { Loops } from "./loops.ts";
import type { LoopState, PlantStep, WaterParts } from "./plant-loop.ts";
import { createPlantStep, plantKind } from "./plant-loop.ts";
import { createPumps, pumpGroup } from "./pumps.ts";
import { createTowers } from "./towers.ts";
import { dropOutVoltage } from "./units.ts";

/**
 * The cooling plants of buildings: water to the rooms, pumps, plate exchangers, chillers, towers. Evaporative buildings
 * have none: their units reject heat themselves.
 */
export interface Waterside extends WaterParts {
  readonly count: number;
  /** `plantKind` of each building. */
  readonly kind: Uint8Array;
  readonly supply: Supply;
  readonly conditions: ClassConditions<"building">;
  readonly modes: BuildingModes;
  /** Power of the cooling plant over that of a clean and well-tuned one: fouled exchangers, set-points left cold. */
  readonly wear: Float64Array;
  readonly step: PlantStep;
}

/** Heat that a loop is designed for over the rating of racks: lights, fans and walls come on top. */
const designPart = 1.08;
/**
 * Water of the loop, m³ per MW of design heat: 6 in pipes, and a buffer tank that carries the load for the ten minutes
 * of the UPS batteries at 6 K (GB 50174 asks class A for cold storage as long as its UPS lasts; one mixed body here, in
 * truth stratified). Towers: basins and pipes. Liquid loops have small expansion tanks only. Assumed.
 */
const cubicMetres = { loop: 6 + 24, towers: 6, liquid: 12 };
/** kJ/(m³ K). */
const waterHeat = 4_186;

const createState = (count: number): LoopState => {
  const zeros = (): Float64Array => new Float64Array(count);
  return {
    temperature: zeros(),
    towerTemperature: zeros(),
    store: zeros(),
    towerStore: zeros(),
    plate: zeros(),
    chilled: zeros(),
    condensed: zeros(),
    stored: zeros(),
    towerStored: zeros(),
    relieved: zeros(),
    towerRelieved: zeros(),
    isStarved: new Uint8Array(count),
    isWet: new Uint8Array(count),
    drained: new Uint8Array(count),
  };
};

/** Building by building: which plant it has, and how large its loop is. */
const sizeLoops = (twin: Twin, w: Waterside): void => {
  const racks = rangesBelow(twin, "building", "rack");
  const cdus = rangesBelow(twin, "building", "cdu");
  const rated = attributeOr(twin, "rack", "ratedKw", 5);
  const has = (ranges: Span): boolean => ranges.end > ranges.start;
  for (let building = 0; building < w.count; building++) {
    const kw = sumRange(rated, racks, building) * designPart;
    if (kw === 0) continue;
    const isChilled = has(w.chillers.spans[building]!);
    const isLiquid =
      !isChilled && has(w.towers.spans[building]!) && cdus[building * 2 + 1]! > cdus[building * 2]!;
    if (!isChilled && !isLiquid) continue;
    w.kind[building] = isChilled ? plantKind.chilled : plantKind.liquid;
    const design = isChilled ? kw : kw * coldPlateShare;
    const { supply, rise } = isChilled ? chilledWater : liquidLoop;
    w.designHeat[building] = design;
    w.loops.capacityRate[building] = design / rise;
    w.loops.supply[building] = supply;
    w.loops.flow[building] = 1;
    const perMw = (waterHeat * design) / 1000;
    w.state.store[building] = perMw * (isChilled ? cubicMetres.loop : cubicMetres.liquid);
    w.state.towerStore[building] = perMw * cubicMetres.towers;
    w.state.temperature[building] = supply;
    w.state.towerTemperature[building] = supply;
  }
};

export const createWaterside = (
  twin: Twin,
  parts: { columns: PlantColumns; conditions: Conditions; loops: Loops; supply: Supply; seed: number },
): Waterside => {
  const { count } = twin.table("building");
  const { columns, conditions, loops, supply, seed } = parts;
  const waterside: Waterside = {
    count,
    kind: new Uint8Array(count),
    loops,
    supply,
    conditions: conditions.of("building"),
    chillers: createChillers(twin, columns, conditions),
    pumps: createPumps(twin, columns, conditions),
    towers: createTowers(twin, columns, conditions),
    modes: createBuildingModes(twin, columns),
    state: createState(count),
    designHeat: new Float64Array(count),
    makeUp: new Float64Array(count),
    power: new Float64Array(count),
    wear: Float64Array.from({ length: count }, (_, building) => 1.12 + 0.2 * signed(seed + 801, building)),
    step: createPlantStep(createMoment()),
  };
  sizeLoops(twin, waterside);
  return waterside;
};

/** Moves the cooling plant of every building on, once rooms have given their heat to the loops. */
export const stepWaterside = (w: Waterside, moment: Moment): void => {
  const { step, supply, conditions } = w;
  const { order } = step;
  step.moment = moment;
  step.pumps.moment = moment;
  step.towers.moment = moment;
  step.chillers.moment = moment;
  for (let building = 0; building < w.count; building++) {
    const kind = w.kind[building]!;
    if (kind !== plantKind.none) {
      order.powered = supply.mechanical[building]!;
      order.stopped = supply.lowestVoltage[building]! < dropOutVoltage;
      order.locked = conditions.controlLockout[building]! > 0;
      order.wear = w.wear[building]!;
      step.air = clamp(conditions.loopAir[building]!, 0, 1);
      step.shut = conditions.valveShut[building]!;
      if (kind === plantKind.chilled) stepChilledPlant(w, building, step);
      else stepLiquidPlant(w, building, step);
      w.loops.supply[building] = w.state.temperature[building]!;
    }
    showBuildingMode(w.modes, building, w.state);
  }
};

const sumSpan = (values: Float64Array, { start, end }: Span): number => {
  let sum = 0;
  for (let row = start; row < end; row++) sum += values[row]!;
  return sum;
};

/** Heat of every building's water, chillers and towers in the last step. */
export const visitWatersideBalances = (w: Waterside, visit: VisitBalance): void => {
  const { state, chillers, towers, pumps } = w;
  for (let building = 0; building < w.count; building++) {
    if (w.kind[building] === plantKind.none) continue;
    visit("waterLoop.heat", building, {
      inKw: w.loops.heat[building]! + pumps.power[building * 2 + pumpGroup.loop]!,
      outKw: state.plate[building]! + state.chilled[building]! + state.relieved[building]!,
      storedKw: state.stored[building]!,
    });
    const rejected = sumSpan(towers.columns.heat, towers.spans[building]!);
    if (w.kind[building] === plantKind.liquid) {
      visit("towers.heat", building, { inKw: state.plate[building]!, outKw: rejected, storedKw: 0 });
      continue;
    }
    const span = chillers.spans[building]!;
    visit("chillers.heat", building, {
      inKw: sumSpan(chillers.columns.heat, span) + sumSpan(chillers.columns.power, span),
      outKw: state.condensed[building]!,
      storedKw: 0,
    });
    visit("towers.heat", building, {
      inKw:
        state.plate[building]! + state.condensed[building]! + pumps.power[building * 2 + pumpGroup.tower]!,
      outKw: rejected + state.towerRelieved[building]!,
      storedKw: state.towerStored[building]!,
    });
  }
};
