import type { Banks } from "./banks.ts";
import { supplyMode } from "./banks.ts";
import { charged, chargingPower, dischargeEfficiency, drawn } from "./battery.ts";
import { bypassLoss, hvdcLoss, switchboardLoss, upsLoss } from "./curves.ts";
import type { Topology } from "./topology.ts";
import { bankKind } from "./topology.ts";

/**
 * What a bank loses in converting, kW. Half of what double conversion loses is lost in the rectifier, which only works
 * for the input's share, half in the inverter; a DC bus needs no inverter.
 */
const conversionLoss = (b: Banks, { kindOfBank, rated }: Topology, bank: number): number => {
  const output = b.column.power[bank]!;
  const share = b.share[bank]!;
  return kindOfBank[bank] === bankKind.hvdc
    ? share * hvdcLoss(output, rated.bank[bank]!)
    : (0.5 + 0.5 * share) * upsLoss(output, rated.bank[bank]!);
};

/** What the battery of a bank takes in during a step, kWh: only while the input carries all of the load. */
const taken = (b: Banks, { rated }: Topology, bank: number): number =>
  b.share[bank] === 1 ? charged(b.capacity[bank]! - b.energy[bank]!, rated.bank[bank]!, b.stepSeconds) : 0;

/** Input, losses and battery of a bank that converts: the input gives its share, the battery the rest. */
const stepConverting = (b: Banks, topology: Topology, bank: number): void => {
  const { stepSeconds } = b;
  const share = b.share[bank]!;
  const conversion = conversionLoss(b, topology, bank);
  const needed = b.column.power[bank]! + conversion;
  // Behind a good input a full battery takes and gives nothing.
  if (share === 1 && b.energy[bank] === b.capacity[bank]) {
    b.stored[bank] = 0;
    b.column.inputPower[bank] = needed;
    b.loss[bank] = conversion;
    return;
  }
  const fromBattery = (1 - share) * needed;
  const before = b.energy[bank]!;
  const added = taken(b, topology, bank);
  b.energy[bank] = before + added - drawn(fromBattery, stepSeconds);
  // A step without length moves no energy, but power flows.
  const perSecond = stepSeconds > 0 ? 3600 / stepSeconds : 0;
  b.stored[bank] =
    stepSeconds > 0 ? (b.energy[bank]! - before) * perSecond : -fromBattery / dischargeEfficiency;
  const charging = chargingPower(added, stepSeconds);
  b.column.inputPower[bank] = share * needed + charging;
  b.loss[bank] = conversion + fromBattery * (1 / dischargeEfficiency - 1) + charging - added * perSecond;
};

/** Input and losses of a bank that lets power through, or of a dark one. */
const stepThrough = (b: Banks, { rated }: Topology, bank: number): void => {
  const output = b.column.power[bank]!;
  const mode = b.column.supplyMode[bank];
  const lossOf = mode === supplyMode.bypass ? bypassLoss : switchboardLoss;
  b.loss[bank] = mode === supplyMode.dead ? 0 : lossOf(output, rated.bank[bank]!);
  b.stored[bank] = 0;
  b.column.inputPower[bank] = output + b.loss[bank]!;
};

/** From what every bank gives to what it takes: input = output + loss + what the battery stored. */
export const stepFlows = (b: Banks, topology: Topology, stepSeconds: number): void => {
  const { power, loadRate, batteryCharge, supplyMode: mode } = b.column;
  b.stepSeconds = stepSeconds;
  for (let bank = 0; bank < power.length; bank++) {
    const isConverting = mode[bank] === supplyMode.online || mode[bank] === supplyMode.battery;
    if (isConverting) stepConverting(b, topology, bank);
    else stepThrough(b, topology, bank);
    const ratedKw = topology.rated.bank[bank]!;
    const capacity = b.capacity[bank]!;
    loadRate[bank] = ratedKw > 0 ? (100 * power[bank]!) / ratedKw : 0;
    batteryCharge[bank] = capacity > 0 ? Math.max(0, (100 * b.energy[bank]!) / capacity) : 0;
  }
};
