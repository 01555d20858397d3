import { classSpec } from "#twins/model/catalogue.ts";
import type { ClassName, MetricSpec } from "#twins/model/metric.ts";
import { isMeasured } from "#twins/physics/columns.ts";
import { coolingKinds } from "./cooling-kinds.ts";
import { energyKinds } from "./energy-kinds.ts";
import type { FaultKind } from "./kind.ts";
import { powerKinds } from "./power-kinds.ts";
import { meterKinds, sensorKinds } from "./sensor-kinds.ts";

/** Everything that can go wrong in the simulated plant, and what people can do to it (docs/FAULTS.md). */
export const faultKinds: readonly FaultKind[] = [
  ...powerKinds,
  ...coolingKinds,
  ...energyKinds,
  ...sensorKinds,
  ...meterKinds,
];

/** Metrics of a class that a fault of its sensors can be in; none for other faults. A state has no drift and no noise. */
export const metricsOf = ({ id, acts }: FaultKind, className: ClassName): readonly MetricSpec[] => {
  if (acts === "condition" || className === "system") return [];
  const measured = classSpec(className).metrics.filter((metric) => isMeasured(className, metric));
  const hasRegister = measured.some(({ kind }) => kind === "counter");
  switch (id) {
    case "registerReset":
      return measured.filter(({ kind }) => kind === "counter");
    case "ratioWrong":
      return hasRegister ? measured.slice(0, 1) : [];
    case "sensorDrift":
    case "sensorNoisy":
      return measured.filter(({ kind }) => kind === "analog");
    default:
      return measured;
  }
};

/** Faults that may be ordered at an asset of a class: its own, those of what is below it, those of its sensors. */
export const faultsAt = (className: ClassName): readonly FaultKind[] =>
  faultKinds.filter(
    (kind) =>
      kind.className === className ||
      kind.places.includes(className) ||
      metricsOf(kind, className).length > 0,
  );

/** One of them by id. */
export const faultAt = (className: ClassName, id: string): FaultKind | undefined =>
  faultsAt(className).find((kind) => kind.id === id);
