import type { FaultCode } from "#feed/contract/status.ts";
import type { BoundPoint } from "#feed/tables/bindings.ts";
import type { CellRef } from "#feed/tables/class-table.ts";
import type { Publisher } from "#feed/tables/publishers.ts";
import { createReading, earliestMs, take } from "#feed/tables/take.ts";
import {
  type DsxTopic,
  firstSegment,
  isRefusal,
  parseDsxTopic,
  parseMetadata,
  payloadHash,
  type Refusal,
  type ResolvedPoint,
  resolveDirect,
  resolvePoint,
  valueTopicOf,
} from "#feed/wire/dsx.ts";
import { createEnvelope, decodeEnvelope, readableFaults } from "#feed/wire/envelope.ts";
import { Origin } from "#twins/model/quality.ts";
import {
  countDrop,
  countTooMany,
  type Incoming,
  type IntakeContext,
  noteSample,
  type SourceTraits,
} from "./context.ts";
import { isExpectedOfRetained, verdictDetail } from "./verdict.ts";
import { Waiting } from "./waiting.ts";

/** DSX Exchange values and metadata of one source, into the tables. */
export interface DsxIntake {
  /** Takes a value whose topic is bound: the hot path, one look-up and one parse. False when it is not bound. */
  bound(message: Incoming): boolean;
  /** Takes any other DSX topic; false when it is none. */
  other(message: Incoming): boolean;
  /** Metadata the broker kept has all come: what waits now has none. */
  metadataComplete(): void;
  readonly pendingCount: number;
  /** The values that wait for their metadata. */
  waiting(): readonly Incoming[];
}

/** What a message says a topic is. */
interface Described {
  readonly point: ResolvedPoint | Refusal;
  readonly hash: number;
  readonly message: Incoming;
}

