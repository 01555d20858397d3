import { stampCell } from "#feed/tables/class-table.ts";
import { firstSegment } from "#feed/wire/dsx.ts";
import type { IntakeContext } from "./context.ts";

/** twins/model/quality.ts: quality, freshness and what holds a value stale stay as they are. */
const originBits = 0b111_0000;
/** Levels before the tag path of a value topic. */
const levelsBeforeTag = 6;

const tagPathOf = (topic: string): string => {
  let at = 0;
  for (let level = 0; level < levelsBeforeTag; level++) at = topic.indexOf("/", at) + 1;
  return topic.slice(at);
};

/**
 * Makes a publisher that declared itself late, or changed its origin, the owner of all that carries its id: topics
 * bound before, and values already shown. Nothing simulated stays on screen as measured.
 * @param isNew it was never heard of before: then no value is its own yet, and a thousand of them cost no look at each
 */
export const adoptPublisher = ({ store, bindings }: IntakeContext, id: string, isNew: boolean): void => {
  const publisher = store.publishers.find(id);
  if (!publisher) return;
  let owns = !isNew;
  for (let index = 0; index < bindings.size; index++) {
    const topic = bindings.topicOf(index)!;
    if (bindings.indexOf(topic) !== index) continue; // of another broker, or bound no more
    // Of another wire: a place in a message, behind a # that no topic has.
    if (topic.includes("#") || firstSegment(tagPathOf(topic)) !== id) continue;
    owns = true;
    bindings.publisher[index] = publisher.index;
    const table = store.tables.all[bindings.classIndex[index]!]!;
    const cell = bindings.cell[index]!;
    if (table.binding[cell] === index) table.publisher[cell] = publisher.index;
  }
  if (!owns) return;
  for (const table of store.tables.all)
    for (let cell = 0; cell < table.status.length; cell++) {
      if (table.publisher[cell] !== publisher.index || table.stamp[cell] === 0) continue;
      table.status[cell] = (table.status[cell]! & ~originBits) | (publisher.origin << 4);
      stampCell(store.tables, table, cell);
    }
};
