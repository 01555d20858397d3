import type { Moment } from "#twins/physics/moment.ts";
import type { Banks } from "./banks.ts";
import { dipLimit, longS, supplyMode, trip } from "./banks.ts";
import { batteryCapacity, drawn } from "./battery.ts";
import { dropOutVoltage } from "./boards.ts";
import { lostVoltage, status } from "./standby.ts";
import type { Topology } from "./topology.ts";
import { bankKind } from "./topology.ts";

/** From nothing to all of the load, s. */
const walkInS = 15;
/** More than this for so long: over to bypass; more than the second: off (usual UPS limits, IEC 62040-3 leaves them to the maker). */
const overload = { ratio: 1.25, forS: 60, off: 1.5 };

/** What reaches the inputs of the banks. */
export interface BankInputs {
  readonly topology: Topology;
  /** Voltage behind each transformer and that mains bring to a building, 1 nominal. */
  readonly voltage: Float64Array;
  readonly incoming: Float64Array;
  readonly onGenerators: Uint8Array;
  /** Power of each row of racks in the step before, kW. */
  readonly rowPower: Float64Array;
  /** Cooling pumps of each room that hang on its banks now, kW. */
  readonly essential: Float64Array;
  readonly moment: Moment;
}

/** ∫ of the walk-in ramp from good input at 0 to `goodS`, s. */
const walkedIn = (goodS: number, startS: number): number => {
  const since = goodS - startS;
  if (since <= 0) return 0;
  return since < walkInS ? (since * since) / (2 * walkInS) : since - walkInS / 2;
};

const countDip = (b: Banks, bank: number, seconds: number): void => {
  const first = bank * dipLimit.count;
  b.dipTimes[first + b.dipNext[bank]!] = seconds;
  b.dipNext[bank] = (b.dipNext[bank]! + 1) % dipLimit.count;
  if (seconds - b.dipTimes[first + b.dipNext[bank]!]! <= dipLimit.withinS) b.refuses[bank] = 1;
};

const reset = (b: Banks, bank: number): void => {
  b.refuses[bank] = 0;
  b.trip[bank] = trip.none;
  b.overloadS[bank] = 0;
  b.dipTimes.fill(Number.NEGATIVE_INFINITY, bank * dipLimit.count, (bank + 1) * dipLimit.count);
};

const hasStandby = ({ generatorsOf }: Topology, building: number): boolean =>
  (generatorsOf[building]?.length ?? 0) > 0;

const readVoltage = (b: Banks, { topology, incoming, voltage }: BankInputs, bank: number): void => {
  const transformer = topology.transformerOfBank[bank]!;
  b.voltage[bank] = transformer < 0 ? (incoming[topology.buildingOfBank[bank]!] ?? 1) : voltage[transformer]!;
};

/** Whether a bank carries on as it did: its input has been good for longer than any wait, and nothing is wrong with it. */
const isUndisturbed = (b: Banks, { topology }: BankInputs, bank: number): boolean =>
  b.goodS[bank] === longS &&
  b.share[bank] === 1 &&
  b.voltage[bank]! >= lostVoltage &&
  b.trip[bank] === trip.none &&
  b.failed[bank] === 0 &&
  b.bypass[bank] === 0 &&
  (b.resetByHand[topology.buildingOfBank[bank]!] ?? 0) === 0;

