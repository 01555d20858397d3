import type { FaultCode } from "#feed/contract/status.ts";
import { Quality } from "#twins/model/quality.ts";
import { shownValue } from "./text.ts";

/** A decoded DSX value message. One mutable instance is reused: no object per message. */
export interface Envelope {
  /** NaN for null. */
  value: number;
  /** Source time, ms UTC; NaN when the message has none. */
  timestampMs: number;
  quality: Quality;
  /** What is wrong; the fields are only valid without a fault or with one of `readableFaults`. */
  fault: FaultCode | null;
  detail: string;
}

export const createEnvelope = (): Envelope => ({
  value: Number.NaN,
  timestampMs: Number.NaN,
  quality: Quality.unknown,
  fault: null,
  detail: "",
});

/** Faults of a message that still says something about its point: at least that there is no reading. */
export const readableFaults: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "value-null",
  "value-not-finite",
  "quality-bad",
  "time-missing",
]);

const valueKey = Buffer.from('{"value":');
const timestampKey = Buffer.from(',"timestamp":');
const qualityKey = Buffer.from(',"quality":');
const closingBrace = 0x7d;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;

/** Powers of ten that are exact in a double. */
const exactPowers = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);
/** Mantissas below this plus one digit stay exact: 2^53 / 10. */
const mantissaLimit = 900_719_925_474_099;

let cursor = 0;

const matches = (bytes: Uint8Array, key: Uint8Array): boolean => {
  if (cursor + key.length > bytes.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[cursor + i] !== key[i]) return false;
  cursor += key.length;
  return true;
};

/**
 * A plain JSON decimal at the cursor, or NaN to leave it to JSON.parse. Exact: an integer below 2^53 divided by an
 * exact power of ten is rounded once (Clinger 1990), so it equals what JSON.parse gives.
 */
const decimal = (bytes: Uint8Array): number => {
  const isNegative = bytes[cursor] === minus;
  if (isNegative) cursor++;
  const first = cursor;
  let mantissa = 0;
  let point = -1;
  let at = cursor;
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!;
    const digit = byte - zero;
    if (digit >= 0 && digit <= 9) {
      if (mantissa >= mantissaLimit) return Number.NaN;
      mantissa = mantissa * 10 + digit;
    } else if (byte === dot && point < 0 && at > first) point = at;
    else break;
  }
  const digits = at - first - (point < 0 ? 0 : 1);
  const decimals = point < 0 ? 0 : at - point - 1;
  if (digits === 0 || decimals > 22 || point === at - 1) return Number.NaN;
  const isZeroLed = bytes[first] === zero && first + 1 < at && point !== first + 1;
  if (isZeroLed) return Number.NaN;
  cursor = at;
  const magnitude = decimals === 0 ? mantissa : mantissa / exactPowers[decimals]!;
  return isNegative ? -magnitude : magnitude;
};

const fail = (into: Envelope, fault: FaultCode, detail: string): void => {
  into.fault = fault;
  into.detail = detail;
};

const failQuality = (into: Envelope, quality: unknown): void => {
  into.quality = Quality.bad;
  fail(into, "quality-bad", `quality is ${shownValue(quality)}, 1 is good`);
};

/** The common case, byte for byte: keys in DSX's order, no spaces, plain numbers. False leaves it to JSON.parse. */
const scan = (bytes: Uint8Array, into: Envelope): boolean => {
  cursor = 0;
  if (!matches(bytes, valueKey)) return false;
  const value = decimal(bytes);
  if (Number.isNaN(value) || !matches(bytes, timestampKey)) return false;
  const timestamp = decimal(bytes);
  if (Number.isNaN(timestamp) || !matches(bytes, qualityKey)) return false;
  const quality = decimal(bytes);
  if (Number.isNaN(quality) || bytes[cursor] !== closingBrace || cursor !== bytes.length - 1) return false;
  into.value = value;
  into.timestampMs = timestamp;
  into.quality = Quality.good;
  into.fault = null;
  if (quality !== 1) failQuality(into, quality);
  return true;
};

const parse = (bytes: Uint8Array, into: Envelope): void => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    const isBareNonFinite = /"value"\s*:\s*[+-]?(NaN|Infinity|inf)\b/i.test(text);
    into.value = Number.NaN;
    into.timestampMs = Number.NaN;
    into.quality = Quality.bad;
    if (isBareNonFinite) fail(into, "value-not-finite", "value is NaN or infinite, which is no JSON");
    else fail(into, "payload-malformed", error instanceof Error ? error.message : String(error));
    return;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    fail(into, "payload-malformed", "expected an object with value, timestamp and quality");
    return;
  }
  fromFields(message as Readonly<Record<string, unknown>>, into);
};

const fromFields = (message: Readonly<Record<string, unknown>>, into: Envelope): void => {
  const { value, timestamp, quality } = message as {
    value?: unknown;
    timestamp?: unknown;
    quality?: unknown;
  };
  into.fault = null;
  into.detail = "";
  if (quality === 1) into.quality = Quality.good;
  else if (quality === undefined) into.quality = Quality.uncertain;
  else failQuality(into, quality);
  into.timestampMs = typeof timestamp === "number" ? timestamp : Number.NaN;
  if (Number.isNaN(into.timestampMs)) {
    into.quality = Math.min(into.quality, Quality.uncertain) as Quality;
    fail(into, "time-missing", `timestamp is ${shownValue(timestamp)}, expected epoch milliseconds`);
  }
  if (value === null) {
    into.value = Number.NaN;
    fail(into, "value-null", "the source has no reading");
  } else if (typeof value !== "number")
    fail(into, "value-type", `value is ${value === undefined ? "missing" : typeof value}, expected a number`);
  else if (!Number.isFinite(value)) {
    into.value = Number.NaN;
    fail(into, "value-not-finite", "value is too large for a double");
  } else into.value = value;
};

/** Decodes `{"value", "timestamp", "quality"}` (docs/WIRE.md §1) into `into`. Never throws. */
export const decodeEnvelope = (bytes: Uint8Array, into: Envelope): void => {
  if (!scan(bytes, into)) parse(bytes, into);
};
