import type { ClassName } from "#twins/model/metric.ts";
import type { LocalText } from "#twins/model/twin.ts";

/** One thing that can go wrong, or that people do, as data. */
export interface FaultKind {
  /** Unique within its class. The name of its condition, where it is one at once and at its own asset. */
  readonly id: string;
  /** Class of the assets that it is in; null: of any class, because it is in a sensor. */
  readonly className: ClassName | null;
  readonly name: LocalText;
  /** What an operator sees follow, in one line. */
  readonly follows: LocalText;
  /** `people` do it, on purpose: no machine is broken. */
  readonly by: "fault" | "people";
  /** What it sets: a condition of the physics (`conditions.ts`), or a disturbance of an instrument. */
  readonly acts: "condition" | "instrument";
  /** Name of that condition or disturbance. */
  readonly sets: string;
  /** What it sets it to at severity 1, in the condition's own unit. */
  readonly full: number;
  /** It is there or not: any severity above 0 is all of it. */
  readonly isSwitch: boolean;
  /** Comes on along a straight line over so many seconds where its order says nothing else; 0: at once. */
  readonly overS: number;
  /** Classes of places at which it may be ordered for everything of its class below them. */
  readonly places: readonly ClassName[];
}

type Words = readonly [zh: string, en: string];

interface Extra {
  readonly sets?: string;
  readonly full?: number;
  readonly isSwitch?: true;
  readonly overS?: number;
  readonly places?: readonly ClassName[];
  readonly by?: FaultKind["by"];
}

const local = ([zh, en]: Words): LocalText => ({ zh, en });

/** Fault kinds of a class that set a condition. */
export const conditionsAt =
  (className: ClassName) =>
  (id: string, words: { readonly name: Words; readonly follows: Words }, extra: Extra = {}): FaultKind => ({
    id,
    className,
    name: local(words.name),
    follows: local(words.follows),
    by: extra.by ?? "fault",
    acts: "condition",
    sets: extra.sets ?? id,
    full: extra.full ?? 1,
    isSwitch: extra.isSwitch ?? false,
    overS: extra.overS ?? 0,
    places: extra.places ?? [],
  });
