import type { ExportAsk, ExportPart } from "#feed/contract/replay.ts";
import { stampOf } from "#feed/log/file-name.ts";
import type { Log } from "#feed/log/log.ts";
import { chunkAt } from "#feed/log/seek-index.ts";
import { metricIndex } from "#twins/model/catalogue.ts";
import { err, ok, type Problem, type Result } from "#twins/model/result.ts";
import type { Twin } from "#twins/model/twin.ts";
import { csvParts } from "./csv.ts";
import { headOf } from "./heads.ts";
import { parquetParts } from "./parquet.ts";
import { ExportRows } from "./rows.ts";

/** Bytes of one part at most. */
const partBytes = 1024 * 1024;
const mostPoints = 1000;
/** Points times seconds: a day of a thousand points, a month of forty. */
const mostCells = 100_000_000;

type TwinSeen = Pick<Twin, "id" | "epoch" | "site" | "idOf" | "table">;

/** An export that was begun. To drop it is to cancel it: nothing is held open. */
export class Export {
  /** For the file it becomes. */
  readonly name: string;
  readonly #parts: Iterator<Uint8Array | null>;
  readonly #progress: () => number;
  #waiting: Uint8Array = new Uint8Array(0);
  #isRead = false;

  constructor(name: string, parts: Iterator<Uint8Array | null>, progress: () => number) {
    this.name = name;
    this.#parts = parts;
    this.#progress = progress;
  }

  /** Reads on, for some milliseconds. A part may be empty; after the one that is done there is none. */
  next(): ExportPart {
    if (this.#waiting.length === 0 && !this.#isRead) {
      const { value, done } = this.#parts.next();
      if (done) this.#isRead = true;
      else if (value) this.#waiting = value;
    }
    const part = this.#waiting.subarray(0, partBytes);
    this.#waiting = this.#waiting.subarray(part.length);
    const isDone = this.#isRead && this.#waiting.length === 0;
    const data = Buffer.from(part.buffer, part.byteOffset, part.length).toString("base64");
    return { data, progress: isDone ? 1 : this.#progress(), isDone };
  }
}

/** Begins an export: points over a range as one table, a row a second (docs/EXPORT.md). */
export const createExport = (log: Log, twin: TwinSeen, ask: ExportAsk): Result<Export> => {
  const problem = problemOf(log, twin, ask);
  if (problem) return err(problem);
  const fromMs = Math.max(ask.fromMs, log.startMs);
  const toMs = Math.min(ask.toMs, log.endMs);
  const reader = new ExportRows(log, ask.points);
  const rows = reader.read({ fromMs, toMs });
  const heads = ask.points.map((point) => headOf(twin, point));
  const { utcOffsetMin } = twin.site;
  const createdBy = `horinger-twin ${log.files[0]!.product}`;
  const facts = { twin: twin.id, epoch: twin.epoch, utcOffsetMin, fromMs, toMs };
  const parts =
    ask.format === "csv"
      ? csvParts(rows, { heads, utcOffsetMin })
      : parquetParts(rows, { heads, createdBy, facts });
  const id = twin.id.replaceAll(/[^\w-]/g, "_");
  const name = `${id}-${stampOf(fromMs)}-${stampOf(toMs)}.${ask.format}`;
  const lengthMs = Math.max(1, toMs - fromMs);
  const progress = (): number => Math.min(1, Math.max(0, (reader.timeMs - fromMs) / lengthMs));
  return ok(new Export(name, parts, progress));
};

const problemOf = (log: Log, twin: TwinSeen, { points, fromMs, toMs }: ExportAsk): Problem | null => {
  const unknown = points.find(
    ({ className, row, metric }) =>
      metricIndex(className, metric) < 0 || !(row >= 0 && row < twin.table(className).count),
  );
  if (unknown)
    return {
      code: "export-point-unknown",
      message: `no point ${unknown.className} ${unknown.row} ${unknown.metric}`,
      tip: "Choose points of the campus that is shown.",
    };
  if (points.length === 0 || points.length > mostPoints)
    return {
      code: "export-points",
      message: `${points.length} points chosen, expected 1 to ${mostPoints}`,
      tip: "Choose fewer, or export in several files.",
    };
  const seconds = secondsIn(log, fromMs, toMs);
  if (seconds === 0)
    return {
      code: "export-empty",
      message: "nothing was recorded in that range",
      tip: "Choose a range in which the coverage lane is filled.",
    };
  if (seconds * points.length > mostCells)
    return {
      code: "export-large",
      message: `${points.length} points over ${seconds} seconds are more than ${mostCells} cells`,
      tip: "Choose fewer points or a shorter range, and export in several files.",
    };
  return null;
};

/** No fewer seconds than are recorded there. */
const secondsIn = ({ files }: Log, fromMs: number, toMs: number): number => {
  const chunks = files.reduce(
    (sum, { index }) => sum + Math.max(0, chunkAt(index, toMs) - chunkAt(index, fromMs - 1)),
    0,
  );
  return Math.min(chunks, Math.max(1, Math.ceil((toMs - fromMs) / 1000) + 1));
};
