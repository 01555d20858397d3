/** Data types by code (Sparkplug B 3.0 §6.4.16; `DataType` in the Tahu protobuf schema). */
export const sparkplugDataTypes = [
  "Unknown",
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "Float",
  "Double",
  "Boolean",
  "String",
  "DateTime",
  "Text",
  "UUID",
  "DataSet",
  "Bytes",
  "File",
  "Template",
  "PropertySet",
  "PropertySetList",
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Int64Array",
  "UInt8Array",
  "UInt16Array",
  "UInt32Array",
  "UInt64Array",
  "FloatArray",
  "DoubleArray",
  "BooleanArray",
  "StringArray",
  "DateTimeArray",
] as const;
export type SparkplugDataType = (typeof sparkplugDataTypes)[number];

export const DataType = Object.fromEntries(sparkplugDataTypes.map((name, code) => [name, code])) as Readonly<
  Record<SparkplugDataType, number>
>;

/** Which field of the `value` one-of a metric came with. */
export const ValueKind = { none: 0, integer: 1, real: 2, boolean: 3, other: 4 } as const;
export type ValueKind = (typeof ValueKind)[keyof typeof ValueKind];

const isInteger = (type: number): boolean => type >= DataType.Int8 && type <= DataType.UInt64;
const isReal = (type: number): boolean => type === DataType.Float || type === DataType.Double;

/** True for the types whose values are one number: all others are listed and not shown. */
export const isNumeric = (type: number): boolean =>
  isInteger(type) || isReal(type) || type === DataType.Boolean;

/** Bits of each integer type, by code; signed below `UInt8`. */
const bits = [0, 8, 16, 32, 64, 8, 16, 32, 64] as const;

/**
 * Undoes the two's complement of a signed integer, which travels in an unsigned field: in its own width (255 is the
 * Int8 −1), or extended to 32 or 64 bits, as different encoders do. Undefined when it fits in none of them.
 */
const signed = (raw: number, width: number): number | undefined => {
  const half = 2 ** (width - 1);
  if (raw >= -half && raw < half) return raw;
  if (raw >= half && raw < 2 * half) return raw - 2 * half;
  return raw >= 2 ** 32 - half && raw < 2 ** 32 ? raw - 2 ** 32 : undefined;
};

const integer = (type: number, raw: number): number | undefined => {
  const width = bits[type]!;
  if (type === DataType.Int64) return raw;
  if (type === DataType.UInt64) return raw < 0 ? raw + 2 ** 64 : raw;
  if (type < DataType.UInt8) return signed(raw, width);
  return raw >= 0 && raw < 2 ** width ? raw : undefined;
};

/**
 * The number that a metric's value means.
 * @param raw as it was read: integers as signed 64 bits, Boolean as 0 or 1
 * @returns undefined when the value came in a field of another type, or does not fit its own
 */
export const numberOf = (type: number, kind: ValueKind, raw: number): number | undefined => {
  if (kind === ValueKind.integer) return isInteger(type) ? integer(type, raw) : undefined;
  if (kind === ValueKind.real) return isReal(type) ? raw : undefined;
  return kind === ValueKind.boolean && type === DataType.Boolean ? raw : undefined;
};

/** Integers beyond 2^53 are no longer exact in a double. */
export const isExact = (kind: ValueKind, value: number): boolean =>
  kind !== ValueKind.integer || Number.isSafeInteger(value);
