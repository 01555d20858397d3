import type { ClassTables } from "./class-table.ts";

/** Topic → point, resolved once from metadata. */
export interface BoundPoint {
  readonly classIndex: number;
  readonly cell: number;
  readonly publisher: number;
  /** stored = wire × scale + offset. */
  readonly scale: number;
  readonly offset: number;
  /** Hash of the metadata that bound it: an equal republish costs a comparison, no parse. */
  readonly metadataHash: number;
}

const firstCapacity = 1024;
/** Topics a campus may have beyond two for each of its points: a publisher that invents more is refused. */
const spareTopics = 100_000;

const grown = <T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: T, to: T): T => {
  to.set(from);
  return to;
};

/** What all brokers' topics are kept in, by index. */
class Columns {
  readonly topics: string[] = [];
  capacity = firstCapacity;
  classIndex = new Uint8Array(firstCapacity);
  cell = new Uint32Array(firstCapacity);
  publisher = new Uint16Array(firstCapacity);
  scale = new Float64Array(firstCapacity);
  offset = new Float64Array(firstCapacity);
  metadataHash = new Uint32Array(firstCapacity);

  grow(): void {
    this.capacity *= 2;
    this.classIndex = grown(this.classIndex, new Uint8Array(this.capacity));
    this.cell = grown(this.cell, new Uint32Array(this.capacity));
    this.publisher = grown(this.publisher, new Uint16Array(this.capacity));
    this.scale = grown(this.scale, new Float64Array(this.capacity));
    this.offset = grown(this.offset, new Float64Array(this.capacity));
    this.metadataHash = grown(this.metadataHash, new Uint32Array(this.capacity));
  }
}

/**
 * Every bound topic, as columns: a million objects would cost a quarter of a gigabyte. The index of a topic is its
 * place in these columns; it never changes while the session lives. Two brokers may use one topic for two points: each
 * has names of its own, in columns that all share.
 */
export class Bindings {
  readonly #indexOf = new Map<string, number>();
  /** Topics taken off their points, to have the same index again: metadata that goes to and fro takes no memory. */
  readonly #unbound = new Map<string, number>();
  readonly #columns: Columns;
  /** Of all brokers, this one included. */
  readonly #family: Bindings[];

  constructor(beside?: Bindings) {
    this.#columns = beside ? beside.#columns : new Columns();
    this.#family = beside ? beside.#family : [];
    this.#family.push(this);
  }

  get classIndex(): Uint8Array {
    return this.#columns.classIndex;
  }
  get cell(): Uint32Array {
    return this.#columns.cell;
  }
  get publisher(): Uint16Array {
    return this.#columns.publisher;
  }
  get scale(): Float64Array {
    return this.#columns.scale;
  }
  get offset(): Float64Array {
    return this.#columns.offset;
  }
  get metadataHash(): Uint32Array {
    return this.#columns.metadataHash;
  }

  /** The topics of another broker. */
  another(): Bindings {
    return new Bindings(this);
  }

  /** Indexes given so far to topics of all brokers, those of unbound topics included. */
  get size(): number {
    return this.#columns.topics.length;
  }

  /** Topics of all brokers that are bound now. */
  get bound(): number {
    return this.#family.reduce((sum, each) => sum + each.#indexOf.size, 0);
  }

  /** Index of a value topic, or undefined: the one look-up of the hot path. */
  indexOf(topic: string): number | undefined {
    return this.#indexOf.get(topic);
  }

  /** Index of a value topic at any broker; of several, at the first. */
  find(topic: string): number | undefined {
    for (const each of this.#family) {
      const index = each.#indexOf.get(topic);
      if (index !== undefined) return index;
    }
    return undefined;
  }

  topicOf(index: number): string | undefined {
    return this.#columns.topics[index];
  }

  /** False for a new topic when there are far more of them than points. */
  hasRoomFor({ all }: ClassTables, topic: string): boolean {
    if (this.size < spareTopics || this.#indexOf.has(topic) || this.#unbound.has(topic)) return true;
    const points = all.reduce((sum, table) => sum + table.binding.length, 0);
    return this.size < spareTopics + 2 * points;
  }

  /** Binds a value topic to a point, or re-binds it after its metadata changed. */
  bind(tables: ClassTables, topic: string, point: BoundPoint): number {
    const columns = this.#columns;
    let index = this.#indexOf.get(topic) ?? this.#unbound.get(topic);
    if (index === undefined) {
      index = columns.topics.length;
      if (index === columns.capacity) columns.grow();
      columns.topics.push(topic);
    }
    this.#indexOf.set(topic, index);
    this.#unbound.delete(topic);
    this.#leave(tables, index);
    columns.classIndex[index] = point.classIndex;
    columns.cell[index] = point.cell;
    columns.publisher[index] = point.publisher;
    columns.scale[index] = point.scale;
    columns.offset[index] = point.offset;
    columns.metadataHash[index] = point.metadataHash;
    tables.all[point.classIndex]!.binding[point.cell] = index;
    return index;
  }

  /** Takes a topic off its point: its metadata no longer says which one it is. */
  unbind(tables: ClassTables, topic: string): void {
    const index = this.#indexOf.get(topic);
    if (index === undefined) return;
    this.#indexOf.delete(topic);
    this.#unbound.set(topic, index);
    this.#leave(tables, index);
  }

  /** The point no longer has its value from this topic. */
  #leave(tables: ClassTables, index: number): void {
    const { binding } = tables.all[this.classIndex[index]!]!;
    const cell = this.cell[index]!;
    if (binding[cell] === index) binding[cell] = -1;
  }
}