export const createDsxIntake = (context: IntakeContext, traits: SourceTraits): DsxIntake => {
  const { twin, store, bindings, faults, unmapped, counters } = context;
  const envelope = createEnvelope();
  const reading = createReading(store.publishers);
  const at = { table: store.tables.all[0]!, cell: 0 };
  const pending = new Waiting();
  let isComplete = false;

  const fault = (code: FaultCode, message: Incoming, detail: string): void =>
    faults.count(code, { topic: message.topic, payload: message.payload, detail });

  const publisherOf = (topic: DsxTopic): Publisher => {
    const first = firstSegment(topic.tagPath);
    const declared = store.publishers.find(first);
    if (declared?.declared) return declared;
    if (traits.isPlant)
      return store.publishers.of(first, { origin: Origin.simulated, filler: traits.filler });
    return store.publishers.of(topic.writer === "PUB" ? "BMS" : topic.writer);
  };

  const takeBound = (index: number, message: Incoming): void => {
    decodeEnvelope(message.payload, envelope);
    const problem = envelope.fault;
    if (problem !== null) {
      fault(problem, message, envelope.detail);
      // Kept by the broker since nobody knows when: it has no age to show.
      if (!readableFaults.has(problem) || (message.retained && Number.isNaN(envelope.timestampMs))) return;
    }
    at.table = store.tables.all[bindings.classIndex[index]!]!;
    at.cell = bindings.cell[index]!;
    reading.value = envelope.value * bindings.scale[index]! + bindings.offset[index]!;
    reading.sourceMs = Number.isNaN(envelope.timestampMs) ? message.receivedMs : envelope.timestampMs;
    reading.receivedMs = message.receivedMs;
    reading.quality = envelope.quality;
    reading.kept = message.retained;
    reading.publisher = store.publishers.all[bindings.publisher[index]!]!;
    const verdict = take(store, at, reading);
    if (verdict === "taken") {
      at.table.binding[at.cell] = index;
      counters.points++;
      noteSample(counters, reading.sourceMs, reading.receivedMs);
    } else if (verdict !== "outranked" && !(message.retained && isExpectedOfRetained(verdict)))
      fault(verdict, message, verdictDetail(verdict, reading.sourceMs, message.receivedMs));
  };

  /** Binds a topic to its point; undefined, listed and counted, where it has none here. */
  const bind = (topic: string, dsx: DsxTopic, { point, hash, message }: Described): number | undefined => {
    if (isRefusal(point)) return refuse(topic, point, message);
    if (!bindings.hasRoomFor(store.tables, topic)) {
      countDrop(counters, "bounds");
      return refuse(topic, { code: "bounds", reason: "far more topics than points" }, message);
    }
    const table = store.tables.of(point.ref.className);
    const bound: BoundPoint = {
      classIndex: table.index,
      cell: point.ref.row * table.columns + point.metricIndex,
      publisher: publisherOf(dsx).index,
      scale: point.conversion.scale,
      offset: point.conversion.offset,
      metadataHash: hash,
    };
    unmapped.remove(topic);
    return bindings.bind(store.tables, topic, bound);
  };

  const refuse = (topic: string, { code, reason, point }: Refusal, message: Incoming): undefined => {
    // What was bound by other metadata before is not what its values mean now.
    bindings.unbind(store.tables, topic);
    if (unmapped.again(topic, message.receivedMs)) return;
    unmapped.add(topic, { code, reason }, message.receivedMs);
    fault(code, message, reason);
    if (point) store.ledger.count(cellOf(point), code, message.receivedMs);
  };

  const cellOf = ({ ref, metricIndex }: Pick<ResolvedPoint, "ref" | "metricIndex">): CellRef => {
    const table = store.tables.of(ref.className);
    return { table, cell: ref.row * table.columns + metricIndex };
  };

  /** Metadata that comes again with another unit for the same point: one of the two was wrong. */
  const noteUnitChange = (topic: string, point: ResolvedPoint, message: Incoming): void => {
    const index = bindings.indexOf(topic);
    const { table, cell } = cellOf(point);
    const { scale, offset } = point.conversion;
    if (index === undefined || bindings.classIndex[index] !== table.index || bindings.cell[index] !== cell)
      return;
    if (bindings.scale[index] === scale && bindings.offset[index] === offset) return;
    fault("unit-conflict", message, "its metadata came again with another unit");
    store.ledger.count({ table, cell }, "unit-conflict", message.receivedMs);
  };

  const metadata = (dsx: DsxTopic, message: Incoming): void => {
    counters.metadataReceived++;
    if (message.payload.length === 0 || isHeartbeat(dsx)) return; // empty: a retained message was cleared
    const hash = payloadHash(message.payload);
    const known = bindings.indexOf(valueTopicOf(dsx, null));
    if (known !== undefined && bindings.metadataHash[known] === hash) return;
    const parsed = parseMetadata(Buffer.from(message.payload).toString("utf8"));
    const point: ResolvedPoint | Refusal = isRefusal(parsed) ? parsed : resolvePoint(twin, dsx, parsed);
    const topic = valueTopicOf(dsx, isRefusal(parsed) ? null : parsed.integration);
    if (!isRefusal(point)) noteUnitChange(topic, point, message);
    const index = bind(topic, dsx, { point, hash, message });
    const waiting = pending.take(topic);
    if (index !== undefined && waiting) takeBound(index, waiting);
  };

  const heartbeat = (dsx: DsxTopic, message: Incoming): void => {
    if (message.retained) return;
    decodeEnvelope(message.payload, envelope);
    if (envelope.fault !== null) {
      fault(envelope.fault, message, envelope.detail);
      return;
    }
    const publisher = publisherOf(dsx);
    if (publisher.index === 0) countTooMany(context, message);
    if (envelope.value >= earliestMs)
      store.publishers.heartbeat(publisher, envelope.value, message.receivedMs);
    else {
      // Seconds, or a counter: it lives, but says nothing of its clock. Believed, it would make all its values future.
      store.publishers.beat(publisher, message.receivedMs);
      fault("time-past", message, `a heartbeat of ${envelope.value} is no time in epoch milliseconds`);
    }
  };

  const hold = (message: Incoming): void => {
    if (pending.hold(message)) return;
    countDrop(counters, "bounds");
    fault("bounds", message, `no room beside ${pending.size} values that wait for their metadata`);
  };

  const value = (dsx: DsxTopic, message: Incoming): void => {
    if (unmapped.again(message.topic, message.receivedMs)) return;
    if (!isComplete) {
      hold(message);
      return;
    }
    fault("metadata-missing", message, "a value came before its metadata");
    const point = resolveDirect(twin, dsx);
    if (!point) {
      hold(message);
      return;
    }
    const index = bind(message.topic, dsx, { point, hash: 0, message });
    if (index !== undefined) takeBound(index, message);
  };

  return {
    get pendingCount() {
      return pending.size;
    },
    waiting: () => pending.all(),
    bound: (message) => {
      const index = bindings.indexOf(message.topic);
      if (index === undefined) return false;
      takeBound(index, message);
      return true;
    },
    other: (message) => {
      const dsx = parseDsxTopic(message.topic);
      if (!dsx) return false;
      traits.wires.add("dsx");
      if (dsx.kind === "Metadata") metadata(dsx, message);
      else if (isHeartbeat(dsx)) heartbeat(dsx, message);
      else value(dsx, message);
      return true;
    },
    metadataComplete: () => {
      if (isComplete) return;
      isComplete = true;
      for (const message of pending.takeAll()) value(parseDsxTopic(message.topic)!, message);
    },
  };
};

const isHeartbeat = (topic: DsxTopic): boolean =>
  topic.objectType === "System" && topic.pointType.startsWith("HeartbeatTimestamp");
