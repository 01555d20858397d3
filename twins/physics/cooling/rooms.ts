import type { Twin } from "#twins/model/twin.ts";
import type { VisitBalance } from "#twins/physics/balance.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { coldPlateShare, liquidHeat, liquidRiseK } from "#twins/physics/compute/racks.ts";
import type { ClassConditions } from "#twins/physics/conditions.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import { ancestorRows, attributeOr, rangesBelow, sumRange } from "#twins/physics/places.ts";
import type { RoomSupply, Supply } from "#twins/physics/supply.ts";
import { rackAirRate } from "./air.ts";
import type { Cdus } from "./cdu.ts";
import { createCdus, stepCduPumps, stepRoomLiquid } from "./cdu.ts";
import type { AirWork } from "./crah.ts";
import { createAirWork, stepRoomAir } from "./crah.ts";
import { chilledWater, liquidLoop } from "./curves.ts";
import { stepFilters } from "./filters.ts";
import type { Loops } from "./loops.ts";
import type { RoomAir } from "./room-air.ts";
import { airSystems, createRoomAir, fillAirSupply, isSettled, wantedAirRate } from "./room-air.ts";
import type { FanOrder, UnitParts } from "./units.ts";
import { dropOutVoltage, fanTimeS, stepFans } from "./units.ts";

/** Heat of a fire in a room at full severity, kW: a burning battery cabinet (assumed). */
const fireKw = 150;
/** Water for fans and stored heat in a room whose racks draw nothing, as for this part of its rating (assumed). */
const idleWater = 0.1;
/** Flow through racks that draw nothing, as part of design flow (their own valves; `compute/`). */
const idleLiquid = 0.55;

export interface Rooms {
  readonly count: number;
  readonly ofBuilding: Ranges;
  readonly racks: Ranges;
  /** Building of each room. Shape of this and all that follow: rooms. */
  readonly building: Int32Array;
  readonly air: RoomAir;
  readonly cdus: Cdus;
  /** Power of racks, kW. */
  readonly it: Float64Array;
  /** Power of air handlers and CDUs, kW. */
  readonly coolingPower: Float64Array;
  /** Rating of racks with servers, kW, and of all racks. */
  readonly installed: Float64Array;
  readonly rated: Float64Array;
  readonly conditions: ClassConditions<"room">;
  /** What the rooms of each building claim of its water together, kW. Shape: buildings. */
  readonly claimOfBuilding: Float64Array;
  readonly loops: Loops;
  readonly work: AirWork;
  readonly fans: FanOrder;
}

export const createRooms = (
  twin: Twin,
  parts: UnitParts & { readonly loops: Loops; readonly seed: number },
): Rooms => {
  const { count } = twin.table("room");
  const racks = rangesBelow(twin, "room", "rack");
  const ratedKw = attributeOr(twin, "rack", "ratedKw", 5);
  const occupied = attributeOr(twin, "rack", "occupied", 1);
  const installedKw = ratedKw.map((kw, rack) => kw * occupied[rack]!);
  const air = createRoomAir(twin, parts);
  return {
    count,
    ofBuilding: rangesBelow(twin, "building", "room"),
    racks,
    building: ancestorRows(twin, "room", "building"),
    air,
    cdus: createCdus(twin, parts.columns, parts.conditions),
    it: new Float64Array(count),
    coolingPower: new Float64Array(count),
    installed: Float64Array.from({ length: count }, (_, room) => sumRange(installedKw, racks, room)),
    rated: Float64Array.from({ length: count }, (_, room) => sumRange(ratedKw, racks, room)),
    conditions: parts.conditions.of("room"),
    claimOfBuilding: new Float64Array(twin.table("building").count),
    loops: parts.loops,
    work: createAirWork(air),
    fans: { wanted: 0, step: 0, floor: 0, powered: 1, stopped: false, filtersRoomAir: true },
  };
};

const isLiquid = (rooms: Rooms, room: number): boolean => rooms.cdus.roomCapacity[room]! > 0;

/** What a room claims of its building's water, kW. */
const claimOf = (rooms: Rooms, room: number): number => rooms.it[room]! + idleWater * rooms.rated[room]!;

/** Water that a room may draw of its building's loop: by its part of the heat; without a loop, what it was built for. */
const waterRate = (rooms: Rooms, room: number): number => {
  const building = rooms.building[room]!;
  const open = 1 - clamp(rooms.conditions.valveShut[room]!, 0, 1);
  const capacityRate = rooms.loops.capacityRate[building] ?? 0;
  if (capacityRate <= 0) return Number.MAX_VALUE * (open > 0 ? 1 : 0);
  const whole = rooms.claimOfBuilding[building]!;
  const share = whole > 0 ? claimOf(rooms, room) / whole : 0;
  return open * share * capacityRate * rooms.loops.flow[building]!;
};

const waterTemperature = (rooms: Rooms, room: number): number => {
  const building = rooms.building[room]!;
  if ((rooms.loops.capacityRate[building] ?? 0) > 0) return rooms.loops.supply[building]!;
  return isLiquid(rooms, room) ? liquidLoop.supply : chilledWater.supply;
};

