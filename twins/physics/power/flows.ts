import type { Banks } from "./banks.ts";
import { supplyMode } from "./banks.ts";
import { charged, chargingPower, dischargeEfficiency, drawn } from "./battery.ts";
import { bypassLoss, hvdcLoss, switchboardLoss, upsLoss } from "./curves.ts";
import type { Topology } from "./topology.ts";
import { bankKind } from "./topology.ts";

/** Half of what double conversion loses is lost in the rectifier, half in the inverter; a DC bus needs no inverter. */
const conversionLoss = (
  kind: number,
  { share, output, ratedKw }: { share: number; output: number; ratedKw: number },
): number =>
  kind === bankKind.hvdc ? share * hvdcLoss(output, ratedKw) : (0.5 + 0.5 * share) * upsLoss(output, ratedKw);

interface BankStep {
  readonly bank: number;
  readonly kind: number;
  readonly ratedKw: number;
  readonly stepSeconds: number;
}

/** Input, losses and battery of a bank that converts: the input gives its share, the battery the rest. */
const stepConverting = (b: Banks, { bank, kind, ratedKw, stepSeconds }: BankStep): void => {
  const output = b.column.power[bank]!;
  const share = b.share[bank]!;
  const conversion = conversionLoss(kind, { share, output, ratedKw });
  const fromBattery = (1 - share) * (output + conversion);
  const before = b.energy[bank]!;
  const added = share === 1 ? charged(b.capacity[bank]! - before, ratedKw, stepSeconds) : 0;
  b.energy[bank] = before + added - drawn(fromBattery, stepSeconds);
  b.stored[bank] =
    stepSeconds > 0 ? ((b.energy[bank]! - before) * 3600) / stepSeconds : -fromBattery / dischargeEfficiency;
  const charging = chargingPower(added, stepSeconds);
  b.column.inputPower[bank] = share * (output + conversion) + charging;
  b.loss[bank] =
    conversion +
    fromBattery * (1 / dischargeEfficiency - 1) +
    (stepSeconds > 0 ? charging - (added * 3600) / stepSeconds : 0);
};

/** From what every bank gives to what it takes: input = output + loss + what the battery stored. */
export const stepFlows = (b: Banks, { kindOfBank, rated }: Topology, stepSeconds: number): void => {
  const { power, inputPower, loadRate, batteryCharge, supplyMode: mode } = b.column;
  for (let bank = 0; bank < power.length; bank++) {
    const output = power[bank]!;
    const ratedKw = rated.bank[bank]!;
    const kind = kindOfBank[bank]!;
    if (mode[bank] === supplyMode.online || mode[bank] === supplyMode.battery)
      stepConverting(b, { bank, kind, ratedKw, stepSeconds });
    else {
      const isThrough = mode[bank] !== supplyMode.dead;
      const through = mode[bank] === supplyMode.bypass ? bypassLoss : switchboardLoss;
      b.loss[bank] = isThrough ? through(output, ratedKw) : 0;
      b.stored[bank] = 0;
      inputPower[bank] = output + b.loss[bank]!;
    }
    loadRate[bank] = ratedKw > 0 ? (100 * output) / ratedKw : 0;
    const capacity = b.capacity[bank]!;
    batteryCharge[bank] = capacity > 0 ? Math.max(0, (100 * b.energy[bank]!) / capacity) : 0;
  }
};
