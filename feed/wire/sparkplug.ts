import { PbfReader } from "pbf";
import { ValueKind } from "./sparkplug-types.ts";

/** Metrics of one payload; what has more is refused whole. */
export const metricLimit = 100_000;
const firstCapacity = 64;

/** Bits of `SparkplugPayload.flags`. */
export const MetricFlag = { historical: 1, transient: 2, null: 4 } as const;

/** Wire types of protocol buffers. A field of another type than the schema's is skipped, as unknown fields are. */
const varint = 0;
const fixed64 = 1;
const bytes = 2;
const fixed32 = 5;

const noQuality = -1;

/** Bytes that end early, or lengths that do not fit into one another. */
class TornPayload extends Error {}

/**
 * One decoded payload as columns: a metric is an index, not an object, and the next payload overwrites it.
 * Fields of the Tahu schema that say nothing here are skipped: uuid, body, and what a metric's metadata holds.
 */
export class SparkplugPayload {
  /** When the node sent it, ms UTC; NaN when it does not say. */
  timestampMs = Number.NaN;
  /** 0–255; NaN when it has none. */
  seq = Number.NaN;
  /** Metrics; columns below are valid up to it. */
  count = 0;
  /** Null where a metric comes by its alias alone. */
  readonly name: (string | null)[] = [];
  /** Property `engUnit`. */
  readonly unit: (string | null)[] = [];
  /** NaN for none. */
  alias = new Float64Array(firstCapacity);
  /** Source time, ms UTC; NaN for none. */
  sourceMs = new Float64Array(firstCapacity);
  /** Codes of `sparkplugDataTypes`; 0 where a metric does not repeat its type. */
  dataType = new Uint8Array(firstCapacity);
  flags = new Uint8Array(firstCapacity);
  kind = new Uint8Array(firstCapacity);
  /** As it was read; `numberOf` says what it means. */
  raw = new Float64Array(firstCapacity);
  /** Property `Quality`: 0 bad, 192 good, 500 stale; −1 where a metric has none. */
  quality = new Int32Array(firstCapacity);
  /** Where the metric's bytes begin and end in the payload, for what is only listed. */
  start = new Uint32Array(firstCapacity);
  end = new Uint32Array(firstCapacity);

  /** Reads a payload; a string says why it cannot be read, and then nothing of it is to be used. Never throws. */
  decode(payload: Uint8Array): string | null {
    this.timestampMs = Number.NaN;
    this.seq = Number.NaN;
    this.count = 0;
    try {
      readPayload(new PbfReader(payload), this);
      return null;
    } catch (error) {
      // pbf throws RangeError past the end and plain Errors for varints and wire types that cannot be.
      this.count = 0;
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Makes room for one more metric and sets what it has by default. */
  add(start: number, end: number): number {
    const i = this.count++;
    if (i >= metricLimit) throw new TornPayload(`over ${metricLimit} metrics`);
    if (i === this.alias.length) this.#grow();
    this.name[i] = null;
    this.unit[i] = null;
    this.alias[i] = Number.NaN;
    this.sourceMs[i] = Number.NaN;
    this.dataType[i] = 0;
    this.flags[i] = 0;
    this.kind[i] = ValueKind.none;
    this.raw[i] = Number.NaN;
    this.quality[i] = noQuality;
    this.start[i] = start;
    this.end[i] = end;
    return i;
  }

  #grow(): void {
    const capacity = this.alias.length * 2;
    const grown = <T extends Float64Array | Uint32Array | Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.alias = grown(this.alias, new Float64Array(capacity));
    this.sourceMs = grown(this.sourceMs, new Float64Array(capacity));
    this.dataType = grown(this.dataType, new Uint8Array(capacity));
    this.flags = grown(this.flags, new Uint8Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.raw = grown(this.raw, new Float64Array(capacity));
    this.quality = grown(this.quality, new Int32Array(capacity));
    this.start = grown(this.start, new Uint32Array(capacity));
    this.end = grown(this.end, new Uint32Array(capacity));
  }
}

/** End of the length-delimited field at the reader. @throws TornPayload when it reaches past what holds it */
export const enterField = (pbf: PbfReader, outerEnd: number): number => {
  const end = pbf.readVarint() + pbf.pos;
  if (end > outerEnd) throw new TornPayload(`a field ends at byte ${end}, past ${outerEnd}`);
  return end;
};

/** To be called behind the last field of a message. @throws TornPayload when its fields did not end with it */
export const leaveFields = (pbf: PbfReader, end: number): void => {
  if (pbf.pos !== end) throw new TornPayload(`a message ends at byte ${end}, its fields at ${pbf.pos}`);
};

const readText = (pbf: PbfReader, outerEnd: number): string => {
  const start = pbf.pos;
  enterField(pbf, outerEnd);
  pbf.pos = start;
  return pbf.readString();
};

const readPayload = (pbf: PbfReader, into: SparkplugPayload): void => {
  const end = pbf.length;
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field === 1 && pbf.type === varint) into.timestampMs = pbf.readVarint();
    else if (field === 2 && pbf.type === bytes) readMetric(pbf, enterField(pbf, end), into);
    else if (field === 3 && pbf.type === varint) into.seq = pbf.readVarint();
  }
  leaveFields(pbf, end);
};

