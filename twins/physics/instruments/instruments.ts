import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { createColumns } from "#twins/physics/columns.ts";

/** Everything between what is true and what is published: sensors, meters and the gateways that send them. */
export interface Instruments {
  /** What instruments show. */
  readonly readings: PlantColumns;
  /** Reads everything once more, after a step. */
  read(): void;
}

export const createInstruments = (twin: Twin, truth: PlantColumns): Instruments => {
  const readings = createColumns(twin);
  return {
    readings,
    read: () => {
      for (const [name, columns] of readings) {
        const own = truth.get(name)!;
        for (const [metric, column] of columns.entries()) column?.set(own[metric]!);
      }
    },
  };
};
