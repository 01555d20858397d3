import type { FaultCode } from "#feed/contract/status.ts";
import { stampCell } from "#feed/tables/class-table.ts";
import { createReading, take } from "#feed/tables/take.ts";
import { MetricFlag, type SparkplugPayload } from "#feed/wire/sparkplug.ts";
import { isExact, numberOf, sparkplugDataTypes, type ValueKind } from "#feed/wire/sparkplug-types.ts";
import { holdStale, isHeldStale, Quality, releaseStale } from "#twins/model/quality.ts";
import { type Incoming, type IntakeContext, noteSample } from "./context.ts";
import type { Member } from "./sparkplug-nodes.ts";

/** Values of the property `Quality` (Sparkplug B 3.0 §6.4.14). */
const qualityGood = 192;
const qualityStale = 500;
const noQuality = -1;

/** Where values of one message belong. */
export interface ValueSource {
  readonly member: Member;
  readonly message: Incoming;
  /** A birth repeats what is known: the same again is no fault. */
  readonly isBirth: boolean;
  /** Messages were lost: until a birth says it anew, nobody knows what else was. */
  readonly isUnsynced: boolean;
}

/** Name of a metric wherever topics are listed: MQTT allows no `#` in a topic, so it is none. */
export const addressOf = ({ dataTopic }: Member, name: string): string => `${dataTopic}#${name}`;

const hexShown = 32;
export const shownBytes = (payload: Uint8Array): string =>
  `${payload.length} bytes: ${Buffer.from(payload.subarray(0, hexShown)).toString("hex")}`;

/** Takes metrics of decoded payloads into the tables. One reading is reused: no object per value. */
export const createSparkplugValues = (context: IntakeContext, payload: SparkplugPayload) => {
  const { store, bindings, faults, unmapped, counters } = context;
  const reading = createReading(store.publishers);
  const at = { table: store.tables.all[0]!, cell: 0 };

  const fault = (source: ValueSource, place: number, code: FaultCode, detail: string): void =>
    faults.count(code, {
      topic: addressOf(source.member, source.member.book!.names[place]!),
      payload: shownBytes(source.message.payload),
      detail,
    });

  const lowerQuality = (): void => {
    reading.quality = Math.min(reading.quality, Quality.uncertain) as Quality;
  };

  /** Sets the reading's number; false when the metric says nothing that could be taken. */
  const readNumber = (source: ValueSource, i: number, place: number): boolean => {
    const announced = source.member.book!.dataType[place]!;
    const type = payload.dataType[i] || announced;
    if (type !== announced) {
      const names = [type, announced].map((code) => sparkplugDataTypes[code] ?? code);
      fault(source, place, "value-type", `${names[0]}, born as ${names[1]}`);
      return false;
    }
    const kind = payload.kind[i] as ValueKind;
    reading.value = Number.NaN;
    if ((payload.flags[i]! & MetricFlag.null) !== 0 || kind === 0) {
      fault(source, place, "value-null", kind === 0 ? "no value" : "is_null");
      return true;
    }
    const value = numberOf(type, kind, payload.raw[i]!);
    if (value === undefined) {
      fault(source, place, "value-type", `${payload.raw[i]} is no ${sparkplugDataTypes[type]}`);
      return false;
    }
    if (Number.isFinite(value)) reading.value = value;
    else fault(source, place, "value-not-finite", `${value}`);
    if (!isExact(kind, value)) lowerQuality();
    return true;
  };

  const readQuality = (source: ValueSource, i: number, place: number): void => {
    const quality = payload.quality[i]!;
    reading.quality = source.isUnsynced ? Quality.uncertain : Quality.good;
    if (quality === qualityGood || quality === noQuality) return;
    reading.quality = quality === qualityStale ? Quality.uncertain : Quality.bad;
    fault(source, place, "quality-bad", `Quality is ${quality}; 192 is good, 0 bad, 500 stale`);
  };

  const readTime = (source: ValueSource, i: number, place: number): void => {
    const sourceMs = payload.sourceMs[i]!;
    reading.sourceMs = Number.isNaN(sourceMs) ? payload.timestampMs : sourceMs;
    if (!Number.isNaN(reading.sourceMs)) return;
    reading.sourceMs = source.message.receivedMs;
    lowerQuality();
    fault(source, place, "time-missing", "neither the metric nor the payload has a timestamp");
  };

  /** A value is held stale for as long as its source calls it so: by its quality, or by a death that a birth undoes. */
  const followSource = (isStale: boolean): void => {
    const { table, cell } = at;
    const status = table.status[cell]!;
    if (isHeldStale(status) === isStale) return;
    table.status[cell] = isStale ? holdStale(status) : releaseStale(status);
    stampCell(store.tables, table, cell);
  };

  const settle = (source: ValueSource, i: number, place: number): void => {
    const verdict = take(store, at, reading);
    const { table, cell } = at;
    if (verdict === "taken") {
      table.binding[cell] = source.member.book!.binding[place]!;
      counters.points++;
      noteSample(counters, reading.sourceMs, reading.receivedMs);
    }
    const isSame = verdict === "duplicate" || (verdict === "out-of-order" && source.isBirth);
    if (verdict === "taken" || isSame) followSource(payload.quality[i] === qualityStale);
    if (verdict === "taken" || verdict === "outranked" || (isSame && source.isBirth)) return;
    const aheadS = Math.round((reading.sourceMs - reading.receivedMs) / 1000);
    const detail =
      verdict === "value-range" ? `${reading.value} is far outside` : `source time ${aheadS} s from receipt`;
    fault(source, place, verdict, detail);
  };

  return {
    /** Takes metric `i` of the payload as the one at `place` of its birth. */
    take: (source: ValueSource, i: number, place: number): void => {
      const { member, message } = source;
      const binding = member.book!.binding[place]!;
      if (binding < 0) {
        unmapped.again(addressOf(member, member.book!.names[place]!), message.receivedMs);
        return;
      }
      if ((payload.flags[i]! & MetricFlag.historical) !== 0) {
        fault(source, place, "historical", "is_historical: of the past, never current");
        return;
      }
      readQuality(source, i, place);
      if (!readNumber(source, i, place)) return;
      readTime(source, i, place);
      at.table = store.tables.all[bindings.classIndex[binding]!]!;
      at.cell = bindings.cell[binding]!;
      reading.value = reading.value * bindings.scale[binding]! + bindings.offset[binding]!;
      reading.receivedMs = message.receivedMs;
      reading.publisher = member.publisher;
      reading.kept = source.isBirth;
      settle(source, i, place);
    },
  };
};
