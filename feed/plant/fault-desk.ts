import type { FaultInForce, PlantProblem } from "#feed/contract/plant.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import type { Plant } from "#twins/physics/plant.ts";
import type { FaultClearance, FaultOrder } from "#twins/scenario/scenario.ts";
import type { PlantAnswer, PlantAsk } from "./asks.ts";

/** Puts faults into our own simulated plant by hand: conditions of its physics, by name. */
export interface FaultDesk {
  answer(ask: PlantAsk): PlantAnswer;
  /** Repairs what was broken for a time only. */
  expire(): void;
}

interface Held extends FaultInForce {
  /** Severity of each row of its class. */
  readonly severities: Float32Array;
  readonly row: number;
}

const problem = (code: PlantProblem["code"], message: string, tip: string): Result<never, PlantProblem> =>
  err({ code, message, tip });

const keyOf = ({ fault, asset }: Pick<FaultInForce, "fault" | "asset">): string => `${asset}\0${fault}`;

export const createFaultDesk = (twin: Twin, plant: Pick<Plant, "conditions" | "timeMs">): FaultDesk => {
  const held = new Map<string, Held>();

  const release = (each: Held): void => {
    each.severities[each.row] = 0;
    held.delete(keyOf(each));
  };

  const expire = (): void => {
    for (const each of held.values())
      if (each.untilMs !== null && each.untilMs <= plant.timeMs) release(each);
  };

  const inForce = (): PlantAnswer => {
    expire();
    return ok(
      [...held.values()].map(({ fault, asset, severity, untilMs }) => ({ fault, asset, severity, untilMs })),
    );
  };

  const inject = ({ fault, asset, severity = 1, forS }: FaultOrder): PlantAnswer => {
    const ref = twin.find(asset);
    if (!ref) return problem("fault-asset-unknown", `no asset "${asset}"`, "Use the path id of an asset.");
    const severities = plant.conditions.find(ref.className, fault);
    // By any name: "constructor" is found too.
    if (!(severities instanceof Float32Array))
      return problem(
        "fault-unknown",
        `no fault "${fault}" at a ${ref.className}`,
        "Use a condition of the asset's class (twins/physics/conditions.ts).",
      );
    severities[ref.row] = severity;
    const untilMs = forS === undefined ? null : plant.timeMs + forS * 1000;
    const order = { fault, asset, severity, untilMs, severities, row: ref.row };
    held.set(keyOf(order), order);
    return inForce();
  };

  const clear = ({ fault, asset }: Partial<FaultClearance>): PlantAnswer => {
    for (const each of held.values())
      if ((fault ?? each.fault) === each.fault && (asset ?? each.asset) === each.asset) release(each);
    return inForce();
  };

  return {
    expire,
    answer: (ask) => {
      switch (ask.t) {
        case "faults":
          return inForce();
        case "inject":
          return inject(ask.order);
        case "clear":
          return clear(ask.clearance);
      }
    },
  };
};
