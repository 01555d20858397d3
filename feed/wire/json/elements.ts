import { classSpec } from "#twins/model/catalogue.ts";
import type { AssetRef, Twin } from "#twins/model/twin.ts";
import { type Kind, type Leaf, leavesOf, type Sample } from "./observe.ts";
import { compileEach, createCursor, eachElement } from "./path.ts";

/** One element of a message, with its own leaves (`@.…`) and its message's (`$.…`). */
export interface Element {
  readonly sample: Sample;
  readonly leaves: ReadonlyMap<string, Leaf>;
}

/** Elements looked at, of one kind. */
const elementLimit = 2000;

/** What an external name is, where it is something with metrics of its own. */
export const measuredAsset = (twin: Twin, name: string): AssetRef | undefined => {
  const ref = twin.aliases.get(name) ?? twin.find(name);
  return ref && classSpec(ref.className).metrics.some(({ derived }) => !derived) ? ref : undefined;
};

export const elementsOf = ({ each, samples }: Kind): readonly Element[] => {
  const compiled = each === null ? null : compileEach(each);
  const cursor = createCursor();
  const elements: Element[] = [];
  for (const sample of samples) {
    cursor.message = sample.message;
    const outer = leavesOf(sample.message, "$");
    eachElement(compiled?.ok ? compiled.value : null, cursor, () => {
      if (elements.length >= elementLimit) return;
      const own = each === null ? [] : leavesOf(cursor.elements[cursor.depth - 1], "@");
      elements.push({ sample, leaves: new Map([...outer, ...own]) });
    });
  }
  return elements;
};
