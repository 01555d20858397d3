import type { Language, TextKey } from "#renderer/i18n/translate.ts";
import type { Look } from "#renderer/ui/look.ts";
import type { Priority } from "#twins/alarm/limit.ts";

/** Words of a screen that need nothing filled in. */
export type ScreenKey = Exclude<TextKey & `screen.${string}`, "screen.units.cdu" | "screen.source">;

/** One figure on a screen. */
export interface Tile {
  readonly label: string;
  /** Digits, or "—". */
  readonly value: string;
  readonly unit: string;
  /** How far it can be trusted; null for published words, which are no telemetry. */
  readonly look: Look | null;
  /** Everything that must stand beside it: simulated, its age, how many machines it speaks of. */
  readonly marks: readonly string[];
  /** Points beyond a limit by priority, where the figure is that. */
  readonly alarms?: readonly { readonly priority: Priority; readonly count: number }[];
}

/** What a screen shows, in the words of the language shown: the painter adds nothing. */
export interface ScreenContent {
  readonly language: Language;
  readonly title: string;
  /** Right of the title: time of the values, or the date of the words. */
  readonly when: string;
  readonly marks: readonly string[];
  readonly columns: number;
  /** Few figures in large type, to be read from afar; words at the foot are for who stands before it. */
  readonly isLarge?: boolean;
  readonly tiles: readonly Tile[];
  readonly foot: string;
}

/** True when two contents look the same. */
export const sameContent = (a: ScreenContent | null, b: ScreenContent): boolean =>
  a !== null && JSON.stringify(a) === JSON.stringify(b);