const readMetric = (pbf: PbfReader, end: number, into: SparkplugPayload): void => {
  const i = into.add(pbf.pos, end);
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field >= 10) readValue(pbf, field, into);
    else if (field === 1 && pbf.type === bytes) into.name[i] = readText(pbf, end);
    else if (field === 9 && pbf.type === bytes) readProperties(pbf, enterField(pbf, end), into);
    else if (pbf.type !== varint) continue;
    else if (field === 2) into.alias[i] = pbf.readVarint();
    else if (field === 3) into.sourceMs[i] = pbf.readVarint();
    else if (field === 4) into.dataType[i] = Math.min(pbf.readVarint(), 255);
    else if (field >= 5 && field <= 7 && pbf.readVarint() !== 0) into.flags[i]! |= 1 << (field - 5);
  }
  leaveFields(pbf, end);
};

/** One of the `value` one-of: the last one counts, as protocol buffers say. */
const readValue = (pbf: PbfReader, field: number, into: SparkplugPayload): void => {
  const i = into.count - 1;
  if ((field === 10 || field === 11) && pbf.type === varint) {
    into.kind[i] = ValueKind.integer;
    into.raw[i] = pbf.readVarint(true);
  } else if (field === 12 && pbf.type === fixed32) {
    into.kind[i] = ValueKind.real;
    into.raw[i] = pbf.readFloat();
  } else if (field === 13 && pbf.type === fixed64) {
    into.kind[i] = ValueKind.real;
    into.raw[i] = pbf.readDouble();
  } else if (field === 14 && pbf.type === varint) {
    into.kind[i] = ValueKind.boolean;
    into.raw[i] = pbf.readVarint() === 0 ? 0 : 1;
  } else if (field >= 15 && field <= 19) into.kind[i] = ValueKind.other;
};

const qualityKey = Buffer.from("Quality");
const unitKey = Buffer.from("engUnit");

/** Compares a key with the bytes, so that no string is made for the keys of every value. */
const isKey = (pbf: PbfReader, end: number, key: Uint8Array): boolean => {
  if (end - pbf.pos !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (pbf.buf[pbf.pos + i] !== key[i]) return false;
  return true;
};

/**
 * A PropertySet: keys and values are two lists of equal length, in whatever order their fields come, so the keys are
 * looked through first. Properties within properties are skipped: nothing nests here.
 */
const readProperties = (pbf: PbfReader, end: number, into: SparkplugPayload): void => {
  const start = pbf.pos;
  let keys = 0;
  let quality = -1;
  let unit = -1;
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field !== 1 || pbf.type !== bytes) continue;
    const keyEnd = enterField(pbf, end);
    if (isKey(pbf, keyEnd, qualityKey)) quality = keys;
    else if (isKey(pbf, keyEnd, unitKey)) unit = keys;
    keys++;
    pbf.pos = keyEnd;
  }
  leaveFields(pbf, end);
  if (quality < 0 && unit < 0) return;
  pbf.pos = start;
  let values = 0;
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field !== 2 || pbf.type !== bytes) continue;
    const valueEnd = enterField(pbf, end);
    if (values === quality) readQuality(pbf, valueEnd, into);
    else if (values === unit) readUnit(pbf, valueEnd, into);
    values++;
    pbf.pos = valueEnd;
  }
};

/** A PropertyValue with an integer: fields 3 and 4. */
const readQuality = (pbf: PbfReader, end: number, into: SparkplugPayload): void => {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end))
    if ((field === 3 || field === 4) && pbf.type === varint) into.quality[into.count - 1] = pbf.readVarint();
  leaveFields(pbf, end);
};

/** A PropertyValue with a string: field 8. */
const readUnit = (pbf: PbfReader, end: number, into: SparkplugPayload): void => {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end))
    if (field === 8 && pbf.type === bytes) into.unit[into.count - 1] = readText(pbf, end) || null;
  leaveFields(pbf, end);
};
