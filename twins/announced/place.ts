import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";
import type { AnnouncedAsset } from "./collect.ts";

export type Metres3 = readonly [east: number, north: number, up: number];

/** One asset of the twin to be: a level of the plant's ids, or what was announced itself. Laid out later. */
export class Place {
  readonly className: ClassName;
  /** What tells it from its siblings, for order and id. */
  readonly word: string;
  /** The plant's id for it; null for a level that nobody announced. */
  readonly external: string | null;
  readonly parent: Place | null;
  /** What was said of it; null for levels. */
  readonly asset: AnnouncedAsset | null;
  readonly children: Place[] = [];
  name: LocalText;
  id = "";
  /** From the parent's centre, m. */
  at: Metres3 = [0, 0, 0];
  yawDeg = 0;
  /** Extent along its own east, north and up, m. */
  size: Metres3 = [1, 1, 1];

  constructor(
    parent: Place | null,
    made: {
      readonly className: ClassName;
      readonly word: string;
      readonly external: string | null;
      readonly name: LocalText;
      readonly asset?: AnnouncedAsset;
    },
  ) {
    this.parent = parent;
    this.className = made.className;
    this.word = made.word;
    this.external = made.external;
    this.name = made.name;
    this.asset = made.asset ?? null;
    parent?.children.push(this);
  }

  childrenOf(...classes: readonly ClassName[]): readonly Place[] {
    return this.children.filter((child) => classes.includes(child.className));
  }

  /** From the outermost place to this one. */
  get path(): readonly Place[] {
    return this.parent === null ? [this] : [...this.parent.path, this];
  }
}

const separator = /^[-_./\s]/;

/** The part of a name or id that its place does not say already: `CRAH01` of `DC1-DH2-CRAH01` in DC1-DH2. */
export const ownWord = (said: string, place: Place): string => {
  for (let at: Place | null = place; at; at = at.parent) {
    if (at.external === null || !said.startsWith(at.external)) continue;
    const rest = said.slice(at.external.length);
    if (separator.test(rest) && rest.length > 1) return rest.slice(1);
  }
  return said;
};
