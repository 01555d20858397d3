import type { Twin } from "#twins/model/twin.ts";

/**
 * What electricity reaches, written by `power/` before loads are known and read by whatever draws power.
 * Order of a step: supply → compute (rack power) → cooling → power (loads upwards) → energy → grid → instruments.
 */
export interface Supply {
  /** 1 where a rack row has power on at least one path. Shape: rows (of racks). */
  readonly row: Uint8Array;
  /** 1 where a room's essential cooling (CDU pumps, controls) has UPS power. Shape: rooms. */
  readonly essential: Uint8Array;
  /** Part of its mechanical load (chillers, towers, pumps, air handlers) that a building can run, 0…1. Shape: buildings. */
  readonly mechanical: Float64Array;
  /** Lowest voltage at the building's busbar within the step, 1 nominal: contactors drop out below about 0.7. Shape: buildings. */
  readonly lowestVoltage: Float64Array;
  /** 1 where a substation's busbar has the grid's voltage: what delivers to it needs a grid to follow. Shape: substations. */
  readonly station: Uint8Array;
}

/** Everything has power. */
export const createSupply = (twin: Twin): Supply => {
  const buildings = twin.table("building").count;
  return {
    row: new Uint8Array(twin.table("row").count).fill(1),
    essential: new Uint8Array(twin.table("room").count).fill(1),
    mechanical: new Float64Array(buildings).fill(1),
    lowestVoltage: new Float64Array(buildings).fill(1),
    station: new Uint8Array(twin.table("substation").count).fill(1),
  };
};

/**
 * What cooling brings to the racks, written by `cooling/` and read by `compute/`. Shape of each: rooms.
 */
export interface RoomSupply {
  /** Temperature of the air blown to the racks, °C. */
  readonly air: Float64Array;
  /** Part of the air that the racks' fans want that reaches them, 0…1: the rest is taken in warm from behind. */
  readonly airShare: Float64Array;
  /** Temperature of the hot side, °C: what recirculates. */
  readonly warmAir: Float64Array;
  /** Temperature of the liquid to the cold plates, °C. */
  readonly liquid: Float64Array;
  /** Part of the design liquid flow that comes, 0…1. */
  readonly liquidShare: Float64Array;
}

export const createRoomSupply = (twin: Twin): RoomSupply => {
  const rooms = twin.table("room").count;
  return {
    air: new Float64Array(rooms).fill(22),
    airShare: new Float64Array(rooms).fill(1),
    warmAir: new Float64Array(rooms).fill(35),
    liquid: new Float64Array(rooms).fill(33),
    liquidShare: new Float64Array(rooms).fill(1),
  };
};
