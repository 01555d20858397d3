import type { Twin } from "#twins/model/twin.ts";
import type { PlantColumns } from "#twins/physics/columns.ts";
import { createColumns } from "#twins/physics/columns.ts";
import type { Conditions } from "#twins/physics/conditions.ts";
import { createChannels, readChannel } from "./channels.ts";
import type { Disturbance, DisturbanceKind, SensorPoint } from "./disturbances.ts";
import { createDisturbances, disturbMeters, disturbReadings } from "./disturbances.ts";
import { createErrors } from "./errors.ts";
import type { Gateways } from "./gateways.ts";
import { createGateways } from "./gateways.ts";
import { isOf, readRegisters, registersOf } from "./registers.ts";

/** Everything between what is true and what is published: sensors, meters and the gateways that send them. */
export interface Instruments {
  /** What instruments show; NaN: no reading. */
  readonly readings: PlantColumns;
  readonly gateways: Gateways;
  /** Reads everything once more, after a step. @param timeMs end of the step, ms UTC */
  read(timeMs: number): void;
  /**
   * Breaks one sensor or meter, or repairs it with severity 0; what several kinds do to one point adds up. It shows from
   * the next reading on. False where there is no such sensor, or none that can be so.
   */
  disturb(point: SensorPoint, kind: DisturbanceKind, severity: number): boolean;
  /** All that is disturbed now. */
  disturbed(): readonly Disturbance[];
}

export interface InstrumentOptions {
  readonly truth: PlantColumns;
  readonly conditions: Conditions;
  readonly seed: number;
}

export const createInstruments = (twin: Twin, options: InstrumentOptions): Instruments => {
  const { truth, conditions, seed } = options;
  const readings = createColumns(twin);
  const channels = createChannels({ truth, readings }, seed);
  const registers = [...truth.keys()].flatMap(
    (className) => registersOf(twin, channels, { className, seed }) ?? [],
  );
  const sensors = channels.filter((channel) => !registers.some((each) => isOf(each, channel)));
  const errors = createErrors(seed);
  const gateways = createGateways(conditions.of("building"), seed);
  const reading = { timeMs: Number.NaN, elapsedS: Number.POSITIVE_INFINITY };
  const wrong = createDisturbances(channels, registers);
  return {
    readings,
    gateways,
    read: (timeMs) => {
      if (!Number.isNaN(reading.timeMs)) reading.elapsedS = (timeMs - reading.timeMs) / 1000;
      reading.timeMs = timeMs;
      gateways.follow();
      disturbMeters(wrong.list, timeMs);
      for (let i = 0; i < sensors.length; i++) readChannel(sensors[i]!, errors, reading);
      for (let i = 0; i < registers.length; i++) readRegisters(registers[i]!, errors, timeMs);
      disturbReadings(wrong.list, errors, timeMs);
    },
    disturb: (point, kind, severity) => wrong.set({ ...point, kind, severity }, reading.timeMs),
    disturbed: () =>
      wrong.list.map(({ className, row, metric, kind, severity }) => ({
        className,
        row,
        metric,
        kind,
        severity,
      })),
  };
};
