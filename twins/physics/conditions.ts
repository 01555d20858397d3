import type { ClassName } from "#twins/model/metric.ts";
import type { Twin } from "#twins/model/twin.ts";

/**
 * What is wrong with an asset, as numbers that the physics reads: zero is healthy. Faults (`faults/`), scenarios and
 * people write them, nothing else does; what follows from them follows by physics. Each is 0…1 unless it says otherwise.
 */
export const conditionsOfClass = {
  site: [
    "sag", // depth of a voltage dip at the grid's hand-over, share of nominal: 0.3 leaves 70 %
    "gridLost", // the grid is gone
    "curtail", // part of the wind farm's rating that the dispatcher takes away
    "frequencyDrop", // Hz
  ],
  substation: ["open"],
  transformer: ["open", "failed"],
  ups: ["failed", "batteryAged", "bypass"],
  generator: ["failsToStart", "failed"],
  building: [
    "controlLockout", // group control does not let machines start again once they stopped
    "loopAir", // part of the water loop's cross-section that is air: pumps lose their head
    "valveShut", // of the loop to the rooms
    "resetByHand", // somebody stands at the switchboard: counted dips and tripped UPS are reset, mains are taken again
    "gatewayLost", // its BMS gateway sends nothing
    "clockSkew", // of its BMS gateway, s: ahead of true time
  ],
  room: [
    "containmentLeak",
    "valveShut",
    "fire",
    "ventilated", // people have opened doors and smoke vents: air from outside takes heat away
  ],
  row: ["breakerOpenA", "breakerOpenB"],
  rack: ["leak", "shed"], // leak of its cold plates; load taken away by people
  crah: ["failed", "filterClogged", "valveStuck"],
  cdu: ["failed", "leak"], // leak: part of its flow that is lost
  chiller: ["failed", "lockedOut", "fouled"],
  coolingTower: ["failed", "frozen", "sprayLost"],
  pump: ["failed", "lockedOut"], // lockedOut: it gets no run signal
  battery: ["thermalRunaway", "isolated"],
  windTurbine: ["failed", "iced"],
  pvTable: ["failed", "soiled"],
  meter: [],
  weatherStation: [],
  centre: [],
} as const satisfies Partial<Record<ClassName, readonly string[]>>;

export type ConditionClass = keyof typeof conditionsOfClass;
export type ConditionName<C extends ConditionClass> = (typeof conditionsOfClass)[C][number];

/** One array per condition of a class. Shape of each: rows of the class. */
export type ClassConditions<C extends ConditionClass> = Readonly<Record<ConditionName<C>, Float32Array>>;

export interface Conditions {
  of<C extends ConditionClass>(className: C): ClassConditions<C>;
  /** Array of one condition by name, or undefined: for faults, which are data. */
  find(className: string, condition: string): Float32Array | undefined;
}

/** Conditions of all assets of a twin, all healthy. */
export const createConditions = (twin: Twin): Conditions => {
  const byClass = new Map<string, Readonly<Record<string, Float32Array>>>();
  for (const [name, conditions] of Object.entries(conditionsOfClass)) {
    // The campus is one site even where the twin says nothing about it.
    const rows = Math.max(name === "site" ? 1 : 0, twin.table(name as ClassName).count);
    byClass.set(name, Object.fromEntries(conditions.map((id) => [id, new Float32Array(rows)])));
  }
  return {
    of: <C extends ConditionClass>(className: C) => byClass.get(className) as ClassConditions<C>,
    find: (className, condition) => byClass.get(className)?.[condition],
  };
};
