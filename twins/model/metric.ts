/** analog: any number; state: a small set of codes; counter: grows, may wrap or reset. */
export type MetricKind = "analog" | "state" | "counter";

/** One column of a class table. */
export interface MetricSpec {
  /** Stable id, camelCase, unique within its class: `inletTemperature`. */
  readonly id: string;
  /** UCUM unit code (https://ucum.org): `kW`, `Cel`, `%`, `L/min`, `1` for a ratio. */
  readonly unit: string;
  readonly kind: MetricKind;
  /** Logs and displays are lossless to this step, in `unit`. Absent: bit-exact. */
  readonly resolution?: number;
  /** Expected time between values, ms; a publisher may declare another (docs/WIRE.md). */
  readonly periodMs: number;
  /** Fixed colour and bar range in `unit`; never auto-scaled silently. */
  readonly range: readonly [number, number];
  /** True where a value may stand for hours and its source is well: a command, a position, a figure somebody reports. */
  readonly steady?: boolean;
  /** True when the engine computes it; a wire value for it is refused as a fault. */
  readonly derived?: boolean;
  /** State codes and their words. */
  readonly states?: readonly { readonly code: number; readonly en: string; readonly zh: string }[];
  /** Names for people. */
  readonly name: { readonly en: string; readonly zh: string };
  /** DSX point type and process areas that carry this metric, for the wire (docs/WIRE.md). */
  readonly dsx?: {
    readonly pointType: string;
    readonly processArea?: readonly string[];
    readonly namespace?: "BMS" | "HT";
  };
}

/** One kind of asset and the columns all its rows share. */
export interface ClassSpec {
  readonly name: ClassName;
  /** Brick class (https://brickschema.org) or, for wind turbines and places, our own. */
  readonly brick: string;
  /** DSX objectType that addresses this class. */
  readonly dsxObjectType?: string;
  /** Array type of the table: 32-bit floats, or 64-bit where counters live. */
  readonly storage: "f32" | "f64";
  readonly metrics: readonly MetricSpec[];
  readonly label: { readonly en: string; readonly zh: string };
}

export const classNames = [
  "site",
  "zone",
  "building",
  "floor",
  "room",
  "row",
  "rack",
  "crah",
  "cdu",
  "chiller",
  "coolingTower",
  "pump",
  "ups",
  "generator",
  "transformer",
  "substation",
  "meter",
  "pvTable",
  "windTurbine",
  "battery",
  "weatherStation",
  "system",
  "centre",
  "portal",
  "waterMeter",
] as const;

export type ClassName = (typeof classNames)[number];
