import type { Assets } from "./assets.ts";
import { classNames } from "./metric.ts";
import type { AssetRef, LinkTable } from "./twin.ts";
import { linkKinds } from "./twin.ts";

export type LinkKind = (typeof linkKinds)[number];

/** Collects what serves what while the campus is expanded. */
export class LinkList {
  readonly #kind: number[] = [];
  readonly #from: AssetRef[] = [];
  readonly #to: AssetRef[] = [];

  add(kind: LinkKind, from: AssetRef, to: AssetRef): void {
    this.#kind.push(linkKinds.indexOf(kind));
    this.#from.push(from);
    this.#to.push(to);
  }

  table(): LinkTable {
    const classCode = new Map(classNames.map((name, index) => [name, index]));
    return {
      count: this.#kind.length,
      kind: Uint8Array.from(this.#kind),
      fromClass: Uint8Array.from(this.#from, (ref) => classCode.get(ref.className)!),
      fromRow: Int32Array.from(this.#from, (ref) => ref.row),
      toClass: Uint8Array.from(this.#to, (ref) => classCode.get(ref.className)!),
      toRow: Int32Array.from(this.#to, (ref) => ref.row),
    };
  }
}

/** A campus while it is expanded: what there is, and what serves what. */
export interface Campus {
  readonly assets: Assets;
  readonly links: LinkList;
}
