import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { columnsOf } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { unit } from "#twins/physics/noise.ts";
import type { Topology } from "./topology.ts";

/**
 * Stand-by generators of each building and the changeover (ATS) between them and the mains, at the building's 10 kV bus.
 * Times are usual settings (assumed but for the order of magnitude, GB 50174 and NFPA 110 type 10). Fuel is not modelled:
 * sets run for as long as they are wanted.
 */
const detectS = 2;
/** From the call to nominal speed: 8–12 s, each set its own. */
const [fastestStartS, startSpreadS] = [8, 4];
/** Three attempts at cranking, then the set is in fault. */
const startFailureS = 45;
/** From one set on the bus to the next one synchronised with it. */
const synchroniseS = 2;
/** Mains must be good for so long before the building goes back to them, without a gap (both sources live). */
const stableMainsS = 60;
const coolDownS = 300;
/** Mechanical load comes in quarters, one every so often. */
const stageS = 5;
export const mechanicalStage = 0.25;
/** Longest stretch that the sequence looks at once, s, and most stretches of a step. */
const stretchS = 0.5;
const mostStretches = 1000;

/** Below this a source is lost; above the second it is good again. Shares of nominal. */
export const lostVoltage = 0.85;
const goodVoltage = 0.9;

const phase = { standby: 0, running: 1, cooling: 2 } as const;
export const status = { off: 0, on: 1, fault: 2, starting: 4 } as const;

/** Index of everything but the sets: building. */
export interface Standby {
  readonly setsOf: Topology["generatorsOf"];
  readonly phase: Uint8Array;
  /** 1: the building hangs on its generators. */
  readonly onGenerators: Uint8Array;
  /** 1: the changeover moved away from the mains in this step, and what has no battery was without power for a moment. */
  readonly gap: Uint8Array;
  /** How long mains have been bad, and good; how long sets have been called, and since the last one came to the bus, s. */
  readonly badS: Float64Array;
  readonly goodS: Float64Array;
  readonly runS: Float64Array;
  readonly sinceSetS: Float64Array;
  readonly coolS: Float64Array;
  readonly sinceStageS: Float64Array;
  /** Part of the mechanical load that the sequence has let in, 0…1. */
  readonly stage: Float64Array;
  /** Rating of the sets on the bus, kW. */
  readonly capacity: Float64Array;
  /** Of the sets: time to start, rating, conditions, columns. Index: generator. */
  readonly startS: Float64Array;
  readonly rated: Float32Array;
  readonly failsToStart: Float32Array;
  readonly failed: Float32Array;
  readonly power: Float64Array;
  readonly status: Float64Array;
}

export const createStandby = (
  twin: Twin,
  columns: PlantColumns,
  { topology, conditions, seed }: { topology: Topology; conditions: Conditions; seed: number },
): Standby => {
  const zeros = (): Float64Array => new Float64Array(topology.buildings);
  const { failsToStart, failed } = conditions.of("generator");
  return {
    setsOf: topology.generatorsOf,
    phase: new Uint8Array(topology.buildings),
    onGenerators: new Uint8Array(topology.buildings),
    gap: new Uint8Array(topology.buildings),
    badS: zeros(),
    goodS: zeros(),
    runS: zeros(),
    sinceSetS: zeros(),
    coolS: zeros(),
    sinceStageS: zeros(),
    stage: zeros().fill(1),
    capacity: zeros(),
    startS: Float64Array.from(
      { length: twin.table("generator").count },
      (_, row) => fastestStartS + startSpreadS * unit(seed + 611, row),
    ),
    rated: topology.rated.generator,
    failsToStart,
    failed,
    ...(columnsOf(columns, "generator", ["power", "status"]) as Pick<Standby, "power" | "status">),
  };
};

/** What the sequence of a building looks at: its mains, and whether anything below refuses to take them. Filled in place. */
export interface Call {
  building: number;
  /** Voltage that the mains bring, 1 nominal. */
  incoming: number;
  /** UPS that counted too many dips stay away from the mains until somebody resets them. */
  isRefused: boolean;
}

/** Sets that are ready come to the bus one after the other. */
const synchronise = (s: Standby, building: number): void => {
  for (const set of s.setsOf[building]!) {
    if (s.status[set] !== status.starting) continue;
    if (s.failsToStart[set]! > 0) {
      if (s.runS[building]! >= startFailureS) s.status[set] = status.fault;
      continue;
    }
    const isFirst = s.capacity[building] === 0;
    if (s.runS[building]! < s.startS[set]! || (!isFirst && s.sinceSetS[building]! < synchroniseS)) continue;
    s.status[set] = status.on;
    s.capacity[building] = s.capacity[building]! + s.rated[set]!;
    s.sinceSetS[building] = 0;
  }
};

