import type { Twin } from "#twins/model/twin.ts";
import { coolingSystems } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Racks } from "#twins/physics/compute/racks.ts";
import { coldPlateShare, liquidHeat, liquidRiseK, stepRoomHeat } from "#twins/physics/compute/racks.ts";
import { clamp, signed } from "#twins/physics/noise.ts";
import type { Ranges } from "#twins/physics/places.ts";
import {
  ancestorRows,
  attributeOr,
  commissioned,
  powerPairs,
  rangesBelow,
  sumRange,
} from "#twins/physics/places.ts";
import { upsLoss } from "#twins/physics/power/curves.ts";
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
  readonly ups: Ranges;
  readonly cooling: Float32Array;
  readonly rackRow: Int32Array;
  /** Pairs of UPS row and rack-row row. */
  readonly upsOfRow: Int32Array;
  readonly feedsOfRow: Uint8Array;
  readonly rowPower: Float64Array;
  readonly crah: Readonly<
    Record<"power" | "supplyTemperature" | "returnTemperature" | "fanSpeed" | "status", Float64Array>
  >;
  readonly cdu: Readonly<
    Record<"power" | "supplyTemperature" | "returnTemperature" | "flow" | "status", Float64Array>
  >;
  readonly upsColumns: Readonly<Record<"power" | "inputPower" | "loadRate" | "status", Float64Array>>;
  readonly rated: {
    readonly crah: Float32Array;
    readonly crahCapacity: Float32Array;
    readonly cdu: Float32Array;
    readonly cduCapacity: Float32Array;
    readonly ups: Float32Array;
  };
  /** kW of each room at this step. */
  readonly it: Float64Array;
  /** Heat to air and to liquid. */
  readonly air: Float64Array;
  readonly liquid: Float64Array;
  readonly coolingPower: Float64Array;
  readonly supplyOffset: Float64Array;
  readonly fanFloor: Float64Array;
  readonly supply: { air: number; liquid: number };
}

/** Share of each room's rated power whose racks there are: only so many of its units and UPS modules are commissioned. */
const roomParts = (twin: Twin, racks: Ranges): Float64Array => {
  const whole = attributeOr(twin, "room", "ratedKw", 0);
  const rackKw = attributeOr(twin, "rack", "ratedKw", 5);
  return Float64Array.from(whole, (kw, room) =>
    kw > 0 ? Math.min(1, sumRange(rackKw, racks, room) / kw) : 1,
  );
};

export const createRooms = (twin: Twin, columns: PlantColumns, seed: number): Rooms => {
  const { count } = twin.table("room");
  const rows = twin.table("row").count;
  const racks = rangesBelow(twin, "room", "rack");
  const crahs = rangesBelow(twin, "room", "crah");
  const ups = rangesBelow(twin, "room", "ups");
  const parts = roomParts(twin, racks);
  const upsOfRow = powerPairs(twin.links, "ups", "row");
  const feedsOfRow = new Uint8Array(rows);
  for (let i = 1; i < upsOfRow.length; i += 2) feedsOfRow[upsOfRow[i]!] = feedsOfRow[upsOfRow[i]!]! + 1;
  return {
    count,
    ofBuilding: rangesBelow(twin, "building", "room"),
    racks,
    crahs,
    cdus: rangesBelow(twin, "room", "cdu"),
    ups,
    cooling: attributeOr(twin, "room", "cooling", towerPlate),
    rackRow: ancestorRows(twin, "rack", "row"),
    upsOfRow,
    feedsOfRow,
    rowPower: new Float64Array(rows),
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
    upsColumns: columnsOf(columns, "ups", [
      "power",
      "inputPower",
      "loadRate",
      "status",
    ]) as Rooms["upsColumns"],
    rated: {
      crah: commissioned(attributeOr(twin, "crah", "ratedKw", 12), crahs, parts),
      crahCapacity: commissioned(attributeOr(twin, "crah", "capacityKw", 160), crahs, parts),
      cdu: attributeOr(twin, "cdu", "ratedKw", 12),
      cduCapacity: attributeOr(twin, "cdu", "capacityKw", 600),
      ups: commissioned(attributeOr(twin, "ups", "ratedKw", 500), ups, parts),
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
    supply: { air: 0, liquid: 0 },
  };
};

/** Sums racks into rows, rooms and UPS. Every sum is in float64 over the very values that are published. */
const gatherPower = (rooms: Rooms, racks: Racks): void => {
  const { power } = racks.columns;
  const { rowPower, rackRow, upsOfRow, feedsOfRow, upsColumns: ups, rated } = rooms;
  rowPower.fill(0);
  for (let rack = 0; rack < power.length; rack++) {
    const row = rackRow[rack]!;
    if (row >= 0) rowPower[row] = rowPower[row]! + power[rack]!;
  }
  ups.power.fill(0);
  for (let i = 0; i < upsOfRow.length; i += 2) {
    const bank = upsOfRow[i]!;
    const row = upsOfRow[i + 1]!;
    ups.power[bank] = ups.power[bank]! + rowPower[row]! / feedsOfRow[row]!;
  }
  for (let bank = 0; bank < ups.power.length; bank++) {
    const output = ups.power[bank]!;
    ups.inputPower[bank] = output + upsLoss(output, rated.ups[bank]!);
    ups.loadRate[bank] = (100 * output) / rated.ups[bank]!;
    ups.status[bank] = 1;
  }
};

const stepCrahs = (rooms: Rooms, room: number, weather: Weather): void => {
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
    crah.supplyTemperature[unit] = rooms.supply.air;
    crah.returnTemperature[unit] = rooms.supply.air + riseK;
    crah.fanSpeed[unit] = fanShare * 100;
    crah.status[unit] = 1;
  }
};

