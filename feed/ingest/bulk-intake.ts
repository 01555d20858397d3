import type { FaultCode } from "#feed/contract/status.ts";
import type { ClassTable } from "#feed/tables/class-table.ts";
import type { Publisher } from "#feed/tables/publishers.ts";
import { earliestMs, futureToleranceMs } from "#feed/tables/take.ts";
import { BulkError, type BulkFrame, decodeBulk } from "#feed/wire/bulk.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { type ClassName, classNames } from "#twins/model/metric.ts";
import { Origin } from "#twins/model/quality.ts";
import { type Batch, type Layout, writeBulk } from "./bulk-writer.ts";
import {
  countDrop,
  countTooMany,
  type Incoming,
  type IntakeContext,
  noteSample,
  type SourceTraits,
} from "./context.ts";

/** Layouts kept; a publisher that invents more is refused. */
const layoutLimit = 256;
/** Rows of all layouts together: ten campuses of 400,000 racks. */
const layoutRowLimit = 4_000_000;
/** A column names its metric by 16 bits. */
const layoutMetricLimit = 65_536;
/** Topics whose address and sequence are kept. */
const topicLimit = 16_384;

/** Bulk frames of one source, into the tables (docs/WIRE.md §3). */
export interface BulkIntake {
  /** Takes a Bulk or BulkLayout topic; false when it is none. */
  message(message: Incoming): boolean;
}

interface BulkAddress {
  readonly publisherId: string;
  readonly className: ClassName;
}

const prefix = "HT/v1/PUB/Bulk";

const addressOf = (topic: string): (BulkAddress & { readonly isLayout: boolean }) | null => {
  if (!topic.startsWith(prefix)) return null;
  const [, , , kind, publisherId, className] = topic.split("/");
  const known = classNames.find((name) => name === className);
  if (!publisherId || !known || (kind !== "Bulk" && kind !== "BulkLayout")) return null;
  return { publisherId, className: known, isLayout: kind === "BulkLayout" };
};

