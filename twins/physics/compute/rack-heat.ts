import { pow } from "#twins/physics/maths.ts";
import type { Moment } from "#twins/physics/moment.ts";
import { approach } from "#twins/physics/moment.ts";
import { clamp } from "#twins/physics/noise.ts";
import type { RoomSupply } from "#twins/physics/supply.ts";
import type { Racks } from "./racks.ts";
import { coldPlateShare, liquidHeat, RackFault } from "./racks.ts";

/** Rise of air through a rack at rated power, K. */
const airRiseK = 14;
/** Air follows what blows it within a minute; liquid within half. */
const airTimeS = 60;
const liquidTimeS = 25;

/**
 * Chips: accelerators of measured servers are at 32 °C + 0.10 K/W (STANDARDS); a card of 331 W at full load is 33 K above
 * the 32 °C. Every chip is taken to be so warm at its share of its rack's power, above the coolant it has: the liquid
 * at its plate, or the air 9 K above the inlet (the 32 °C of a room at 23 °C).
 */
const chipRiseK = 33;
const aboveInletK = 9;
/**
 * Its own memory. 20 s for a chip under its plate: 0.10 K/W times about 200 J/K of lid, copper and the water in it;
 * 60 s for one with a heat sink (assumed). What a plate carries off goes with the flow to the 0.8 (turbulent,
 * Dittus–Boelter); a fiftieth still goes into liquid that stands.
 */
const plateTimeS = 20;
const sinkTimeS = 60;
const leastConductance = 0.02;

/** From here a chip slows down, here it is down to its slowest, and switches its server off, °C (data sheets: 87…105). */
const throttleFromC = 87;
const chipLimitC = 105;
const slowest = 0.25;
/** It speeds up again over a minute. */
const speedUpS = 60;

/** An inlet so warm for so long and servers switch themselves off (beyond ASHRAE's A3; assumed). */
const inletLimitC = 45;
const inletLimitS = 60;
/** They may be started again once it is as cool as this (hysteresis), with coolant there. */
const startBelowC = 30;
const startChipBelowC = 60;
const startFlow = 0.6;

/** Leak detection says so from this size on; a rack that leaks is switched off after seconds. */
const leakSeen = 0.02;
const leakTripS = 5;

/** Beyond any limit a chip is off and gets no warmer. */
const hottestC = 115;

/** One room as its racks meet it, °C and parts of the step. Reused. */
interface RoomStep {
  intakeC: number;
  liquidC: number;
  liquidShare: number;
  conductance: number;
  airStep: number;
  liquidStep: number;
  plateStep: number;
  sinkStep: number;
  /** 1/s; 0 where nothing can be stored: at the first step. */
  perSecond: number;
  seconds: number;
  /** What the chips of the rack at hand stored, kW: a field, since a returned number would be boxed. */
  keptKw: number;
}

const roomStep: RoomStep = {
  intakeC: 0,
  liquidC: 0,
  liquidShare: 0,
  conductance: 0,
  airStep: 0,
  liquidStep: 0,
  plateStep: 0,
  sinkStep: 0,
  perSecond: 0,
  seconds: 0,
  keptKw: 0,
};

/** Temperatures of all racks after a step, who throttles and who trips, and where the heat went. */
export const stepRackHeat = (racks: Racks, supply: RoomSupply, moment: Moment): void => {
  const step = roomStep;
  step.seconds = moment.stepSeconds;
  step.airStep = approach(moment, airTimeS);
  step.liquidStep = approach(moment, liquidTimeS);
  step.sinkStep = approach(moment, sinkTimeS);
  const plateStep = approach(moment, plateTimeS);
  step.perSecond = moment.stepSeconds > 0 && !moment.first ? 1 / moment.stepSeconds : 0;
  for (let room = 0; room < racks.ofRoom.length / 2; room++) {
    const airShare = clamp(supply.airShare[room]!, 0, 1);
    step.intakeC = airShare * supply.air[room]! + (1 - airShare) * supply.warmAir[room]!;
    step.liquidC = supply.liquid[room]!;
    step.liquidShare = clamp(supply.liquidShare[room]!, 0, 1);
    const isFull = step.liquidShare === 1;
    step.conductance = isFull ? 1 : Math.max(leastConductance, pow(step.liquidShare, 0.8));
    step.plateStep = isFull ? plateStep : approach(moment, plateTimeS / step.conductance);
    stepRoom(racks, room, step);
  }
};

