import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { unit } from "#twins/physics/noise.ts";
import type { Topology } from "./topology.ts";

/**
 * Rectifiers wait for good mains, start one group after the other, and then walk in: a grid that comes back is not hit
 * at once, nor is a generator (usual settings, assumed).
 */
const waitS = 5;
const groupS = 2;
const groups = 8;
const buildingSpreadS = 10;
/** Input that was good for longer than any wait, s. */
export const longS = 1e6;
/**
 * So many dips in so short a time, and a UPS stays away from the mains until somebody resets it: three in a minute, as
 * found behind the loss of 1,500 MW of data-centre load on 10 July 2024 (NERC incident review, January 2025).
 */
export const dipLimit = { count: 3, withinS: 60 };

export const supplyMode = { dead: 0, online: 1, battery: 2, bypass: 3, mainsDirect: 4 } as const;
export const trip = { none: 0, toBypass: 1, off: 2 } as const;

type Names<T extends string> = Readonly<Record<T, Float64Array>>;

/** UPS, HVDC systems and direct paths. Index of everything without another shape: bank. */
export interface Banks {
  readonly column: Names<"power" | "inputPower" | "loadRate" | "batteryCharge" | "supplyMode" | "status">;
  readonly failed: Float32Array;
  readonly aged: Float32Array;
  readonly bypass: Float32Array;
  readonly resetByHand: Float32Array;
  readonly breakerOpenA: Float32Array;
  readonly breakerOpenB: Float32Array;
  /** 1: its battery came to its end; it stays dark until its input carries it alone. */
  readonly isExhausted: Uint8Array;
  /** What the battery holds, and could hold, kWh. */
  readonly energy: Float64Array;
  readonly capacity: Float64Array;
  /** Voltage at the input, 1 nominal. */
  readonly voltage: Float64Array;
  /** How long the input has been good, and when its rectifier starts after it came back, s. */
  readonly goodS: Float64Array;
  readonly startS: Float64Array;
  /** Part of the load that comes from the input in this step, 0…1; the battery gives the rest. */
  readonly share: Float64Array;
  readonly overloadS: Float64Array;
  readonly trip: Uint8Array;
  readonly isLow: Uint8Array;
  /** 1: it counted too many dips and refuses the mains. */
  readonly refuses: Uint8Array;
  /** Times of the last dips, s. Shape: banks × dipLimit.count, and the next place to write. */
  readonly dipTimes: Float64Array;
  readonly dipNext: Uint8Array;
  /** Output that the load of the step before would ask of it now, kW. */
  readonly wanted: Float64Array;
  /** Loss and what went into the battery in this step (− came out), kW. */
  readonly loss: Float64Array;
  readonly stored: Float64Array;
  /** Live paths of each row. Shape: rows. */
  readonly livePaths: Uint8Array;
  /** Length of the step, s. */
  stepSeconds: number;
}

export const createBanks = (
  twin: Twin,
  columns: PlantColumns,
  { topology, conditions, seed }: { topology: Topology; conditions: Conditions; seed: number },
): Banks => {
  const { count } = twin.table("ups");
  const zeros = (): Float64Array => new Float64Array(count);
  const { failed, batteryAged, bypass } = conditions.of("ups");
  const { breakerOpenA, breakerOpenB } = conditions.of("row");
  return {
    // Classes other than the rack are stored in 64 bits (catalogue).
    column: columnsOf(columns, "ups", [
      "power",
      "inputPower",
      "loadRate",
      "batteryCharge",
      "supplyMode",
      "status",
    ]) as Banks["column"],
    failed,
    aged: batteryAged,
    bypass,
    resetByHand: conditions.of("building").resetByHand,
    breakerOpenA,
    breakerOpenB,
    isExhausted: new Uint8Array(count),
    energy: zeros().fill(Number.MAX_VALUE),
    capacity: zeros(),
    voltage: zeros(),
    goodS: zeros(),
    startS: Float64Array.from({ length: count }, (_, bank) => {
      const building = topology.buildingOfBank[bank]!;
      const place = building < 0 ? 0 : bank - topology.banksOf[building * 2]!;
      return waitS + groupS * (place % groups) + buildingSpreadS * unit(seed + 621, building);
    }),
    share: zeros().fill(1),
    overloadS: zeros(),
    trip: new Uint8Array(count),
    isLow: new Uint8Array(count),
    refuses: new Uint8Array(count),
    dipTimes: new Float64Array(count * dipLimit.count).fill(Number.NEGATIVE_INFINITY),
    dipNext: new Uint8Array(count),
    wanted: zeros(),
    loss: zeros(),
    stored: zeros(),
    livePaths: new Uint8Array(twin.table("row").count),
    stepSeconds: 0,
  };
};
