import fc from "fast-check";
import { expect, test } from "vitest";
import { Quality } from "#twins/model/quality.ts";
import { createEnvelope, decodeEnvelope } from "./envelope.ts";

const decode = (text: string) => {
  const envelope = createEnvelope();
  decodeEnvelope(Buffer.from(text), envelope);
  return envelope;
};

test("the scanner gives what JSON.parse gives, bit for bit", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000),
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map(Number),
      ),
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: -3, max: 3 }),
      fc.boolean(),
      (value, timestamp, quality, isSpaced) => {
        const envelope = decode(JSON.stringify({ value, timestamp, quality }, null, isSpaced ? 1 : 0));
        expect(envelope.value).toBe(JSON.parse(JSON.stringify(value)));
        expect(envelope.timestampMs).toBe(timestamp);
        expect(envelope.quality).toBe(quality === 1 ? Quality.good : Quality.bad);
        expect(envelope.fault).toBe(quality === 1 ? null : "quality-bad");
        if (quality !== 1) expect(envelope.detail).toBe(`quality is ${quality}, 1 is good`);
      },
    ),
  );
});

test("numbers that JSON does not allow are refused as JSON.parse refuses them", () => {
  for (const number of ["01", "1.", ".5", "-", "+1", "1.2.3", "0x1", "--1", "1e"])
    expect(decode(`{"value":${number},"timestamp":1,"quality":1}`).fault, number).toBe("payload-malformed");
  expect(decode('{"value":0.5,"timestamp":1,"quality":1}').value).toBe(0.5);
  expect(decode('{"value":-0,"timestamp":1,"quality":1}').value).toBe(-0);
  expect(decode('{"value":1e3,"timestamp":1,"quality":1}').value).toBe(1000);
});

test.each([
  ['{"value":1', "payload-malformed"],
  ['{"value":1,"timestamp":1,"quality":1}}', "payload-malformed"],
  ["", "payload-malformed"],
  ["[1]", "payload-malformed"],
  ['{"value":"1","timestamp":1,"quality":1}', "value-type"],
  ['{"timestamp":1,"quality":1}', "value-type"],
  ['{"value":null,"timestamp":1,"quality":1}', "value-null"],
  ['{"value":NaN,"timestamp":1,"quality":1}', "value-not-finite"],
  ['{"value":1e999,"timestamp":1,"quality":1}', "value-not-finite"],
  ['{"value":1,"quality":1}', "time-missing"],
  ['{"value":1,"timestamp":"now","quality":1}', "time-missing"],
  ['{"value":1,"timestamp":1,"quality":192}', "quality-bad"],
])("%s is %s", (text, fault) => {
  expect(decode(text).fault).toBe(fault);
});

test("no bytes make it throw, and nothing but a plain number reads as good", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const envelope = createEnvelope();
      decodeEnvelope(bytes, envelope);
      if (envelope.fault === null) expect(Number.isFinite(envelope.value)).toBe(true);
    }),
  );
});

test("quality is optional, and without it a value is uncertain", () => {
  const envelope = decode('{"value":1,"timestamp":5}');
  expect(envelope).toMatchObject({ value: 1, timestampMs: 5, quality: Quality.uncertain, fault: null });
});

/** Found by `npm run bench -- fuzz`: to write it into the detail overflowed the stack. */
test.each(["quality", "timestamp", "value"])(
  "a %s of a hundred thousand levels is a fault, not a crash",
  (key) => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const fields = { value: "1", timestamp: "5", quality: "1", [key]: deep };
    const text = Object.entries(fields).map(([name, json]) => `"${name}":${json}`);
    expect(decode(`{${text.join()}}`).fault).not.toBeNull();
  },
);
