import type { ClassName } from "./metric.ts";
import { classNames } from "./metric.ts";
import type { NewAsset } from "./table.ts";
import { ClassColumns, segmentText } from "./table.ts";
import type { AssetRef } from "./twin.ts";

/** Id of the campus itself. Zones are the first segment of every other id; what stands in no zone is below this one. */
export const siteId = "site";

/**
 * All class tables of a campus, and the walks between them.
 * Filled depth-first: an asset is opened, everything below it is added, then it is closed.
 */
export class Assets {
  readonly tables: ReadonlyMap<ClassName, ClassColumns>;
  #order = 0;
  /** Listed assets by id: their names follow no pattern that could be walked. */
  readonly #listed = new Map<string, AssetRef>();
  /** Classes whose ids begin with a prefix: narrows `find` to one or two tables. Built on first use. */
  #classesOfPrefix: Map<string, ClassName[]> | undefined;

  constructor() {
    this.tables = new Map(
      classNames.map((name) => [name, new ClassColumns(name, (ref) => this.idOf(ref))] as const),
    );
  }

  table(name: ClassName): ClassColumns {
    return this.tables.get(name)!;
  }

  add(className: ClassName, asset: NewAsset): AssetRef {
    return { className, row: this.table(className).add(asset, this.#order++) };
  }

  /** As `add`, for an asset whose whole id is known. */
  addListed(className: ClassName, id: string, asset: NewAsset): AssetRef {
    const ref = this.add(className, asset);
    this.#listed.set(id, ref);
    return ref;
  }

  /** Everything added since `ref` was added lies below it. */
  close(ref: AssetRef): void {
    this.table(ref.className).orderEnd[ref.row] = this.#order;
  }

  finish(): void {
    for (const table of this.tables.values()) table.finish();
  }

  parentOf(ref: AssetRef): AssetRef | undefined {
    const table = this.table(ref.className);
    const className = classNames[table.parentClass[ref.row] ?? 255];
    return className && { className, row: table.parentRow[ref.row]! };
  }

  idOf(ref: AssetRef): string {
    const table = this.table(ref.className);
    const own = segmentText(table.segmentOf(ref.row), table.ordinal[ref.row]!);
    if (ref.className === "zone" || ref.className === "site") return own;
    const parent = this.parentOf(ref);
    return parent ? `${this.idOf(parent)}/${own}` : own;
  }

  rangeBelow(ref: AssetRef, child: ClassName): readonly [start: number, end: number] | null {
    const table = this.table(ref.className);
    const below = this.table(child);
    const start = below.rowFrom(table.order[ref.row]! + 1);
    const end = below.rowFrom(table.orderEnd[ref.row]!);
    return start < end ? [start, end] : null;
  }

  find(id: string): AssetRef | undefined {
    return this.#listed.get(id) ?? this.#walk(id);
  }

  #walk(id: string): AssetRef | undefined {
    const [first = "", ...rest] = id.split("/");
    let at: AssetRef | undefined = { className: "site", row: 0 };
    if (this.table("site").count === 0) return undefined;
    if (first !== siteId) at = this.#childOf(at, first, ["zone"]);
    for (const text of rest) {
      if (at === undefined) return undefined;
      at = this.#childOf(at, text, this.#candidates(text));
    }
    return at;
  }

  #candidates(text: string): readonly ClassName[] {
    if (this.#classesOfPrefix === undefined) {
      this.#classesOfPrefix = new Map();
      for (const [name, table] of this.tables)
        for (const { prefix } of name === "zone" || name === "site" ? [] : table.segments) {
          const classes = this.#classesOfPrefix.get(prefix) ?? [];
          if (!classes.includes(name)) this.#classesOfPrefix.set(prefix, [...classes, name]);
        }
    }
    return [
      ...(this.#classesOfPrefix.get(text) ?? []),
      ...(this.#classesOfPrefix.get(text.replace(/\d+$/, "")) ?? []),
    ];
  }

  #childOf(parent: AssetRef, text: string, classes: readonly ClassName[]): AssetRef | undefined {
    const parentClass = classNames.indexOf(parent.className);
    const ordinal = Number(/\d+$/.exec(text)?.[0] ?? 0);
    for (const className of classes) {
      const range = this.rangeBelow(parent, className);
      if (range === null) continue;
      const [start, end] = range;
      const table = this.table(className);
      const matches = (row: number): boolean =>
        row >= start &&
        row < end &&
        table.parentClass[row] === parentClass &&
        table.parentRow[row] === parent.row &&
        segmentText(table.segmentOf(row), table.ordinal[row]!) === text;
      // Without gaps or cousins in between, the n-th child is n − 1 rows from the first.
      if (matches(start + ordinal - 1)) return { className, row: start + ordinal - 1 };
      for (let row = start; row < end; row++) if (matches(row)) return { className, row };
    }
    return undefined;
  }
}
