import type { FaultCode } from "#feed/contract/status.ts";
import type { CellRef } from "#feed/tables/class-table.ts";
import type { IntakeContext } from "./context.ts";

/** Faults that the ledger finds by itself, and has counted by then. */
const foundByLedger: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "gap",
  "frozen",
  "counter-reset",
  "counter-wrap",
]);

type Joined = Pick<IntakeContext, "bindings" | "faults" | "store">;

/**
 * Makes the faults of a context those of its points too: what any decoder counts under a bound topic is counted for the
 * point in the ledger, and what the ledger finds is counted among the faults. Bulk frames count their points themselves.
 */
export const joinFaults = (context: Joined): void => {
  const { bindings, faults, store } = context;
  faults.onCount = (code, topic, nowMs) => {
    if (foundByLedger.has(code)) return;
    const index = bindings.find(topic);
    if (index === undefined) return;
    const table = store.tables.all[bindings.classIndex[index]!]!;
    store.ledger.count({ table, cell: bindings.cell[index]! }, code, nowMs);
  };
  store.ledger.onFault = (code, at, detail) =>
    faults.count(code, { topic: topicOf(context, at) ?? at.table.spec.name, payload: "", detail });
};

/** Filter of the frames that carry a publisher's values of one class: a cell of a frame has no topic of its own. */
const bulkFilter = (publisherId: string, className: string): string | null =>
  publisherId === "" ? null : `HT/v1/PUB/Bulk/${publisherId}/${className}/+`;

/** Topic of a point's value; of a bulk point the filter of its frames. Null when it was never seen or is computed. */
export const topicOf = (
  { bindings, store }: Omit<Joined, "faults">,
  { table, cell }: CellRef,
): string | null => {
  const topic = bindings.topicOf(table.binding[cell]!);
  if (topic !== undefined) return topic;
  const isComputed = table.spec.metrics[cell % table.columns]!.derived === true;
  if (isComputed || table.stamp[cell] === 0) return null;
  const { id, session } = store.publishers.all[table.publisher[cell]!]!;
  // A Sparkplug point without a topic: its last birth says nothing of it that could be read.
  return session === null ? bulkFilter(id, table.spec.name) : null;
};
