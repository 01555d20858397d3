import type { Assets } from "./assets.ts";
import type { ClassName } from "./metric.ts";
import { classNames } from "./metric.ts";
import type { AssetRef, LinkTable } from "./twin.ts";
import { linkKinds } from "./twin.ts";

export type LinkKind = (typeof linkKinds)[number];

const kindOfClass: Readonly<Partial<Record<ClassName, LinkKind>>> = {
  crah: "air",
  cdu: "liquid",
  chiller: "liquid",
  coolingTower: "liquid",
  pump: "liquid",
  centre: "network",
};

/** What an asset of a class brings to what it serves, where nobody says otherwise: air, liquid, data, else power. */
export const servedKind = (className: ClassName): LinkKind => kindOfClass[className] ?? "power";

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
