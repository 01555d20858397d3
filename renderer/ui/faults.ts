import type { FaultInForce } from "#twins/physics/faults/order.ts";
import { useServices } from "./services.tsx";
import { useAnswer } from "./useAnswer.ts";

const everyMs = 1000;
const none: readonly FaultInForce[] = [];

/** Faults in force in our own simulated plant, by scenario or by hand; none where an outside broker is read. */
export const useFaultsInForce = (): readonly FaultInForce[] => {
  const { demo } = useServices().session;
  return useAnswer("plant.faults", demo ? {} : null, everyMs).value ?? none;
};
