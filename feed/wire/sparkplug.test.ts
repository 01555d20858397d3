import fc from "fast-check";
import { PbfWriter } from "pbf";
import { expect, test } from "vitest";
import { decodePayload, encodePayload, type Metric } from "./sparkplug.fixture.ts";
import { MetricFlag, metricLimit, SparkplugPayload } from "./sparkplug.ts";
import { describeMetric } from "./sparkplug-describe.ts";
import { DataType, isExact, numberOf, type SparkplugDataType, type ValueKind } from "./sparkplug-types.ts";

const now = Date.UTC(2026, 10, 23, 12);

const decoded = (bytes: Uint8Array): SparkplugPayload => {
  const payload = new SparkplugPayload();
  expect(payload.decode(bytes)).toBeNull();
  return payload;
};

const numberIn = (payload: SparkplugPayload, i = 0) =>
  numberOf(payload.dataType[i]!, payload.kind[i] as ValueKind, payload.raw[i]!);

test("a payload is read as another implementation wrote it", () => {
  const metrics: Metric[] = [
    { name: "Rack/k01/power", alias: 7, timestamp: now - 5, type: "Float", value: 12.5 },
    { alias: 8, type: "Boolean", value: true, isHistorical: true, isTransient: true },
    {
      name: "temperature",
      type: "Double",
      value: null,
      properties: { engUnit: { type: "String", value: "°C" }, Quality: { type: "Int32", value: 500 } },
    },
  ];
  const payload = decoded(encodePayload(now, metrics, 42));
  expect(payload).toMatchObject({ timestampMs: now, seq: 42, count: 3 });
  expect(payload.name.slice(0, 3)).toEqual(["Rack/k01/power", null, "temperature"]);
  expect([...payload.alias.subarray(0, 3)]).toEqual([7, 8, Number.NaN]);
  expect([...payload.sourceMs.subarray(0, 3)]).toEqual([now - 5, Number.NaN, Number.NaN]);
  expect([...payload.flags.subarray(0, 3)]).toEqual([
    0,
    MetricFlag.historical | MetricFlag.transient,
    MetricFlag.null,
  ]);
  expect(payload.unit.slice(0, 3)).toEqual([null, null, "°C"]);
  expect([...payload.quality.subarray(0, 3)]).toEqual([-1, -1, 500]);
  expect([numberIn(payload, 0), numberIn(payload, 1)]).toEqual([12.5, 1]);
});

test.each([
  ["Int8", -128],
  ["Int8", 127],
  ["Int16", -32_768],
  ["Int16", 32_767],
  ["Int32", -(2 ** 31)],
  ["Int32", 2 ** 31 - 1],
  ["Int64", -(2 ** 53) + 1],
  ["Int64", 2 ** 53 - 1],
  ["UInt8", 255],
  ["UInt16", 65_535],
  ["UInt32", 2 ** 32 - 1],
  ["UInt64", 2 ** 53 - 1],
  ["Float", -0.5],
  ["Double", Math.PI],
] as const)("%s %d keeps its value", (type, value) => {
  const payload = decoded(encodePayload(now, [{ name: "a", type, value }], 0));
  expect(payload.dataType[0]).toBe(DataType[type]);
  expect(numberIn(payload)).toBe(value);
  expect(isExact(payload.kind[0] as ValueKind, numberIn(payload)!)).toBe(true);
});

test("Boolean is 0 or 1", () => {
  for (const value of [false, true])
    expect(numberIn(decoded(encodePayload(now, [{ name: "a", type: "Boolean", value }])))).toBe(
      Number(value),
    );
});

test("integers beyond 2^53 are near, and known not to be exact", () => {
  for (const [type, value] of [
    ["UInt64", 2 ** 64 - 2048],
    ["UInt64", 2 ** 53 + 2],
    ["Int64", -(2 ** 60)],
  ] as const) {
    const payload = decoded(encodePayload(now, [{ name: "a", type, value }]));
    expect(numberIn(payload)! / value).toBeCloseTo(1, 12);
    expect(isExact(payload.kind[0] as ValueKind, numberIn(payload)!)).toBe(false);
  }
});