const stepAir = (
  rooms: Rooms,
  room: number,
  { supply, roomSupply, moment }: { supply: Supply; roomSupply: RoomSupply; moment: Moment },
): void => {
  const { air, fans, work, conditions } = rooms;
  const { input } = work;
  const building = rooms.building[room]!;
  const toAir = isLiquid(rooms, room) ? 1 - coldPlateShare : 1;
  const rackRate = rackAirRate(rooms.installed[room]! * toAir, rooms.it[room]! * toAir);
  const containmentLeak = clamp(conditions.containmentLeak[room]!, 0, 1);
  fans.wanted = wantedAirRate(rackRate, containmentLeak);
  fans.floor = air.fanFloor[room]!;
  fans.powered = supply.mechanical[building] ?? 1;
  fans.stopped = conditions.fire[room]! > 0 || (supply.lowestVoltage[building] ?? 1) < dropOutVoltage;
  fans.filtersRoomAir = air.system[room] === airSystems.chilled;
  stepFilters(air.units, room, moment);
  stepFans(air.units, room, fans, moment);
  // What chips under cold plates store or give back shows in the liquid; air takes its part of the power at once.
  input.heat = rooms.it[room]! * toAir + fireKw * clamp(conditions.fire[room]!, 0, 1);
  input.waterTemperature = waterTemperature(rooms, room);
  input.waterRate = waterRate(rooms, room);
  input.ventilated = conditions.ventilated[room]!;
  stepRoomAir(work, room, moment);
  fillAirSupply(roomSupply, room, {
    temperature: work.temperature,
    rate: work.rate,
    rackRate,
    warm: air.warm[room]!,
    containmentLeak,
  });
};

/** Liquid that racks ask for, L/min. */
const wantedLitres = (rooms: Rooms, room: number): number =>
  (coldPlateShare * (idleLiquid * rooms.rated[room]! + (1 - idleLiquid) * rooms.it[room]!)) /
  (liquidRiseK * liquidHeat);

/** Moves the liquid of a room on; its heat and its flow stand in `cdus.input`. */
const moveLiquid = (
  rooms: Rooms,
  room: number,
  { supply, moment }: { supply: Supply; moment: Moment },
): void => {
  const { input } = rooms.cdus;
  input.powered = supply.essential[room] === 1;
  input.waterTemperature = waterTemperature(rooms, room);
  input.waterRate = waterRate(rooms, room);
  stepRoomLiquid(rooms.cdus, room, moment);
};

const stepLiquid = (
  rooms: Rooms,
  room: number,
  step: { supply: Supply; roomSupply: RoomSupply; moment: Moment },
): void => {
  const { cdus } = rooms;
  const { supply, roomSupply, moment } = step;
  stepCduPumps(cdus, room, supply.essential[room] === 1, moment);
  const wanted = wantedLitres(rooms, room);
  const share = wanted > 0 ? Math.min(1, cdus.available[room]! / wanted) : 1;
  roomSupply.liquidShare[room] = share;
  // Racks that settle at once need the liquid that they will have settled with.
  if (isSettled(moment)) {
    cdus.input.heat = coldPlateShare * rooms.it[room]!;
    cdus.input.litres = wanted * share;
    moveLiquid(rooms, room, step);
  }
  roomSupply.liquid[room] = cdus.supply[room]!;
};

/** What a step brings to the rooms. */
export interface RoomStep {
  readonly racks: Pick<Racks, "columns" | "heat">;
  readonly supply: Supply;
  readonly roomSupply: RoomSupply;
  readonly moment: Moment;
}

/** Air and liquid that each room brings to its racks, once their power is known: fans, coils and the rooms' air. */
export const stepRoomSupply = (rooms: Rooms, step: RoomStep): void => {
  rooms.claimOfBuilding.fill(0);
  for (let room = 0; room < rooms.count; room++) {
    const it = sumRange(step.racks.columns.power, rooms.racks, room);
    const building = rooms.building[room]!;
    rooms.it[room] = it;
    if (building >= 0)
      rooms.claimOfBuilding[building] = rooms.claimOfBuilding[building]! + claimOf(rooms, room);
  }
  rooms.fans.step = approach(step.moment, fanTimeS);
  for (let room = 0; room < rooms.count; room++) {
    if (isLiquid(rooms, room)) stepLiquid(rooms, room, step);
    stepAir(rooms, room, step);
  }
};

/** CDUs of every room, once its racks have taken their liquid; power of all its machines, and heat to the water. */
export const stepRoomMachines = (rooms: Rooms, step: RoomStep): void => {
  const { air, cdus, loops } = rooms;
  const { racks } = step;
  loops.heat.fill(0);
  for (let room = 0; room < rooms.count; room++) {
    if (isLiquid(rooms, room)) {
      cdus.input.heat = racks.heat.toLiquid[room]!;
      cdus.input.litres = sumRange(racks.columns.liquidFlow, rooms.racks, room);
      moveLiquid(rooms, room, step);
    }
    rooms.coolingPower[room] =
      sumRange(air.units.columns.power, air.units.ofRoom, room) +
      sumRange(cdus.columns.power, cdus.ofRoom, room);
    const building = rooms.building[room]!;
    if (building >= 0) loops.heat[building] = loops.heat[building]! + air.toLoop[room]! + cdus.toLoop[room]!;
  }
};

/** Heat of every room's air and liquid in the last step. */
export const visitRoomBalances = ({ count, air, cdus }: Rooms, visit: VisitBalance): void => {
  for (let room = 0; room < count; room++) {
    visit("roomAir.heat", room, {
      inKw: air.inKw[room]!,
      outKw: air.outKw[room]!,
      storedKw: air.storedKw[room]!,
    });
    if (cdus.roomCapacity[room]! > 0)
      visit("roomLiquid.heat", room, {
        inKw: cdus.inKw[room]!,
        outKw: cdus.toLoop[room]! + cdus.relieved[room]!,
        storedKw: cdus.storedKw[room]!,
      });
  }
};
