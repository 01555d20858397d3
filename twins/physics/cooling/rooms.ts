import type { Twin } from "#twins/model/twin.ts";
import { coolingSystems } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { coldPlateShare, liquidHeat, liquidRiseK } from "#twins/physics/compute/racks.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import {
  attributeOr,
  commissioned,
  commissionedRooms,
  rangesBelow,
  sumRange,
} from "#twins/physics/places.ts";
import type { RoomSupply } from "#twins/physics/supply.ts";
import type { Weather } from "#twins/physics/weather/weather.ts";
import { drivePower, evaporative, freeShare, liquidLoop, speedOf } from "./curves.ts";

const towerPlate = coolingSystems.indexOf("towerPlate");
const evaporativeCode = coolingSystems.indexOf("evaporative");

/** Supply air set-points, °C: chilled-water rooms and those cooled from outside (ASHRAE recommended 18–27). */
const airSetPoint = { chilled: 21, evaporative: 23, liquid: 23.5 };
/** Fans do not run slower than this (static pressure under the floor). */
const fanFloor = 0.6;
/** Rooms are balanced more or less well: spread of the floor around it. */
const fanFloorSpread = 0.09;
const pumpFloor = 0.45;
/** Water pumped over the coils of an indirect evaporative unit in wet mode, kW. */
const sprayKw = 1.2;
/** Seasonal efficiency of the units' own compressors (fluorine pump assisted). */
const unitCop = 5;

export interface Rooms {
  readonly count: number;
  readonly ofBuilding: Ranges;
  readonly racks: Ranges;
  readonly crahs: Ranges;
  readonly cdus: Ranges;
  readonly cooling: Float32Array;
  readonly crah: Readonly<
    Record<"power" | "supplyTemperature" | "returnTemperature" | "fanSpeed" | "status", Float64Array>
  >;
  readonly cdu: Readonly<
    Record<"power" | "supplyTemperature" | "returnTemperature" | "flow" | "status", Float64Array>
  >;
  readonly rated: {
    readonly crah: Float32Array;
    readonly crahCapacity: Float32Array;
    readonly cdu: Float32Array;
    readonly cduCapacity: Float32Array;
  };
  /** kW of each room at this step. */
  readonly it: Float64Array;
  /** Heat to air and to liquid. */
  readonly air: Float64Array;
  readonly liquid: Float64Array;
  readonly coolingPower: Float64Array;
  readonly supplyOffset: Float64Array;
  readonly fanFloor: Float64Array;
}

export const createRooms = (twin: Twin, columns: PlantColumns, seed: number): Rooms => {
  const { count } = twin.table("room");
  const racks = rangesBelow(twin, "room", "rack");
  const crahs = rangesBelow(twin, "room", "crah");
  const parts = commissionedRooms(twin);
  return {
    count,
    ofBuilding: rangesBelow(twin, "building", "room"),
    racks,
    crahs,
    cdus: rangesBelow(twin, "room", "cdu"),
    cooling: attributeOr(twin, "room", "cooling", towerPlate),
    // Classes other than the rack are stored in 64 bits (catalogue).
    crah: columnsOf(columns, "crah", [
      "power",
      "supplyTemperature",
      "returnTemperature",
      "fanSpeed",
      "status",
    ]) as Rooms["crah"],
    cdu: columnsOf(columns, "cdu", [
      "power",
      "supplyTemperature",
      "returnTemperature",
      "flow",
      "status",
    ]) as Rooms["cdu"],
    rated: {
      crah: commissioned(attributeOr(twin, "crah", "ratedKw", 12), crahs, parts),
      crahCapacity: commissioned(attributeOr(twin, "crah", "capacityKw", 160), crahs, parts),
      cdu: attributeOr(twin, "cdu", "ratedKw", 12),
      cduCapacity: attributeOr(twin, "cdu", "capacityKw", 600),
    },
    it: new Float64Array(count),
    air: new Float64Array(count),
    liquid: new Float64Array(count),
    coolingPower: new Float64Array(count),
    supplyOffset: Float64Array.from({ length: count }, (_, room) => 0.6 * signed(seed + 301, room)),
    fanFloor: Float64Array.from(
      { length: count },
      (_, room) => fanFloor + fanFloorSpread * signed(seed + 302, room),
    ),
  };
};

