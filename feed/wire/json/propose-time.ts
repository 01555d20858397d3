import type { Element } from "./elements.ts";
import { type TimeFormat, timeFormats, timeReader } from "./time.ts";

/** Where messages say their time, and how. */
export interface TimeGuess {
  readonly path: string;
  readonly format: TimeFormat;
  /** Found by the difference to our clock; null where the text or the number needs none. */
  readonly zone: string | null;
}

const named = /time|date|stamp|seen|时间|日期|^@?\$?\.?ts$|\.ts$|\.t$/i;
/** A time of a message that came just now lies within this of it. */
const nearMs = 36 * 3_600_000;
const quarterMs = 15 * 60_000;

const zoneText = (offsetMs: number): string => {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
};

const guessFor = (path: string, value: unknown, nowMs: number): TimeGuess | null => {
  for (const format of timeFormats.slice(0, 5)) {
    const ms = timeReader(format, null)(value);
    if (Math.abs(ms - nowMs) < nearMs) return { path, format, zone: null };
  }
  // A text without a zone: read as UTC, it is off by its zone, to the quarter of an hour.
  const ms = timeReader("YYYY-MM-DD HH:mm:ss", 0)(value);
  const offsetMs = Math.round((ms - nowMs) / quarterMs) * quarterMs;
  return Math.abs(ms - nowMs) < nearMs && Math.abs(ms - nowMs - offsetMs) < quarterMs / 3
    ? { path, format: "YYYY-MM-DD HH:mm:ss", zone: zoneText(offsetMs) }
    : null;
};

/** The leaf that says the time of each element: near to now, and called so. */
export const findTime = (elements: readonly Element[], nowMs = Date.now()): TimeGuess | null => {
  const paths = [...elements[0]!.leaves.keys()].filter((path) => named.test(path));
  // What stands at the element itself is nearer to the value than what its message says.
  const ordered = paths.toSorted((a, b) => Number(b.startsWith("@")) - Number(a.startsWith("@")));
  for (const path of ordered) {
    const guesses = elements.slice(0, 20).map(({ leaves }) => guessFor(path, leaves.get(path), nowMs));
    const [first] = guesses;
    if (first && guesses.every((guess) => guess?.format === first.format && guess.zone === first.zone))
      return first;
  }
  return null;
};