/** A set that breaks down leaves the bus; one that was mended stands by again once nobody calls. */
const checkSets = (s: Standby, building: number): void => {
  let capacity = 0;
  for (const set of s.setsOf[building]!) {
    if (s.failed[set]! > 0) s.status[set] = status.fault;
    else if (s.phase[building] === phase.standby && s.failsToStart[set] === 0) s.status[set] = status.off;
    if (s.status[set] === status.on) capacity += s.rated[set]!;
  }
  s.capacity[building] = capacity;
};

const beginRun = (s: Standby, building: number): void => {
  s.phase[building] = phase.running;
  s.runS[building] = 0;
  s.sinceSetS[building] = 0;
  for (const set of s.setsOf[building]!) if (s.status[set] === status.off) s.status[set] = status.starting;
};

/** The changeover while sets are called. */
const transfer = (s: Standby, building: number, isCalled: boolean): void => {
  if (s.onGenerators[building] === 0) {
    if (isCalled && s.capacity[building]! > 0) {
      s.onGenerators[building] = 1;
      s.gap[building] = 1;
      s.stage[building] = 0;
      s.sinceStageS[building] = 0;
    }
  } else if (s.sinceStageS[building]! >= stageS && s.stage[building]! < 1) {
    s.stage[building] = s.stage[building]! + mechanicalStage;
    s.sinceStageS[building] = 0;
  }
  if (!isCalled && s.goodS[building]! >= stableMainsS) {
    s.onGenerators[building] = 0;
    s.stage[building] = 1;
    s.phase[building] = phase.cooling;
    s.coolS[building] = 0;
  }
};

const stretch = (s: Standby, { building, isRefused }: Call, isGood: boolean, seconds: number): void => {
  const isCalled = !isGood || isRefused;
  s.badS[building] = isCalled ? s.badS[building]! + seconds : 0;
  s.goodS[building] = isCalled ? 0 : s.goodS[building]! + seconds;
  if (s.phase[building] === phase.standby) {
    if (s.badS[building]! >= detectS) beginRun(s, building);
    return;
  }
  s.runS[building] = s.runS[building]! + seconds;
  s.sinceSetS[building] = s.sinceSetS[building]! + seconds;
  s.sinceStageS[building] = s.sinceStageS[building]! + seconds;
  synchronise(s, building);
  if (s.phase[building] === phase.running) transfer(s, building, isCalled);
  else {
    s.coolS[building] = s.coolS[building]! + seconds;
    if (s.badS[building]! >= detectS) s.phase[building] = phase.running;
    else if (s.coolS[building]! >= coolDownS) {
      s.phase[building] = phase.standby;
      checkSets(s, building);
    }
  }
};

/** Moves the sequence of one building on. A step longer than the whole sequence ends where it settles. */
export const stepStandby = (s: Standby, call: Call, stepSeconds: number): void => {
  const { building, incoming, isRefused } = call;
  s.gap[building] = 0;
  if (s.setsOf[building]!.length === 0) return;
  checkSets(s, building);
  const isGood = incoming >= (s.badS[building] === 0 ? lostVoltage : goodVoltage);
  if (s.phase[building] === phase.standby && isGood && !isRefused) {
    s.badS[building] = 0;
    s.goodS[building] = s.goodS[building]! + stepSeconds;
    return;
  }
  const stretches = Math.min(mostStretches, Math.max(1, Math.ceil(stepSeconds / stretchS)));
  for (let i = 0; i < stretches; i++) stretch(s, call, isGood, stepSeconds / stretches);
  if (s.onGenerators[building] === 1 && s.capacity[building] === 0) s.onGenerators[building] = 0;
};

/** Shares out what a building draws among its sets, kW, and says what they give together. */
export const loadSets = (s: Standby, building: number, drawnKw: number): number => {
  const capacity = s.onGenerators[building] === 1 ? s.capacity[building]! : 0;
  for (const set of s.setsOf[building]!)
    s.power[set] = capacity > 0 && s.status[set] === status.on ? (drawnKw * s.rated[set]!) / capacity : 0;
  return capacity > 0 ? drawnKw : 0;
};
