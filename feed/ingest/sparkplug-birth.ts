import { stampCell } from "#feed/tables/class-table.ts";
import { isRefusal, type Refusal, type ResolvedPoint } from "#feed/wire/dsx.ts";
import type { SparkplugPayload } from "#feed/wire/sparkplug.ts";
import { describeMetric } from "#feed/wire/sparkplug-describe.ts";
import { isControl, resolveMetric } from "#feed/wire/sparkplug-points.ts";
import { holdStale } from "#twins/model/quality.ts";
import { countDrop, type Incoming, type IntakeContext } from "./context.ts";
import { type BookEntry, MetricBook } from "./sparkplug-book.ts";
import type { Member } from "./sparkplug-nodes.ts";
import { addressOf, shownBytes } from "./sparkplug-values.ts";

const unmappedBinding = -1;
/** Metrics in the books of all nodes and devices, about a hundred bytes each; those beyond are left out and counted. */
const announcedLimit = 2_000_000;

/** Reads births: binds what they announce to points, and lists what has none. */
export interface BirthReader {
  /**
   * Gives a member the book of its new birth; points that it no longer announces are stale from here on.
   * @returns place of each metric of the payload in the book; −1 for those that were left out
   */
  read(member: Member, message: Incoming): Int32Array;
}

interface Cell {
  readonly classIndex: number;
  readonly cell: number;
}

export const createBirthReader = (context: IntakeContext, payload: SparkplugPayload): BirthReader => {
  const { twin, store, bindings, faults, unmapped } = context;
  /** Who feeds a point by a binding. Shape: bindings. */
  const owners: Member[] = [];
  let announced = 0;

  const list = (address: string, why: Refusal, message: Incoming): void => {
    if (unmapped.again(address, message.receivedMs)) return;
    unmapped.add(address, why, message.receivedMs);
    faults.count(why.code, { topic: address, payload: shownBytes(message.payload), detail: why.reason });
  };

  const tooMany = (message: Incoming, count: number): void => {
    countDrop(context.counters, "bounds", count);
    const detail = `${count} metrics beyond the ${announcedLimit} that are kept`;
    faults.count("bounds", { topic: message.topic, payload: shownBytes(message.payload), detail });
  };

  const resolve = (member: Member, i: number, message: Incoming): ResolvedPoint | Refusal => {
    const dataType = payload.dataType[i]!;
    const name = payload.name[i]!;
    const point = resolveMetric(twin, { path: member.path, name, dataType, unit: payload.unit[i]! });
    if (!isRefusal(point) || point.code !== "type-unsupported") return point;
    const metric = message.payload.subarray(payload.start[i], payload.end[i]);
    return { ...point, reason: describeMetric(metric, dataType) };
  };

  /** Address of another living metric that feeds the point; null when it is free. */
  const rivalOf = (member: Member, at: Cell, claimed: ReadonlySet<number>): string | null => {
    const binding = store.tables.all[at.classIndex]!.binding[at.cell]!;
    const owner = owners[binding];
    if (!owner) return null;
    const isClaimed =
      owner === member ? claimed.has(binding) : owner.isAlive && owner.book?.binding.includes(binding);
    return isClaimed ? bindings.topicOf(binding)! : null;
  };

  const bind = (member: Member, point: ResolvedPoint, address: string): number => {
    const table = store.tables.of(point.ref.className);
    unmapped.remove(address);
    const binding = bindings.bind(store.tables, address, {
      classIndex: table.index,
      cell: point.ref.row * table.columns + point.metricIndex,
      publisher: member.publisher.index,
      scale: point.conversion.scale,
      offset: point.conversion.offset,
      metadataHash: 0,
    });
    owners[binding] = member;
    return binding;
  };

  const place = (member: Member, i: number, read: { message: Incoming; claimed: Set<number> }): number => {
    const name = payload.name[i]!;
    if (isControl(name)) return unmappedBinding;
    const address = addressOf(member, name);
    let point = resolve(member, i, read.message);
    if (!isRefusal(point)) {
      const table = store.tables.of(point.ref.className);
      const at = { classIndex: table.index, cell: point.ref.row * table.columns + point.metricIndex };
      const rival = rivalOf(member, at, read.claimed);
      if (rival !== null && rival !== address)
        point = { code: "point-unmapped", reason: `its point has its values from ${rival}` };
      else if (!bindings.hasRoomFor(store.tables, address))
        point = { code: "bounds", reason: "far more topics than points" };
    }
    if (isRefusal(point)) {
      bindings.unbind(store.tables, address);
      list(address, point, read.message);
      return unmappedBinding;
    }
    const binding = bind(member, point, address);
    read.claimed.add(binding);
    return binding;
  };

  const pointsOf = (member: Member): Map<string, Cell> => {
    const cells = new Map<string, Cell>();
    for (const binding of member.book?.binding ?? []) {
      if (binding < 0) continue;
      const at = { classIndex: bindings.classIndex[binding]!, cell: bindings.cell[binding]! };
      cells.set(`${at.classIndex}/${at.cell}`, at);
    }
    return cells;
  };

  /** Points of the birth before that this one does not have: their last values are no longer current. */
  const drop = (member: Member, before: Map<string, Cell>): void => {
    for (const key of pointsOf(member).keys()) before.delete(key);
    for (const { classIndex, cell } of before.values()) {
      const table = store.tables.all[classIndex]!;
      if (table.publisher[cell] !== member.publisher.index || table.stamp[cell] === 0) continue;
      table.status[cell] = holdStale(table.status[cell]!);
      stampCell(store.tables, table, cell);
    }
  };

  return {
    read: (member, message) => {
      const invalid = (detail: string): void =>
        faults.count("metadata-invalid", {
          topic: message.topic,
          payload: shownBytes(message.payload),
          detail,
        });
      const before = pointsOf(member);
      const entries: BookEntry[] = [];
      const places = new Int32Array(payload.count).fill(-1);
      const names = new Set<string>();
      const read = { message, claimed: new Set<number>() };
      announced -= member.book?.size ?? 0;
      let leftOut = 0;
      for (let i = 0; i < payload.count; i++) {
        const name = payload.name[i]!;
        if (!name) invalid("a birth's metric without a name");
        else if (names.has(name)) invalid(`metric ${name} twice in one birth: the first counts`);
        else if (announced + entries.length >= announcedLimit) leftOut++;
        else {
          names.add(name);
          places[i] = entries.length;
          const alias = payload.alias[i]!;
          if (alias > Number.MAX_SAFE_INTEGER) invalid(`the alias of ${name} is beyond 2^53`);
          entries.push({
            name,
            dataType: payload.dataType[i]!,
            alias: alias > Number.MAX_SAFE_INTEGER ? Number.NaN : alias,
            binding: place(member, i, read),
          });
        }
      }
      member.book = new MetricBook(entries);
      announced += entries.length;
      if (leftOut > 0) tooMany(message, leftOut);
      for (const alias of member.book.ambiguous) invalid(`alias ${alias} is given to more than one metric`);
      drop(member, before);
      return places;
    },
  };
};
