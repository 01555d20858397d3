/** One record of a CSV file. */
export interface CsvRecord {
  /** 1-based line that it begins at. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Its text, for messages. */
  readonly text: string;
  /** A quote that is never closed, or with something behind it. */
  readonly isTorn: boolean;
}

/** A cell, quoted or not, and what ends it. Sticky: read one after the other. */
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))[ \t]*(,|\r?\n|$)/y;

/**
 * Reads comma-separated values as RFC 4180 has them: a quoted cell may hold commas, line ends, and quotes written twice.
 * Empty lines and lines that begin with `#` are skipped; cells without quotes are trimmed. A byte order mark is none of
 * the text. Never throws: a torn record says so and ends with its line.
 */
export function* csvRecords(file: string): Generator<CsvRecord> {
  const text = file.replace(/^\uFEFF/, "");
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const ending = text.indexOf("\n", at);
    const end = ending < 0 ? text.length : ending;
    const first = text.slice(at, end).trim();
    if (first === "" || first.startsWith("#")) {
      at = end + 1;
      line++;
      continue;
    }
    const record = readCells(text, at);
    const next = record?.end ?? end + 1;
    const raw = text.slice(at, next);
    yield { line, cells: record?.cells ?? [], text: raw.trimEnd(), isTorn: record === undefined };
    for (let i = text.indexOf("\n", at); i >= 0 && i < next; i = text.indexOf("\n", i + 1)) line++;
    at = next;
  }
}

const readCells = (text: string, start: number): { cells: readonly string[]; end: number } | undefined => {
  const cells: string[] = [];
  for (let at = start; ; ) {
    while (text[at] === " " || text[at] === "\t") at++;
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (found === null) return undefined;
    cells.push(found[1] === undefined ? found[2]!.trimEnd() : found[1].replaceAll('""', '"'));
    at = cell.lastIndex;
    if (found[3] !== ",") return { cells, end: at };
  }
};

/** A cell as `csvRecords` reads it back: quoted where it has to be. */
export const csvCell = (value: string): string =>
  /[",\r\n]|^[#\s]|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
