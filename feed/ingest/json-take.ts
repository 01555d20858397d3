import type { FaultCode } from "#feed/contract/status.ts";
import { createReading, take } from "#feed/tables/take.ts";
import type { Template, ValuePlan } from "#feed/wire/json/mapping.ts";
import { type Cursor, readPath } from "#feed/wire/json/path.ts";
import { createWireValue, readValue } from "#feed/wire/json/read-value.ts";
import { wordOf } from "#feed/wire/json/words.ts";
import { shownValue } from "#feed/wire/text.ts";
import { Quality } from "#twins/model/quality.ts";
import { type Incoming, type IntakeContext, noteSample } from "./context.ts";
import { followUnit, type Gathered, type JsonPoint } from "./json-points.ts";
import { isExpectedOfRetained, verdictDetail } from "./verdict.ts";

/** A value and its point, on the way into a table. */
interface Bound {
  readonly point: JsonPoint;
  readonly plan: ValuePlan;
  /** Place of the publisher in the registry. */
  readonly publisher: number;
}

/** Takes the values of one message after the other into the tables, and counts what is wrong with them. */
export class JsonTaker {
  readonly #context: IntakeContext;
  readonly #cursor: Cursor;
  readonly #reading;
  readonly #wire = createWireValue();
  /** Points whose value is gathered over the elements of this message. */
  readonly #gathering: Bound[] = [];
  #number = 0;
  #message: Incoming = { topic: "", payload: new Uint8Array(0), retained: false, receivedMs: 0 };

  constructor(context: IntakeContext, cursor: Cursor) {
    this.#context = context;
    this.#cursor = cursor;
    this.#reading = createReading(context.store.publishers);
  }

  /** Counts a fault of the current message under a topic or point. */
  fault(code: FaultCode, topic: string, detail: string): void {
    this.#context.faults.count(code, { topic, payload: this.#message.payload, detail });
  }

  /** A message begins. */
  begin(message: Incoming): void {
    this.#message = message;
    this.#number++;
  }

  get message(): Incoming {
    return this.#message;
  }

  /** Reads one value where the cursor stands. */
  value(bound: Bound, template: Template): void {
    const { point, plan } = bound;
    const wire = this.#wire;
    readValue(plan, point.metric, this.#cursor, wire);
    if (wire.fault !== null) this.fault(wire.fault, point.key, wire.detail);
    if (!wire.isSaid || !this.#hasUnit(bound)) return;
    const sourceMs = this.#timeOf(template, point);
    if (Number.isNaN(sourceMs)) return;
    const value = wire.value * point.scale + point.offset;
    if (point.gathered) this.#gather(bound, point.gathered, { value, sourceMs });
    else this.#take(bound, { value, sourceMs, quality: wire.quality });
  }

  /** All elements were read: what was gathered becomes values. */
  flush(): void {
    for (const bound of this.#gathering) {
      const { point, plan } = bound;
      const { count, value, sourceMs, quality } = point.gathered!;
      point.gathered!.count = 0;
      const of = plan.reduce!.of;
      if (count !== of) this.fault("field-missing", point.key, `${plan.label}: ${count} values of ${of}`);
      else
        this.#take(bound, { value: plan.reduce!.by === "mean" ? value / count : value, sourceMs, quality });
    }
    this.#gathering.length = 0;
  }

  #hasUnit({ point, plan }: Bound): boolean {
    if (!plan.unitPath) return true;
    const raw = readPath(plan.unitPath, this.#cursor);
    const unit = wordOf(raw);
    if (unit !== null && followUnit(point, plan, unit)) return true;
    const { id, unit: wanted } = point.metric;
    this.fault(
      unit === null ? "field-missing" : "unit-conflict",
      point.key,
      unit === null
        ? `${plan.unitPath.text} states no unit`
        : `unit ${shownValue(raw)} does not convert to ${wanted} of ${id}`,
    );
    return false;
  }

  /** Source time of the current element; that of receipt, then uncertain, where it states none; NaN: not to be taken. */
  #timeOf({ time }: Template, point: JsonPoint): number {
    const { retained, receivedMs } = this.#message;
    const raw = time && readPath(time.path, this.#cursor);
    const sourceMs = time ? time.read(raw) : Number.NaN;
    if (!Number.isNaN(sourceMs)) return sourceMs;
    if (time) this.fault("time-missing", point.key, `${time.path.text}: ${shownValue(raw)} is no time`);
    else if (retained) this.fault("time-missing", point.key, "kept by the broker, and its age unknown");
    this.#wire.quality = Math.min(this.#wire.quality, Quality.uncertain) as Quality;
    return retained ? Number.NaN : receivedMs;
  }

  #gather(bound: Bound, gathered: Gathered, read: { value: number; sourceMs: number }): void {
    const isFirst = gathered.count === 0;
    if (isFirst) this.#gathering.push(bound);
    gathered.count++;
    const isMaximum = bound.plan.reduce!.by === "max";
    gathered.value = isFirst
      ? read.value
      : isMaximum
        ? Math.max(gathered.value, read.value)
        : gathered.value + read.value;
    // As old as its newest input, as trusted as its worst.
    gathered.sourceMs = isFirst ? read.sourceMs : Math.max(gathered.sourceMs, read.sourceMs);
    const { quality } = this.#wire;
    gathered.quality = isFirst ? quality : (Math.min(gathered.quality, quality) as Quality);
  }

  #take({ point, publisher }: Bound, read: { value: number; sourceMs: number; quality: Quality }): void {
    const { store, counters } = this.#context;
    const { retained, receivedMs } = this.#message;
    if (this.#isSecond(point, read.sourceMs)) {
      this.fault(
        "duplicate",
        point.key,
        'a second value of this time in one message: "reduce" says what becomes of them',
      );
      return;
    }
    const reading = this.#reading;
    reading.value = read.value;
    reading.sourceMs = read.sourceMs;
    reading.receivedMs = receivedMs;
    reading.quality = read.quality;
    reading.kept = retained;
    reading.publisher = store.publishers.all[publisher]!;
    const verdict = take(store, point, reading);
    if (verdict === "taken") {
      point.table.binding[point.cell] = point.binding;
      counters.points++;
      noteSample(counters, read.sourceMs, receivedMs);
    } else if (verdict !== "outranked" && !(retained && isExpectedOfRetained(verdict)))
      this.fault(verdict, point.key, verdictDetail(verdict, read.sourceMs, receivedMs));
  }

  /** A second number of one instant and point: the first stands, and it is counted. Of states the last holds, as they came. */
  #isSecond(point: JsonPoint, sourceMs: number): boolean {
    const isSecond =
      point.message === this.#number &&
      point.metric.kind !== "state" &&
      point.table.sampleTimeMs[point.cell] === sourceMs;
    point.message = this.#number;
    return isSecond;
  }
}
