import { type ClassName, classNames } from "#twins/model/metric.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";

/** One visible line of the asset tree. */
export interface TreeLine {
  readonly ref: AssetRef;
  readonly key: string;
  /** 1 at the root. */
  readonly level: number;
  readonly hasChildren: boolean;
  readonly isExpanded: boolean;
  /** 1-based place among its siblings, and how many there are. */
  readonly position: number;
  readonly setSize: number;
}

/** Children by asset, found when asked for: a campus of 400,000 racks costs nothing until it is opened. */
export interface TreeModel {
  readonly roots: readonly AssetRef[];
  childrenOf(ref: AssetRef): readonly AssetRef[];
  hasChildren(ref: AssetRef): boolean;
}

export const keyOf = (ref: AssetRef): string => `${ref.className}:${ref.row}`;

const noParent = 255;

/** For each class, the classes that appear directly below it: one pass over the parents, no objects per row. */
const relationOf = (twin: Twin): ReadonlyMap<ClassName, readonly ClassName[]> => {
  const children = new Map<ClassName, ClassName[]>(classNames.map((name) => [name, []]));
  for (const child of classNames) {
    const seen = new Set(twin.table(child).parentClass);
    for (const code of seen) {
      const parent = classNames[code];
      if (parent) children.get(parent)!.push(child);
    }
  }
  return children;
};

const rootsOf = (twin: Twin): readonly AssetRef[] =>
  classNames.flatMap((className) => {
    const { parentClass, count } = twin.table(className);
    const roots: AssetRef[] = [];
    for (let row = 0; row < count; row++) if (parentClass[row] === noParent) roots.push({ className, row });
    return roots;
  });

/** Calls `visit` with each direct child until it returns true. */
const eachChild = (
  twin: Twin,
  relation: ReadonlyMap<ClassName, readonly ClassName[]>,
  of: { readonly ref: AssetRef; readonly visit: (child: AssetRef) => boolean },
): void => {
  const { ref, visit } = of;
  const ownCode = classNames.indexOf(ref.className);
  for (const className of relation.get(ref.className) ?? []) {
    const range = twin.rangeBelow(ref, className);
    if (!range) continue;
    const { parentClass, parentRow } = twin.table(className);
    for (let row = range[0]; row < range[1]; row++) {
      if (parentRow[row] === ref.row && parentClass[row] === ownCode && visit({ className, row })) return;
    }
  }
};

/** The containment tree of a twin. */
export const createTreeModel = (twin: Twin): TreeModel => {
  const relation = relationOf(twin);
  const cache = new Map<string, readonly AssetRef[]>();
  return {
    roots: rootsOf(twin),
    childrenOf: (ref) => {
      const key = keyOf(ref);
      const known = cache.get(key);
      if (known) return known;
      const found: AssetRef[] = [];
      eachChild(twin, relation, { ref, visit: (child) => found.push(child) < 0 });
      cache.set(key, found);
      return found;
    },
    hasChildren: (ref) => {
      let has = false;
      eachChild(twin, relation, {
        ref,
        visit: () => {
          has = true;
          return true;
        },
      });
      return has;
    },
  };
};

/** The lines that are visible when the assets in `expanded` are open. */
export const visibleLines = (model: TreeModel, expanded: ReadonlySet<string>): readonly TreeLine[] => {
  const lines: TreeLine[] = [];
  const add = (refs: readonly AssetRef[], level: number): void => {
    refs.forEach((ref, index) => {
      const key = keyOf(ref);
      const isExpanded = expanded.has(key);
      const children = isExpanded ? model.childrenOf(ref) : undefined;
      const hasChildren = children ? children.length > 0 : model.hasChildren(ref);
      lines.push({ ref, key, level, hasChildren, isExpanded, position: index + 1, setSize: refs.length });
      if (children) add(children, level + 1);
    });
  };
  add(model.roots, 1);
  return lines;
};

/** What a key press does to the tree: a new place, an asset to open or close, or one to choose. */
export type TreeMove =
  | { readonly kind: "go"; readonly to: number }
  | { readonly kind: "open" | "close"; readonly key: string }
  | { readonly kind: "choose"; readonly ref: AssetRef };

/** The WAI-ARIA tree view keys, as data. Undefined for a key that the tree leaves alone. */
export const moveFor = (key: string, lines: readonly TreeLine[], at: number): TreeMove | undefined => {
  const line = lines[at];
  const last = lines.length - 1;
  if (!line) return undefined;
  switch (key) {
    case "ArrowDown":
      return { kind: "go", to: Math.min(last, at + 1) };
    case "ArrowUp":
      return { kind: "go", to: Math.max(0, at - 1) };
    case "Home":
      return { kind: "go", to: 0 };
    case "End":
      return { kind: "go", to: last };
    case "PageDown":
      return { kind: "go", to: Math.min(last, at + 20) };
    case "PageUp":
      return { kind: "go", to: Math.max(0, at - 20) };
    case "ArrowRight":
      if (line.hasChildren && !line.isExpanded) return { kind: "open", key: line.key };
      return line.isExpanded ? { kind: "go", to: Math.min(last, at + 1) } : undefined;
    case "ArrowLeft": {
      if (line.isExpanded) return { kind: "close", key: line.key };
      const parent = lines.findLastIndex((each, index) => index < at && each.level < line.level);
      return parent < 0 ? undefined : { kind: "go", to: parent };
    }
    case "Enter":
    case " ":
      return { kind: "choose", ref: line.ref };
    default:
      return undefined;
  }
};