export const createBulkIntake = (context: IntakeContext, traits: SourceTraits): BulkIntake => {
  const { twin, store, faults, counters } = context;
  const layouts = new Map<string, Layout>();
  let layoutRows = 0;
  const sequences = new Map<string, number>();
  const addresses = new Map<string, ReturnType<typeof addressOf>>();

  const fault = (code: FaultCode, message: Incoming, detail: string): void =>
    faults.count(code, { topic: message.topic, payload: describeBytes(message.payload), detail });

  const publisherOf = (id: string): Publisher =>
    store.publishers.of(id, {
      origin: traits.isPlant ? Origin.simulated : Origin.measured,
      filler: traits.filler,
    });

  const takeLayout = (address: BulkAddress, message: Incoming): void => {
    const layout = parseLayout(context, address, message.payload);
    if (typeof layout === "string") {
      fault("metadata-invalid", message, layout);
      return;
    }
    const key = `${address.publisherId}/${address.className}`;
    const before = layouts.get(key);
    const rows = layoutRows + layout.rows.length - (before?.rows.length ?? 0);
    if ((layouts.size >= layoutLimit && !before) || rows > layoutRowLimit) {
      countDrop(counters, "bounds");
      fault("bounds", message, `no room for ${layout.rows.length} rows beside ${layouts.size} layouts`);
      return;
    }
    layoutRows = rows;
    listUnknown(layout, message);
    layouts.set(key, layout);
  };

  /** Rows of no asset here are left out of every frame: said once for each layout. */
  const listUnknown = (layout: Layout, message: Incoming): void => {
    const unknown = layout.rows.reduce((sum, row) => sum + (row < 0 ? 1 : 0), 0);
    if (unknown === 0) {
      context.unmapped.remove(message.topic);
      return;
    }
    const reason = `${unknown} of ${layout.rows.length} rows are no asset or alias, the first is row ${layout.rows.indexOf(-1)}`;
    if (context.unmapped.again(message.topic, message.receivedMs)) return;
    context.unmapped.add(message.topic, { code: "point-unmapped", reason }, message.receivedMs);
    fault("point-unmapped", message, reason);
  };

  const checkSequence = (message: Incoming, sequence: number): void => {
    const last = sequences.get(message.topic);
    if (last === undefined && sequences.size >= topicLimit) return;
    sequences.set(message.topic, sequence);
    if (last === undefined) return;
    const lost = (sequence - last - 1) >>> 0;
    // A publisher that restarts counts from the beginning: no gap.
    if (lost === 0 || lost > 0x7fffffff) return;
    countDrop(counters, "sequence-gap", lost);
    fault("sequence-gap", message, `${lost} frames lost before sequence ${sequence}`);
  };

  const takeFrame = (address: BulkAddress, message: Incoming): void => {
    let frame: BulkFrame;
    try {
      frame = decodeBulk(message.payload);
    } catch (error) {
      if (!(error instanceof BulkError)) throw error;
      fault("payload-malformed", message, error.message);
      return;
    }
    traits.wires.add("bulk");
    if (!message.retained) checkSequence(message, frame.sequence);
    const table = store.tables.of(address.className);
    const own = layouts.get(`${address.publisherId}/${address.className}`);
    const layout = frame.layout === twin.epoch ? null : own?.layout === frame.layout ? own : undefined;
    if (layout === undefined) {
      fault("metadata-missing", message, `unknown layout ${frame.layout}; the twin's is ${twin.epoch}`);
      return;
    }
    const publisher = publisherOf(address.publisherId);
    if (publisher.index === 0) countTooMany(context, message);
    if (frame.timeMs < earliestMs) {
      fault("time-past", message, `source time ${frame.timeMs}`);
      return;
    }
    if (!(frame.timeMs - (publisher.skewMs ?? 0) <= message.receivedMs + futureToleranceMs)) {
      store.ledger.skew.noteRefused(publisher.index, frame.timeMs - message.receivedMs);
      fault("time-future", message, `source time ${frame.timeMs}`);
      return;
    }
    if (frame.firstRow + frame.rowCount > (layout ? layout.rows.length : table.rows)) {
      fault("payload-malformed", message, `rows end past the ${table.rows} of ${address.className}`);
      return;
    }
    const batch: Batch = {
      frame,
      publisher,
      receivedMs: message.receivedMs,
      layout,
      kept: message.retained,
    };
    if (!batch.kept) store.ledger.skew.note(publisher.index, frame.timeMs - message.receivedMs);
    writeFrame(table, batch, message);
  };

  const writeFrame = (table: ClassTable, batch: Batch, message: Incoming): void => {
    const unknown: number[] = [];
    const columns = batch.frame.columns.flatMap((column) => {
      const metric = batch.layout ? (batch.layout.metrics[column.metric] ?? -1) : column.metric;
      const spec = table.spec.metrics[metric];
      if (spec?.derived) fault("derived-refused", message, `${spec.id} is computed here`);
      else if (!spec) unknown.push(column.metric);
      return spec && !spec.derived ? [{ column, metric }] : [];
    });
    // One fault a frame: there may be 65,535 of them.
    if (unknown.length > 0)
      fault("point-unmapped", message, `no metric for ${unknown.length} columns, the first ${unknown[0]}`);
    const written = writeBulk(store, table, { batch, columns });
    counters.points += written.taken;
    if (written.taken > 0) noteSample(counters, batch.frame.timeMs, batch.receivedMs);
    for (const [code, count] of written.faults) fault(code, message, `${count} values`);
  };

  return {
    message: (message) => {
      let address = addresses.get(message.topic);
      if (address === undefined) {
        address = addressOf(message.topic);
        if (address && addresses.size < topicLimit) addresses.set(message.topic, address);
      }
      if (!address) return false;
      if (address.isLayout) takeLayout(address, message);
      else takeFrame(address, message);
      return true;
    },
  };
};

const describeBytes = (payload: Uint8Array): string =>
  `${payload.length} bytes: ${Buffer.from(payload.subarray(0, 32)).toString("hex")}`;

/** Reads a BulkLayout message; a string says what is wrong with it. */
const parseLayout = (
  { twin }: IntakeContext,
  { className }: BulkAddress,
  payload: Uint8Array,
): Layout | string => {
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { layout, ids, metrics } = (message ?? {}) as { layout?: unknown; ids?: unknown; metrics?: unknown };
  if (typeof layout !== "number" || !Array.isArray(ids) || !Array.isArray(metrics))
    return "expected layout, ids and metrics";
  const rowOf = (id: unknown): number => {
    const ref = typeof id === "string" ? (twin.aliases.get(id) ?? twin.find(id)) : undefined;
    return ref?.className === className ? ref.row : -1;
  };
  return {
    layout,
    rows: Int32Array.from(ids, rowOf),
    metrics: Int32Array.from(metrics.slice(0, layoutMetricLimit), (id) =>
      typeof id === "string" ? metricIndex(className, id) : -1,
    ),
  };
};
