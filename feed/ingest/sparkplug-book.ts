/** Aliases below this many times the number of metrics are an array; plants that hash their aliases get a map. */
const sparseness = 4;
const smallTable = 4096;
const none = -1;

/** Alias → place of a metric in its birth. */
class AliasTable {
  readonly #dense: Int32Array;
  readonly #sparse = new Map<number, number>();

  constructor(aliases: ReadonlyMap<number, number>) {
    const limit = Math.max(smallTable, aliases.size * sparseness);
    let highest = none;
    for (const alias of aliases.keys()) if (alias < limit) highest = Math.max(highest, alias);
    this.#dense = new Int32Array(highest + 1).fill(none);
    for (const [alias, place] of aliases)
      if (alias < limit) this.#dense[alias] = place;
      else this.#sparse.set(alias, place);
  }

  /** −1 for an alias that nobody announced. */
  find(alias: number): number {
    return this.#dense[alias] ?? this.#sparse.get(alias) ?? none;
  }
}

/** What one birth says about one metric. */
export interface BookEntry {
  readonly name: string;
  readonly dataType: number;
  /** NaN for none. */
  readonly alias: number;
  /** Index of its binding to a point; −1 where it is only listed. */
  readonly binding: number;
}

/**
 * All metrics of a node's or device's last birth, by place. A birth brings a new book: nothing of the one before holds,
 * aliases least of all. Its columns are what data messages are read by.
 */
export class MetricBook {
  readonly dataType: Uint8Array;
  readonly binding: Int32Array;
  readonly names: readonly string[];
  readonly #byName = new Map<string, number>();
  readonly #aliases: AliasTable;
  /** Aliases that more than one metric of the birth claims: they mean neither. */
  readonly ambiguous: readonly number[];

  constructor(entries: readonly BookEntry[]) {
    this.names = entries.map(({ name }) => name);
    this.dataType = Uint8Array.from(entries, ({ dataType }) => dataType);
    this.binding = Int32Array.from(entries, ({ binding }) => binding);
    const aliases = new Map<number, number>();
    const claimedTwice = new Set<number>();
    for (const [place, { name, alias }] of entries.entries()) {
      this.#byName.set(name, place);
      if (Number.isNaN(alias)) continue;
      if (aliases.has(alias)) claimedTwice.add(alias);
      aliases.set(alias, place);
    }
    for (const alias of claimedTwice) aliases.delete(alias);
    this.ambiguous = [...claimedTwice];
    this.#aliases = new AliasTable(aliases);
  }

  get size(): number {
    return this.names.length;
  }

  byName(name: string): number {
    return this.#byName.get(name) ?? none;
  }

  byAlias(alias: number): number {
    return this.#aliases.find(alias);
  }
}
