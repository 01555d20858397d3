import type { ClassName, MetricSpec } from "#twins/model/metric.ts";

/**
 * How well a kind of sensor knows what it measures. "At most" throughout: no reading of a healthy, settled sensor is
 * further from the truth than all of them together and half a step of its resolution.
 */
export interface Accuracy {
  /** Calibration, constant for each sensor: at most ± so much of the metric's unit. */
  readonly offset?: number;
  /** Gain, constant for each sensor: at most ± so much of the value. */
  readonly gain?: number;
  /**
   * Noise, anew in every reading: at most ± so much of the metric's unit, and of anything but a temperature no more than
   * the value: what stands still reads nought.
   */
  readonly noise?: number;
  /** Noise in proportion: at most ± so much of the value. */
  readonly flicker?: number;
  /** Time constant of a sensor in its place, s: first order. */
  readonly lagS?: number;
  /** Metric of the same asset that it is computed from: both err alike. */
  readonly from?: string;
  /** Never shows more, in the metric's unit. */
  readonly most?: number;
}

/** Electricity meters are bought to keep to this part of what their class allows (assumed; purchase specifications ask for it). */
const shareOfClass = 0.6;

/**
 * Electricity meter of a class in %, with its transformers. Loads ripple within the second that a reading stands for:
 * 0.05 % and a step of the display (assumed).
 */
export const meterAccuracy = (classPercent: number, stepKw = 0.1): Accuracy => ({
  gain: (shareOfClass * classPercent) / 100,
  noise: stepKw,
  flicker: 0.0005,
});

/** Class 1 (IEC 62053-21): branch metering of PDUs and of machines' own controllers. */
const classOne = meterAccuracy(1);
/** Class 0.5S (IEC 62053-22): feeders of transformers, turbines and storage. */
const classHalf = meterAccuracy(0.5);

/**
 * Pt100 class A, IEC 60751: ±(0.15 K + 0.002·|t|). Noise of a converter that resolves 0.1 K, and time constants, assumed:
 * in moving air; in a thermowell in moving water.
 */
const pt100: Accuracy = { offset: 0.15, gain: 0.002, noise: 0.1 };
const air: Accuracy = { ...pt100, lagS: 20 };
const liquid: Accuracy = { ...pt100, lagS: 12 };
/** Thermistors on modules and cells: ±0.5 K (assumed). */
const surface: Accuracy = { offset: 0.5, noise: 0.1, lagS: 30 };

/** Electromagnetic flow meter: ±1 % of the reading (usual data sheet); noise assumed. */
const flow: Accuracy = { gain: 0.01, flicker: 0.005 };
/** Heat meter class 2, EN 1434-1: ±2 % of flow at nominal flow; the lag of its thermowells. */
const heat: Accuracy = { gain: 0.02, flicker: 0.005, lagS: 12 };
/** Water meter class 2, OIML R 49-1: ±2 % in the upper range. */
export const waterAccuracy: Accuracy = { gain: 0.02, flicker: 0.002 };
/** Cup anemometer, ±1 % and, against gusts, 0.1 m/s of noise (assumed). */
const wind: Accuracy = { gain: 0.01, noise: 0.1 };
/** Pyranometer class B, ISO 9060: calibration within 2 % (assumed); noise assumed. */
const sun: Accuracy = { gain: 0.02, flicker: 0.002 };

/**
 * Accuracy of what is measured, by class and metric. What is not listed is exact but for its resolution: commands,
 * positions, counts and figures of a computer.
 * WMO: Guide to Instruments and Methods of Observation (No. 8), annex 1.A.
 */
export const accuracies: Readonly<Record<string, Accuracy>> = {
  "rack.power": meterAccuracy(1, 0.01),
  "rack.inletTemperature": { ...air, lagS: 15 }, // on the door, in the fans' stream
  "rack.outletTemperature": { ...air, lagS: 15 },
  "rack.liquidSupplyTemperature": liquid,
  "rack.liquidReturnTemperature": liquid,
  "rack.liquidFlow": flow,
  "crah.power": classOne,
  "crah.supplyTemperature": air,
  "crah.returnTemperature": air,
  "crah.filterPressure": { gain: 0.02 }, // differential pressure gauge, assumed
  "cdu.power": classOne,
  "cdu.supplyTemperature": liquid,
  "cdu.returnTemperature": liquid,
  "cdu.flow": flow,
  "chiller.power": classOne,
  "chiller.supplyTemperature": liquid,
  "chiller.returnTemperature": liquid,
  "chiller.heat": heat,
  "coolingTower.power": classOne,
  "coolingTower.leavingTemperature": liquid,
  "coolingTower.heat": heat,
  "coolingTower.makeUpWater": waterAccuracy,
  "pump.power": classOne,
  "ups.power": classOne,
  "ups.inputPower": classOne,
  "ups.loadRate": { ...meterAccuracy(1, 0), from: "power" },
  "generator.power": classOne,
  "transformer.power": classHalf,
  "transformer.loadRate": { ...meterAccuracy(0.5, 0), from: "power" },
  "substation.power": meterAccuracy(0.2),
  "substation.voltage": { gain: 0.002, flicker: 0.0005 }, // voltage transformer class 0.2, IEC 61869-3
  "substation.frequency": { noise: 0.002 }, // phasor measurement, GB/T 26862
  "meter.power": meterAccuracy(0), // its gain is that of its own class (registers.ts)
  "meter.powerFactor": { noise: 0.002, most: 1 }, // assumed
  "pvTable.power": classOne,
  "pvTable.irradiance": sun,
  "pvTable.moduleTemperature": surface,
  "windTurbine.power": classHalf,
  "windTurbine.windSpeed": wind,
  "battery.power": classHalf,
  "battery.stateOfCharge": { gain: 0.01, most: 100 }, // a model of the cells, assumed
  "battery.temperature": surface,
  "weatherStation.airTemperature": air, // WMO: time constant 20 s
  "weatherStation.wetBulb": { offset: 0.3, noise: 0.1, lagS: 20 },
  "weatherStation.windSpeed": wind,
  "weatherStation.irradiance": sun,
  "weatherStation.pm10": { gain: 0.1, flicker: 0.02 }, // within 10 % of the reference method (assumed)
  "weatherStation.humidity": { offset: 2, noise: 0.3, lagS: 20, most: 100 }, // WMO: 3 %
  "weatherStation.pressure": { offset: 0.15, noise: 0.05 }, // WMO: 0.15 hPa
  "weatherStation.precipitation": { gain: 0.05 }, // WMO: 5 % above 2 mm/h
  "weatherStation.snowDepth": { gain: 0.05 }, // WMO: 5 % above 20 cm
  "weatherStation.visibility": { gain: 0.1, flicker: 0.02 }, // WMO: 10 % above 600 m
  "waterMeter.flow": { flicker: waterAccuracy.flicker ?? 0 }, // as meter.power
};

const exact: Accuracy = {};

/** Accuracy of a metric's sensors; a state, a counter or what is not listed is exact. */
export const accuracyOf = (className: ClassName, metric: MetricSpec): Accuracy =>
  metric.kind === "analog" ? (accuracies[`${className}.${metric.id}`] ?? exact) : exact;

/** Furthest that a healthy, settled sensor may be from a true value, in the metric's unit. */
export const errorLimit = (accuracy: Accuracy, metric: MetricSpec, value: number): number => {
  const { offset = 0, gain = 0, noise = 0, flicker = 0 } = accuracy;
  const step = metric.kind === "analog" ? (metric.resolution ?? 0) : 0;
  return offset + noise + (gain + flicker) * Math.abs(value) + step / 2;
};