/** How good the input is and how far the rectifier has walked in. */
const stepInput = (b: Banks, inputs: BankInputs, bank: number): void => {
  const { topology, moment, onGenerators } = inputs;
  const building = topology.buildingOfBank[bank]!;
  const voltage = b.voltage[bank]!;
  if ((b.resetByHand[building] ?? 0) > 0) reset(b, bank);
  const isLow = voltage < lostVoltage;
  if (isLow && b.isLow[bank] === 0 && onGenerators[building] !== 1) countDip(b, bank, moment.seconds);
  b.isLow[bank] = isLow ? 1 : 0;
  const isRefused = b.refuses[bank] === 1 && onGenerators[building] !== 1 && hasStandby(topology, building);
  const isTaken = !isLow && !isRefused;
  const before = moment.first ? longS : b.goodS[bank]!;
  const after = isTaken ? Math.min(longS, before + moment.stepSeconds) : 0;
  b.goodS[bank] = after;
  const started = b.startS[bank]!;
  if (!isTaken) b.share[bank] = 0;
  else if (before >= started + walkInS) b.share[bank] = 1;
  // Without a battery it starts when the input carries all of the load.
  else if (b.isExhausted[bank] === 1) b.share[bank] = after >= started + walkInS ? 1 : 0;
  else if (after > before)
    b.share[bank] = (walkedIn(after, started) - walkedIn(before, started)) / (after - before);
};

/** How a bank would supply, its battery and its load apart. */
const modeBy = (b: Banks, { topology }: BankInputs, bank: number): number => {
  const kind = topology.kindOfBank[bank]!;
  const voltage = b.voltage[bank]!;
  const wasLive = b.column.supplyMode[bank] !== supplyMode.dead;
  if (b.trip[bank] === trip.off) return supplyMode.dead;
  if (kind === bankKind.mainsDirect)
    return voltage >= (wasLive ? dropOutVoltage : lostVoltage) && b.failed[bank] === 0
      ? supplyMode.mainsDirect
      : supplyMode.dead;
  const isOut = b.failed[bank]! > 0;
  if (kind === bankKind.upsDouble && (isOut || b.bypass[bank]! > 0 || b.trip[bank] === trip.toBypass))
    return voltage >= dropOutVoltage ? supplyMode.bypass : supplyMode.dead;
  // A DC bus has no bypass: without rectifiers its battery carries on alone.
  if (isOut) b.share[bank] = 0;
  if (b.share[bank] === 1) return supplyMode.online;
  if (b.isExhausted[bank] === 1) return supplyMode.dead;
  return b.share[bank]! > 0 ? supplyMode.online : supplyMode.battery;
};

/** Too much load for too long: over to bypass, and back when it is gone. A bank without a bypass goes off. */
const checkOverload = (b: Banks, { topology, moment }: BankInputs, bank: number): void => {
  const ratedKw = topology.rated.bank[bank]!;
  const ratio = ratedKw > 0 ? b.column.power[bank]! / ratedKw : 0;
  b.overloadS[bank] = ratio > overload.ratio ? b.overloadS[bank]! + moment.stepSeconds : 0;
  if (b.overloadS[bank]! >= overload.forS)
    b.trip[bank] = topology.kindOfBank[bank] === bankKind.upsDouble ? trip.toBypass : trip.off;
  else if (b.trip[bank] === trip.toBypass && ratio <= 1) b.trip[bank] = trip.none;
};

/**
 * Whether the battery lasts the step; what it holds is compared with the load of the step before, so that a bank ends
 * within a step of its battery's end. An input that is good carries the load in one piece where no battery is left.
 */
const checkBattery = (b: Banks, bank: number, seconds: number): number => {
  const mode = b.column.supplyMode[bank]!;
  if ((mode !== supplyMode.online && mode !== supplyMode.battery) || b.share[bank] === 1) return mode;
  const needed = drawn((1 - b.share[bank]!) * b.wanted[bank]!, seconds);
  if (b.energy[bank]! > needed) return mode;
  if (b.isLow[bank] === 1 || b.failed[bank]! > 0) {
    b.isExhausted[bank] = 1;
    return supplyMode.dead;
  }
  b.refuses[bank] = 0;
  b.share[bank] = 1;
  return supplyMode.online;
};

const isFeedLive = (b: Banks, { bankOfFeed, rowOfFeed, pathOfFeed }: Topology, feed: number): boolean => {
  const row = rowOfFeed[feed]!;
  const breaker = pathOfFeed[feed] === 0 ? b.breakerOpenA : b.breakerOpenB;
  return b.column.supplyMode[bankOfFeed[feed]!] !== supplyMode.dead && breaker[row] === 0;
};

