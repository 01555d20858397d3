import { numberText, type PointHead, statusText } from "./heads.ts";
import type { ExportRow } from "./rows.ts";

/** Text is handed on in pieces of about this many characters. */
const pieceLength = 256 * 1024;

export interface CsvOptions {
  readonly heads: readonly PointHead[];
  /** Site time is so far ahead of UTC. */
  readonly utcOffsetMin: number;
}

/**
 * A comma-separated table as Excel opens it by a double click: UTF-8 with its mark, CRLF, decimal points, one row a second.
 * Site time twice: plain, which Excel takes for a time, and as ISO 8601 with its offset, which everything else does.
 * A cell without a value is empty, never zero; the column beside it says why. null: others' turn.
 */
export function* csvParts(
  rows: Iterable<ExportRow | null>,
  { heads, utcOffsetMin }: CsvOptions,
): Generator<Uint8Array | null> {
  const encoder = new TextEncoder();
  const times = timeTexts(utcOffsetMin);
  let text = `\uFEFF${headLine(heads, utcOffsetMin)}\r\n`;
  for (const row of rows) {
    if (row === null) {
      yield null;
      continue;
    }
    text += times(row.timeMs);
    heads.forEach(({ isNarrow }, point) => {
      const value = row.values[point]!;
      text += `,${Number.isNaN(value) ? "" : numberText(value, isNarrow)},${statusText(row, point)}`;
    });
    text += "\r\n";
    if (text.length < pieceLength) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text);
}

const offsetText = (utcOffsetMin: number): string => {
  const minutes = Math.abs(utcOffsetMin);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${utcOffsetMin < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const timeTexts = (utcOffsetMin: number): ((timeMs: number) => string) => {
  const offset = offsetText(utcOffsetMin);
  return (timeMs) => {
    const site = new Date(timeMs + utcOffsetMin * 60_000).toISOString().slice(0, -1);
    return `${site.slice(0, 19).replace("T", " ")},${site}${offset},${new Date(timeMs).toISOString()}`;
  };
};

const headLine = (heads: readonly PointHead[], utcOffsetMin: number): string => {
  const offset = offsetText(utcOffsetMin);
  const points = heads.flatMap(({ asset, spec }) => {
    const states = spec.states?.map(({ code, en }) => `${code} ${en}`).join("; ");
    const name = `${asset} ${spec.name.en} [${spec.unit}]${states ? ` (${states})` : ""}`;
    return [name, `${asset} ${spec.name.en} status`];
  });
  return [`Site time (UTC${offset})`, "Site time ISO 8601", "UTC", ...points].map(quoted).join(",");
};

/** A cell of words. What a spreadsheet would take for a formula is made a text: ids may come from an announced campus. */
const quoted = (cell: string): string => {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