test("a signed integer is the same in its own width and extended to 32 or 64 bits", () => {
  for (const raw of [0xff, 0xffffffff, -1]) expect(numberOf(DataType.Int8, 1, raw)).toBe(-1);
  for (const raw of [0xffff, 0xffffffff, -1]) expect(numberOf(DataType.Int16, 1, raw)).toBe(-1);
  expect([256, -129, 0xffffff7f].map((raw) => numberOf(DataType.Int8, 1, raw))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(numberOf(DataType.UInt8, 1, 256)).toBeUndefined();
});

test("a value in the field of another type is no value", () => {
  expect(numberOf(DataType.Float, 1, 7)).toBeUndefined();
  expect(numberOf(DataType.Boolean, 1, 1)).toBeUndefined();
  expect(numberOf(DataType.Int32, 2, 7)).toBeUndefined();
  expect(numberOf(DataType.String, 4, 7)).toBeUndefined();
});

const bytes = Uint8Array.of(1, 2, 3);
const template = {
  isDefinition: false,
  templateRef: "Motor",
  metrics: [
    { name: "rpm", type: "Int32", value: 1 },
    { name: "amps", type: "Float", value: 2 },
  ],
} as const;
const dataSet = {
  numOfColumns: 2,
  columns: ["phase", "amps"],
  types: ["String", "Float"],
  rows: [
    ["L1", 1],
    ["L2", 2],
  ],
} as const;

test.each<[SparkplugDataType, unknown, string]>([
  ["String", "on", "String is no number"],
  ["Text", "on", "Text is no number"],
  ["UUID", "0-1", "UUID is no number"],
  ["DateTime", now, "DateTime is no number"],
  ["Bytes", bytes, "3 bytes of Bytes"],
  ["File", bytes, "3 bytes of File"],
  ["DataSet", dataSet, "a DataSet of 2 columns (phase, amps) and 2 rows"],
  ["Template", template, "a Template of Motor with 2 members (rpm, amps)"],
])("%s is described for the list of what is not shown", (type, value, description) => {
  const metric = { name: "a", type, value } as Metric;
  const payload = encodePayload(now, [metric]);
  const { start, end, dataType } = decoded(payload);
  expect(dataType[0]).toBe(DataType[type]);
  expect(describeMetric(payload.subarray(start[0], end[0]), dataType[0]!)).toBe(description);
});

test("arrays, which the other implementation does not know, are bytes of their type", () => {
  const pbf = new PbfWriter();
  pbf.writeMessage(2, writeFloatArray, Float32Array.of(1, 2, 3));
  const payload = pbf.finish();
  const { start, end, dataType, kind } = decoded(payload);
  expect(numberOf(dataType[0]!, kind[0] as ValueKind, 0)).toBeUndefined();
  expect(describeMetric(payload.subarray(start[0], end[0]), dataType[0]!)).toBe("12 bytes of FloatArray");
});

const writeFloatArray = (values: Float32Array, pbf: PbfWriter): void => {
  pbf.writeStringField(1, "curve");
  pbf.writeVarintField(4, DataType.FloatArray);
  pbf.writeBytesField(16, new Uint8Array(values.buffer));
};

test("keys and values of properties may come in any order, nested ones are left alone", () => {
  const properties = {
    nested: { type: "PropertySet", value: { Quality: { type: "Int32", value: 0 } } },
    other: { type: "String", value: "x" },
    Quality: { type: "Int32", value: 192 },
    engUnit: { type: "String", value: "kW" },
  } as const;
  const payload = decoded(encodePayload(now, [{ name: "a", type: "Float", value: 1, properties } as Metric]));
  expect([payload.quality[0], payload.unit[0]]).toEqual([192, "kW"]);
});

test("a payload cut anywhere is refused or loses whole metrics, never half of one", () => {
  const whole = encodePayload(now, [{ name: "power", alias: 3, type: "Float", value: 12.5 }], 9);
  const payload = new SparkplugPayload();
  for (let length = 0; length < whole.length; length++) {
    const problem = payload.decode(whole.subarray(0, length));
    if (problem === null && payload.count > 0) expect(payload.name[0]).toBe("power");
    if (problem !== null) expect(payload.count).toBe(0);
  }
});

test.each([
  ["a varint without an end", [0x08, ...Array<number>(11).fill(0xff)]],
  ["a length past the end", [0x12, 0x7f, 0x0a]],
  ["a length of 2^63", [0x12, ...Array<number>(9).fill(0xff), 0x01]],
  ["a metric's field past the metric", [0x12, 0x04, 0x0a, 0x7f, 0x61, 0x61]],
  ["a group, which nobody uses", [0x0b, 0x0c]],
  ["field number zero", [0x00, 0x01]],
  ["a double cut short", [0x12, 0x03, 0x69, 0x00, 0x00]],
])("%s is malformed", (_name, wire) => {
  expect(new SparkplugPayload().decode(Uint8Array.from(wire))).toEqual(expect.any(String));
});

test("more metrics than are taken is refused whole", () => {
  const empty = new Uint8Array(2 * (metricLimit + 1));
  for (let i = 0; i < empty.length; i += 2) empty[i] = 0x12;
  const payload = new SparkplugPayload();
  expect(payload.decode(empty)).toContain("metrics");
  expect(payload.decode(empty.subarray(2))).toBeNull();
});

const anyMetric: fc.Arbitrary<Metric> = fc.record(
  {
    name: fc.string({ maxLength: 20 }),
    alias: fc.nat(),
    timestamp: fc.nat(),
    type: fc.constantFrom("Int8", "Int32", "Float", "Double", "Boolean"),
    value: fc.oneof(fc.nat(100), fc.constant(null)),
  },
  { requiredKeys: ["name", "type", "value"] },
) as fc.Arbitrary<Metric>;

test("both implementations read the same out of any payload", () => {
  fc.assert(
    fc.property(fc.array(anyMetric, { maxLength: 40 }), fc.nat(255), (metrics, seq) => {
      const bytes = encodePayload(now, metrics, seq);
      const ours = decoded(bytes);
      const theirs = decodePayload(bytes);
      expect(ours.count).toBe(theirs.metrics?.length ?? 0);
      for (const [i, metric] of (theirs.metrics ?? []).entries()) {
        expect(ours.name[i] ?? "").toBe(metric.name ?? "");
        if (metric.value !== null && metric.value !== undefined)
          expect(numberIn(ours, i)).toBe(Number(metric.value));
      }
    }),
    { numRuns: 300 },
  );
});

test("mutated payloads never throw, and are described without throwing", () => {
  const whole = encodePayload(
    now,
    [
      {
        name: "a",
        alias: 1,
        type: "Float",
        value: 1,
        properties: { engUnit: { type: "String", value: "W" } },
      },
      { name: "t", type: "Template", value: template } as unknown as Metric,
      { name: "d", type: "DataSet", value: dataSet } as unknown as Metric,
    ],
    1,
  );
  const payload = new SparkplugPayload();
  const edit = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.nat(whole.length), (edits, length) => {
      const bytes = whole.slice(0, length);
      for (const [at, byte] of edits) if (at < length) bytes[at] = byte;
      if (payload.decode(bytes) !== null) return;
      for (let i = 0; i < payload.count; i++) {
        expect(payload.end[i]).toBeLessThanOrEqual(bytes.length);
        expect(
          describeMetric(bytes.subarray(payload.start[i], payload.end[i]), payload.dataType[i]!),
        ).toEqual(expect.any(String));
      }
    }),
    { numRuns: 3000 },
  );
});