const stepCrahs = (rooms: Rooms, room: number, { weather, air }: { weather: Weather; air: number }): void => {
  const { crah, crahs, rated } = rooms;
  const start = crahs[room * 2]!;
  const end = crahs[room * 2 + 1]!;
  const capacity = sumRange(rated.crahCapacity, crahs, room);
  const heat = rooms.air[room]!;
  const share = capacity > 0 ? clamp(heat / capacity, 0, 1) : 0;
  const fanShare = speedOf(share, rooms.fanFloor[room]!);
  const outside = rooms.cooling[room] === evaporativeCode;
  const { supply, warmReturn, approach, dryBelow } = evaporative;
  // Air outside is 11 % thinner at this altitude: the approach is written for it.
  const free = freeShare(weather.wetBulb, approach, supply, warmReturn);
  const wet = outside && weather.airTemperature > dryBelow ? sprayKw : 0;
  const perUnitHeat = end > start ? heat / (end - start) : 0;
  const extra = outside ? wet + ((1 - free) * perUnitHeat) / unitCop : 0;
  const riseK = 11 * (share / fanShare) + 1;
  for (let unit = start; unit < end; unit++) {
    crah.power[unit] = drivePower(rated.crah[unit]!, fanShare) + extra;
    crah.supplyTemperature[unit] = air;
    crah.returnTemperature[unit] = air + riseK;
    crah.fanSpeed[unit] = fanShare * 100;
    crah.status[unit] = 1;
  }
};

/** The room's CDUs share what its racks let through; each is built for its capacity at the racks' design rise. */
const stepCdus = (rooms: Rooms, racks: Racks, { room, liquid }: { room: number; liquid: number }): void => {
  const { cdu, cdus, rated } = rooms;
  const start = cdus[room * 2]!;
  const end = cdus[room * 2 + 1]!;
  if (end === start) return;
  const litres = sumRange(racks.columns.liquidFlow, rooms.racks, room) / (end - start);
  const rise = litres > 0 ? rooms.liquid[room]! / (end - start) / (litres * liquidHeat) : 0;
  for (let unit = start; unit < end; unit++) {
    const ratedLitres = rated.cduCapacity[unit]! / (liquidRiseK * liquidHeat);
    cdu.power[unit] = drivePower(rated.cdu[unit]!, speedOf(litres / ratedLitres, pumpFloor));
    cdu.supplyTemperature[unit] = liquid;
    cdu.returnTemperature[unit] = liquid + rise;
    cdu.flow[unit] = litres;
    cdu.status[unit] = 1;
  }
};

/** Air and liquid that each room brings to its racks. */
export const stepRoomSupply = (rooms: Rooms, supply: RoomSupply, { weather }: Moment): void => {
  for (let room = 0; room < rooms.count; room++) {
    const isLiquid = rooms.cdus[room * 2 + 1]! > rooms.cdus[room * 2]!;
    const setPoint = isLiquid
      ? airSetPoint.liquid
      : rooms.cooling[room] === evaporativeCode
        ? airSetPoint.evaporative
        : airSetPoint.chilled;
    // Above the free-cooling range supply air drifts up by a little before compressors hold it.
    const drift = 0.9 * clamp((weather.wetBulb - 14) / 8, -0.4, 1);
    supply.air[room] = setPoint + rooms.supplyOffset[room]! + drift;
    supply.liquid[room] = Math.max(liquidLoop.supply, weather.wetBulb + liquidLoop.approach) + 1.5;
  }
};

/** Power of CRAH and CDU of every room, once the heat of its racks is known. */
export const stepRoomMachines = (
  rooms: Rooms,
  racks: Racks,
  { roomSupply, moment }: { roomSupply: RoomSupply; moment: Moment },
): void => {
  for (let room = 0; room < rooms.count; room++) {
    const it = sumRange(racks.columns.power, rooms.racks, room);
    const isLiquid = rooms.cdus[room * 2 + 1]! > rooms.cdus[room * 2]!;
    rooms.it[room] = it;
    rooms.liquid[room] = isLiquid ? it * coldPlateShare : 0;
    rooms.air[room] = it - rooms.liquid[room]!;
    stepCrahs(rooms, room, { weather: moment.weather, air: roomSupply.air[room]! });
    stepCdus(rooms, racks, { room, liquid: roomSupply.liquid[room]! });
    rooms.coolingPower[room] =
      sumRange(rooms.crah.power, rooms.crahs, room) + sumRange(rooms.cdu.power, rooms.cdus, room);
  }
};
