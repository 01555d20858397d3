import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";
import { createColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { createMoment, setMoment } from "#twins/physics/moment.ts";
import { attributeOr, sumRange } from "#twins/physics/places.ts";
import { createSupply } from "#twins/physics/supply.ts";
import { visitPowerBalances } from "./balances.ts";
import type { Power } from "./power.ts";
import { createPower, stepDemand, stepImport, stepSupply } from "./power.ts";

/**
 * The electrical side alone, with plain loads in place of the rest of the plant: racks draw a share of their rating where
 * their row has power, fans and chillers a share of their heat where their board has any.
 */
export interface Rig {
  readonly twin: Twin;
  readonly power: Power;
  readonly conditions: Conditions;
  readonly moment: Moment;
  /** Share of rated power that racks draw. */
  load: number;
  /** kW of all the sun at one station. */
  readonly fields: { sun: number };
  /** Moves on; throws where any balance of the step is off by more than 1e-9 of its flow, or any flow is negative. */
  step(seconds: number): void;
  /** Row of an asset. */
  row(id: string): number;
  /** Sets a condition of an asset, or mends it with 0. */
  set(id: string, condition: string, value: number): void;
}

/** Balance and signs of every step, for all nodes. */
const check = (power: Power): void => {
  visitPowerBalances(power, (what, row, { inKw, outKw, storedKw }) => {
    const error = Math.abs(inKw - outKw - storedKw);
    const scale = Math.max(1, Math.abs(inKw), Math.abs(outKw), Math.abs(storedKw));
    if (!(error <= 1e-9 * scale))
      throw new Error(`${what} ${row}: in ${inKw} ≠ out ${outKw} + stored ${storedKw}`);
  });
  const { banks, distribution, standby } = power;
  const flows = [
    banks.column.power,
    banks.column.inputPower,
    banks.loss,
    distribution.transformer.power,
    distribution.transformer.loss,
    distribution.main,
    distribution.aux,
    standby.power,
  ];
  // A battery is asked whether it lasts with the load of the step before; it may be overdrawn by what that changed.
  for (const [bank, kwh] of banks.energy.entries())
    if (kwh < -0.02 * banks.capacity[bank]!) throw new Error(`the battery of ${bank} holds ${kwh} kWh`);
  for (const [index, values] of flows.entries())
    for (const [row, value] of values.entries())
      if (!(value >= -1e-9)) throw new Error(`flow ${index} of ${row} is ${value}`);
};

export const createRig = (twin: Twin, seed = 1): Rig => {
  const columns = createColumns(twin);
  const conditions = createConditions(twin);
  const supply = createSupply(twin);
  const power = createPower(twin, columns, { conditions, supply, seed });
  const moment = createMoment();
  const rated = attributeOr(twin, "rack", "ratedKw", 5);
  const rackPower = new Float32Array(rated.length);
  const roomCooling = new Float64Array(twin.table("room").count);
  const plantCooling = new Float64Array(twin.table("building").count);
  const { topology, distribution, grid } = power;
  const drawAll = (rig: Rig): void => {
    for (let rack = 0; rack < rackPower.length; rack++) {
      const row = topology.rowOfRack[rack]!;
      rackPower[rack] = rig.load * rated[rack]! * (row < 0 ? 1 : supply.row[row]!);
    }
    for (let room = 0; room < roomCooling.length; room++) {
      const building = topology.buildingOfRoom[room]!;
      for (let cdu = topology.cdusOfRoom[room * 2]!; cdu < topology.cdusOfRoom[room * 2 + 1]!; cdu++)
        distribution.cduPower[cdu] = 6 * supply.essential[room]!;
      const fans = 0.05 * sumRange(rackPower, topology.racksOfRoom, room) * supply.mechanical[building]!;
      roomCooling[room] = fans + sumRange(distribution.cduPower, topology.cdusOfRoom, room);
    }
    for (let building = 0; building < plantCooling.length; building++)
      plantCooling[building] = 0.12 * distribution.ratedIt[building]! * supply.mechanical[building]!;
    const [pv] = grid.gathered.power;
    pv!.fill(rig.fields.sun / Math.max(1, pv!.length));
  };
  const rig: Rig = {
    twin,
    power,
    conditions,
    moment,
    load: 0.6,
    fields: { sun: 0 },
    step: (seconds) => {
      setMoment(moment, { timeMs: moment.timeMs + seconds * 1000, stepSeconds: seconds, utcOffsetMin: 480 });
      stepSupply(power, moment);
      drawAll(rig);
      stepDemand(power, { rackPower, roomCooling, plantCooling, daylight: 1 }, moment);
      stepImport(power, moment);
      moment.first = false;
      check(power);
    },
    row: (id) => twin.find(id)?.row ?? -1,
    set: (id, condition, value) => {
      const ref = id === "site" ? { className: "site", row: 0 } : twin.find(id);
      if (!ref) throw new Error(`no asset ${id}`);
      conditions.find(ref.className as ClassName, condition)!.fill(value, ref.row, ref.row + 1);
    },
  };
  rig.step(0);
  return rig;
};