const countPaths = (b: Banks, topology: Topology): void => {
  b.livePaths.fill(0);
  for (let feed = 0; feed < topology.bankOfFeed.length; feed++)
    if (isFeedLive(b, topology, feed)) {
      const row = topology.rowOfFeed[feed]!;
      b.livePaths[row] = b.livePaths[row]! + 1;
    }
};

/** Shares what rows and pumps take among the live banks. Output of each bank, kW, into `outputs`. */
export const shareLoad = (
  b: Banks,
  { topology, rowPower, essential }: Pick<BankInputs, "topology" | "rowPower" | "essential">,
  outputs: Float64Array,
): void => {
  outputs.fill(0);
  const { bankOfFeed, rowOfFeed, banksOfRoom } = topology;
  for (let feed = 0; feed < bankOfFeed.length; feed++) {
    if (!isFeedLive(b, topology, feed)) continue;
    const bank = bankOfFeed[feed]!;
    const row = rowOfFeed[feed]!;
    outputs[bank] = outputs[bank]! + rowPower[row]! / b.livePaths[row]!;
  }
  for (let room = 0; room < essential.length; room++) {
    if (essential[room] === 0) continue;
    const start = banksOfRoom[room * 2]!;
    const end = banksOfRoom[room * 2 + 1]!;
    let live = 0;
    for (let bank = start; bank < end; bank++) if (b.column.supplyMode[bank] !== supplyMode.dead) live++;
    for (let bank = start; bank < end; bank++)
      if (b.column.supplyMode[bank] !== supplyMode.dead)
        outputs[bank] = outputs[bank]! + essential[room]! / live;
  }
};

/** Ends the banks whose load or battery does not let them go on. Returns whether there were any. */
const endBanks = (b: Banks, topology: Topology, seconds: number): boolean => {
  const { supplyMode: mode } = b.column;
  let hasEnded = false;
  for (let bank = 0; bank < mode.length; bank++) {
    if (mode[bank] === supplyMode.dead) continue;
    const ratio = b.wanted[bank]! / Math.max(1e-9, topology.rated.bank[bank]!);
    if (ratio > overload.off) b.trip[bank] = trip.off;
    mode[bank] = b.trip[bank] === trip.off ? supplyMode.dead : checkBattery(b, bank, seconds);
    hasEnded ||= mode[bank] === supplyMode.dead;
  }
  return hasEnded;
};

/** Decides how every bank supplies in this step, from its input, its battery and the load of the step before. */
export const stepBanks = (b: Banks, inputs: BankInputs): void => {
  const { topology, moment } = inputs;
  const { kindOfBank, rated } = topology;
  const { supplyMode: mode, status: shown } = b.column;
  for (let bank = 0; bank < mode.length; bank++) {
    b.capacity[bank] =
      kindOfBank[bank] === bankKind.mainsDirect
        ? 0
        : batteryCapacity(rated.bank[bank]!, Math.min(1, b.aged[bank]!));
    b.energy[bank] = Math.min(b.energy[bank]!, b.capacity[bank]!);
    readVoltage(b, inputs, bank);
    // What is well stays so: the rest is for banks that something happens to.
    if (!isUndisturbed(b, inputs, bank)) stepInput(b, inputs, bank);
    checkOverload(b, inputs, bank);
    mode[bank] = modeBy(b, inputs, bank);
    if (b.share[bank] === 1) b.isExhausted[bank] = 0;
  }
  // Whoever ends leaves its load to the others, who may then end too: until nobody does. Nobody comes back meanwhile.
  do {
    countPaths(b, topology);
    shareLoad(b, inputs, b.wanted);
  } while (endBanks(b, topology, moment.stepSeconds));
  for (let bank = 0; bank < mode.length; bank++) {
    const isFaulty = b.failed[bank]! > 0 || b.trip[bank] !== trip.none;
    shown[bank] = isFaulty ? status.fault : mode[bank] === supplyMode.dead ? status.off : status.on;
  }
};