/** The room's CDUs share what its racks let through; each is built for its capacity at the racks' design rise. */
const stepCdus = (rooms: Rooms, racks: Racks, room: number): void => {
  const { cdu, cdus, rated } = rooms;
  const start = cdus[room * 2]!;
  const end = cdus[room * 2 + 1]!;
  if (end === start) return;
  const litres = sumRange(racks.columns.liquidFlow, rooms.racks, room) / (end - start);
  const rise = litres > 0 ? rooms.liquid[room]! / (end - start) / (litres * liquidHeat) : 0;
  for (let unit = start; unit < end; unit++) {
    const ratedLitres = rated.cduCapacity[unit]! / (liquidRiseK * liquidHeat);
    cdu.power[unit] = drivePower(rated.cdu[unit]!, speedOf(litres / ratedLitres, pumpFloor));
    cdu.supplyTemperature[unit] = rooms.supply.liquid;
    cdu.returnTemperature[unit] = rooms.supply.liquid + rise;
    cdu.flow[unit] = litres;
    cdu.status[unit] = 1;
  }
};

/** Power of UPS, CRAH and CDU and temperatures of every room. */
export const stepRooms = (
  rooms: Rooms,
  racks: Racks,
  { weather, seconds }: { weather: Weather; seconds: number },
): void => {
  gatherPower(rooms, racks);
  for (let room = 0; room < rooms.count; room++) {
    const it = sumRange(racks.columns.power, rooms.racks, room);
    const isLiquid = rooms.cdus[room * 2 + 1]! > rooms.cdus[room * 2]!;
    rooms.it[room] = it;
    rooms.liquid[room] = isLiquid ? it * coldPlateShare : 0;
    rooms.air[room] = it - rooms.liquid[room]!;
    const setPoint = isLiquid
      ? airSetPoint.liquid
      : rooms.cooling[room] === evaporativeCode
        ? airSetPoint.evaporative
        : airSetPoint.chilled;
    // Above the free-cooling range supply air drifts up by a little before compressors hold it.
    const drift = 0.9 * clamp((weather.wetBulb - 14) / 8, -0.4, 1);
    rooms.supply.air = setPoint + rooms.supplyOffset[room]! + drift;
    rooms.supply.liquid = Math.max(liquidLoop.supply, weather.wetBulb + liquidLoop.approach) + 1.5;
    stepRoomHeat(racks, room, rooms.supply, seconds);
    stepCrahs(rooms, room, weather);
    stepCdus(rooms, racks, room);
    rooms.coolingPower[room] =
      sumRange(rooms.crah.power, rooms.crahs, room) + sumRange(rooms.cdu.power, rooms.cdus, room);
  }
};
