import type { Twin } from "#twins/model/twin.ts";
import { coolingSystems } from "#twins/model/twin.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { signed } from "#twins/physics/noise.ts";
import { attributeOr, commissionedRooms } from "#twins/physics/places.ts";
import type { RoomSupply } from "#twins/physics/supply.ts";
import { airHeatCapacity } from "./air.ts";
import type { AirUnits, UnitParts } from "./units.ts";
import { createAirUnits } from "./units.ts";

/**
 * The air of rooms. Hot air behind the racks is one body, coupled to the metal of racks and servers and the surface
 * of floor and walls as a second: without cooling air warms fast at first, then with all that stands in the room
 * (K. Khankari, Rate of heating analysis of data centers during power shutdown, ASHRAE Transactions 117-1, 2011).
 */

/** Supply air set-points, °C: chilled-water rooms, those cooled from outside, the air of liquid rooms (ASHRAE recommended 18–27). */
const setPoints = { chilled: 21, evaporative: 23, refrigerant: 23.5 };
/** Fans do not run slower than this, give or take the spread: rooms are balanced more or less well. */
const fanFloor = 0.6;
const fanFloorSpread = 0.09;
const setPointSpreadK = 0.6;

/**
 * Light metal that air reaches at once (cabinets, ducts, coils), racks with servers and the surface of the building:
 * kJ/K per m² of room; and their conductance, kW/K per m², by which servers follow air within about five minutes (VanGilder et al.,
 * InterPACK2013-73234 give "several minutes"). Assumed from 90 kg of sheet and 500 kg of servers on each 2.8 m².
 */
const light = 6;
const heavy = 90;
const heavyLink = 0.3;
/** Walls, roof and leaks to outside, kW/K per m² of room: most rooms have few outside walls (assumed). */
const envelope = 0.0005;
/** From here on doors stand open and smoke vents are opened, kW/K per m²: what holds a room without any cooling. */
export const ventAbove = 50;
const vent = 0.05;

/** Cold air that passes the racks by, and hot air that comes round them, in sound and in open containment. */
const soundBypass = 0.05;
const openBypass = 0.3;
const openRecirculation = 0.3;
/** Fans keep a little more air in the cold aisle than servers draw. */
const surplus = 1.03;

export const airSystems = { chilled: 0, evaporative: 1, refrigerant: 2 } as const;

export interface RoomAir {
  readonly units: AirUnits;
  /** How the room's air is cooled (`airSystems`). Shape of this and all that follow: rooms. */
  readonly system: Uint8Array;
  readonly setPoint: Float64Array;
  readonly fanFloor: Float64Array;
  /** Heat capacity of air with light metal, and of what is heavy, kJ/K; their link and the envelope, kW/K. */
  readonly store: Float64Array;
  readonly heavyStore: Float64Array;
  readonly link: Float64Array;
  readonly envelope: Float64Array;
  readonly vent: Float64Array;
  /** Temperature of the hot side and of what is heavy, °C. */
  readonly warm: Float64Array;
  readonly heavy: Float64Array;
  /** 1 while spray water is drained for frost. */
  readonly drained: Uint8Array;
  /** Last step: what came into the air, left it, and stayed, kW. */
  readonly inKw: Float64Array;
  readonly outKw: Float64Array;
  readonly storedKw: Float64Array;
  /** Heat of the coils to the building's water, kW. */
  readonly toLoop: Float64Array;
  /** Water of evaporative units, m³/h. */
  readonly water: Float64Array;
  /** Compressors of units on outside air: part of their power, kW. */
  readonly compressor: Float64Array;
}

const systemOf = (cooling: number): number => {
  if (cooling === coolingSystems.indexOf("evaporative")) return airSystems.evaporative;
  if (cooling === coolingSystems.indexOf("closedTowerLiquid")) return airSystems.refrigerant;
  return airSystems.chilled;
};

const setPointOf = (system: number): number => {
  if (system === airSystems.evaporative) return setPoints.evaporative;
  return system === airSystems.refrigerant ? setPoints.refrigerant : setPoints.chilled;
};

/** Size of a room that states none, m². */
const plainArea = 300;

export const createRoomAir = (twin: Twin, parts: UnitParts & { readonly seed: number }): RoomAir => {
  const { seed } = parts;
  const { count, size } = twin.table("room");
  const cooling = attributeOr(twin, "room", "cooling", coolingSystems.indexOf("towerPlate"));
  const commissionedParts = commissionedRooms(twin);
  const area = Float64Array.from(
    commissionedParts,
    (part, room) => part * (size[room * 3]! * size[room * 3 + 1]! || plainArea),
  );
  const air = airHeatCapacity(twin);
  const perArea = (value: number): Float64Array => area.map((m2) => m2 * value);
  const system = Uint8Array.from(cooling, systemOf);
  const setPoint = Float64Array.from(
    system,
    (own, room) => setPointOf(own) + setPointSpreadK * signed(seed + 301, room),
  );
  return {
    units: createAirUnits(twin, parts),
    system,
    setPoint,
    fanFloor: Float64Array.from(
      { length: count },
      (_, room) => fanFloor + fanFloorSpread * signed(seed + 302, room),
    ),
    store: area.map((m2, room) => m2 * (light + air * (size[room * 3 + 2]! || 5))),
    heavyStore: perArea(heavy),
    link: perArea(heavyLink),
    envelope: perArea(envelope),
    vent: perArea(vent),
    warm: setPoint.map((t) => t + 10),
    heavy: setPoint.map((t) => t + 10),
    drained: new Uint8Array(count),
    inKw: new Float64Array(count),
    outKw: new Float64Array(count),
    storedKw: new Float64Array(count),
    toLoop: new Float64Array(count),
    water: new Float64Array(count),
    compressor: new Float64Array(count),
  };
};

/** Air that a room's units are to bring, kW/K: what servers draw, and what leaks past them. */
export const wantedAirRate = (rackRate: number, containmentLeak: number): number =>
  (surplus * rackRate) / (1 - soundBypass - openBypass * containmentLeak);

/** Tells racks what air they get. @param rates air of all units and what servers draw, kW/K */
export const fillAirSupply = (
  supply: RoomSupply,
  room: number,
  air: {
    readonly temperature: number;
    readonly rate: number;
    readonly rackRate: number;
    readonly warm: number;
    readonly containmentLeak: number;
  },
): void => {
  const cold = air.rate * (1 - soundBypass - openBypass * air.containmentLeak);
  const share = air.rackRate > 0 ? Math.min(1, cold / air.rackRate) : 1;
  supply.air[room] = air.temperature;
  supply.airShare[room] = share * (1 - openRecirculation * air.containmentLeak);
  supply.warmAir[room] = air.warm;
};

/** Steps longer than this are taken as settled (`plant.ts` cuts shorter ones into parts). */
const settledStepS = 600;
export const isSettled = (moment: Moment): boolean => moment.first || moment.stepSeconds > settledStepS;