const stepRoom = (racks: Racks, room: number, step: RoomStep): void => {
  const { facts, columns, ofRoom, heat } = racks;
  const { installedKw, liquid, placeK, recirculation } = facts;
  const { power, inletTemperature: inlet, outletTemperature: outlet } = columns;
  const { chipC, fault, speed, hotS } = racks.state;
  const end = ofRoom[room * 2 + 1]!;
  let toAir = 0;
  let toLiquid = 0;
  let stored = 0;
  for (let rack = ofRoom[room * 2]!; rack < end; rack++) {
    const kw = power[rack]!;
    const rated = installedKw[rack]!;
    const share = rated > 0 ? kw / rated : 0;
    const plates = liquid[rack] === 1 ? coldPlateShare : 0;
    const wanted = step.intakeC + placeK[rack]! + recirculation[rack]! * kw * (1 - plates);
    inlet[rack] = inlet[rack]! + (wanted - inlet[rack]!) * step.airStep;
    // Server fans follow load with a floor, so the rise grows less than the power.
    const rise = (airRiseK * share) / (0.42 + 0.58 * share);
    outlet[rack] = outlet[rack]! + (inlet[rack]! + rise - outlet[rack]!) * step.airStep;
    if (plates === 0) {
      const chip = inlet[rack]! + aboveInletK + chipRiseK * share;
      chipC[rack] = chipC[rack]! + (chip - chipC[rack]!) * step.sinkStep;
      toAir += kw;
    } else {
      stepPlates(racks, rack, step);
      toAir += kw * (1 - plates);
      toLiquid += kw * plates - step.keptKw;
      stored += step.keptKw;
    }
    // What is well stays so.
    if (
      chipC[rack]! > throttleFromC ||
      inlet[rack]! > inletLimitC ||
      fault[rack] !== 0 ||
      speed[rack] !== 1 ||
      hotS[rack] !== 0
    )
      guard(racks, rack, step);
  }
  heat.toAir[room] = toAir;
  heat.toLiquid[room] = toLiquid;
  heat.stored[room] = stored;
};

/** Cold plates of one rack. */
const stepPlates = (racks: Racks, rack: number, step: RoomStep): void => {
  const { facts, columns, state, conditions } = racks;
  const { liquidSupplyTemperature: cold, liquidReturnTemperature: warm, liquidFlow, power } = columns;
  const { chipC } = state;
  const kw = power[rack]!;
  const rated = facts.installedKw[rack]!;
  const share = rated > 0 ? kw / rated : 0;
  const leak = conditions.leak[rack]!;
  if (leak > 0 || state.leakS[rack]! > 0) noteLeak(racks, rack, step.seconds);
  const conductance =
    leak > 0 ? Math.max(leastConductance, step.conductance * (1 - Math.min(1, leak))) : step.conductance;
  const plateStep =
    leak > 0 ? Math.min(1, (step.plateStep * conductance) / step.conductance) : step.plateStep;

  cold[rack] = cold[rack]! + (step.liquidC - cold[rack]!) * step.liquidStep;
  const before = chipC[rack]!;
  const settled = cold[rack]! + (chipRiseK * share) / conductance;
  const after = Math.min(hottestC, before + (settled - before) * plateStep);
  chipC[rack] = after;
  // Heat capacity: what makes the time constant at the rise of full power.
  step.keptKw = ((coldPlateShare * rated * plateTimeS) / chipRiseK) * (after - before) * step.perSecond;

  const litres = facts.flow[rack]! * (0.55 + 0.45 * share) * step.liquidShare * (1 - Math.min(1, leak));
  liquidFlow[rack] = litres;
  const carried = kw * coldPlateShare - step.keptKw;
  // Water leaves no warmer than the chips are, however little of it flows.
  const rise = litres > 0.01 ? carried / (litres * liquidHeat) : chipRiseK;
  const leaving = clamp(cold[rack]! + rise, Math.min(cold[rack]!, after), Math.max(cold[rack]!, after));
  warm[rack] = warm[rack]! + (leaving - warm[rack]!) * step.liquidStep;
};

/** Leak detection under a rack, and the interlock that switches it off. */
const noteLeak = ({ columns, conditions, state }: Racks, rack: number, seconds: number): void => {
  const isSeen = conditions.leak[rack]! >= leakSeen;
  columns.leakDetect[rack] = isSeen ? 1 : 0;
  state.leakS[rack] = isSeen ? state.leakS[rack]! + seconds : 0;
  if (state.leakS[rack]! >= leakTripS) state.fault[rack] = RackFault.leak;
};

/** Slows chips that are hot, switches off what is too hot, and lets it start again once it is cool. */
const guard = ({ columns, conditions, facts, state }: Racks, rack: number, step: RoomStep): void => {
  const { speed, chipC, hotS, fault } = state;
  const chip = chipC[rack]!;
  const inlet = columns.inletTemperature[rack]!;
  const hot = clamp((chip - throttleFromC) / (chipLimitC - throttleFromC), 0, 1);
  const wanted = 1 - (1 - slowest) * hot;
  speed[rack] = wanted <= speed[rack]! ? wanted : Math.min(wanted, speed[rack]! + step.seconds / speedUpS);
  hotS[rack] = inlet > inletLimitC ? hotS[rack]! + step.seconds : 0;
  if (fault[rack] === RackFault.none) {
    if (chip >= chipLimitC) fault[rack] = RackFault.chip;
    else if (hotS[rack]! >= inletLimitS) fault[rack] = RackFault.inlet;
    return;
  }
  const hasCoolant = facts.liquid[rack] === 0 || step.liquidShare >= startFlow;
  const isCool = inlet <= startBelowC && chip <= startChipBelowC && hasCoolant;
  if (isCool && conditions.leak[rack]! < leakSeen) fault[rack] = RackFault.none;
};
