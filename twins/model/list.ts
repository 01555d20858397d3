import type { CsvRecord } from "./csv.ts";
import { csvRecords } from "./csv.ts";
import { extent, reach, segment } from "./documents.ts";
import type { ClassName } from "./metric.ts";
import { classNames } from "./metric.ts";
import type { Problem } from "./result.ts";
import type { ListedAsset, TwinProblemCode } from "./schema.ts";

/** Columns of an asset list, named by its first line, in any order. The first nine have to be there. */
export const listColumns = [
  "id",
  "class",
  "nameZh",
  "nameEn",
  "east",
  "north",
  "width",
  "depth",
  "height",
  "up",
  "yawDeg",
  "serves",
  "attributes",
] as const;
type ListColumn = (typeof listColumns)[number];
const requiredColumns = listColumns.slice(0, 9);

/** Deepest id, segments. */
const deepest = 12;
const leftOut = "Correct this line; it is left out until then.";

/** One line being read: its cells by column, and whether anything was wrong. */
class Line {
  isValid = true;
  readonly #record: CsvRecord;
  readonly #columns: ReadonlyMap<ListColumn, number>;
  readonly #report: Report;

  constructor(record: CsvRecord, columns: ReadonlyMap<ListColumn, number>, report: Report) {
    this.#record = record;
    this.#columns = columns;
    this.#report = report;
  }

  cell(column: ListColumn): string {
    return this.#record.cells[this.#columns.get(column) ?? -1] ?? "";
  }

  fail(code: TwinProblemCode, message: string): void {
    this.isValid = false;
    this.#report(code, { message, tip: leftOut, line: this.#record.line, asset: this.cell("id") });
  }

  /** A number of the column; 0 where an optional cell is empty. */
  number(column: ListColumn, limits: { readonly min: number; readonly max: number }): number {
    const cell = this.cell(column);
    if (cell === "" && !requiredColumns.includes(column)) return 0;
    const value = cell === "" ? Number.NaN : Number(cell);
    if (Number.isNaN(value)) this.fail("twin-field-type", `${column}: expected a number, found "${cell}"`);
    else if (value < limits.min || value > limits.max)
      this.fail("twin-field-range", `${column}: ${value} is outside ${limits.min} … ${limits.max}`);
    return value;
  }

  words(column: ListColumn): readonly string[] {
    return this.cell(column)
      .split(/\s+/)
      .filter((word) => word !== "");
  }
}

type Report = (
  code: TwinProblemCode,
  problem: { message: string; tip: string; line: number; asset?: string },
) => void;

const isClass = (name: string): name is ClassName => (classNames as readonly string[]).includes(name);

const readClass = (line: Line): ClassName => {
  const name = line.cell("class");
  const isTop = !line.cell("id").includes("/");
  if (!isClass(name)) line.fail("twin-class-unknown", `class ${name} is unknown`);
  else if (name === "site")
    line.fail("twin-class-unknown", "the site is twin.json itself, not a listed asset");
  else if ((name === "zone") !== isTop)
    line.fail("twin-parent-unknown", "zones have ids of one segment, and nothing else has");
  else return name;
  return "portal";
};

const readAttributes = (line: Line): ReadonlyMap<string, number> => {
  const attributes = new Map<string, number>();
  for (const word of line.words("attributes")) {
    const [, name, text] = /^([a-zA-Z]\w*)=(.+)$/.exec(word) ?? [];
    const value = Number(text);
    if (name === undefined || !Number.isFinite(value))
      line.fail("twin-field-type", `attributes: expected name=number, found "${word}"`);
    else attributes.set(name, value);
  }
  return attributes;
};

const readLine = (line: Line, origin: ListedAsset["origin"]): ListedAsset | undefined => {
  const id = line.cell("id");
  const segments = id.split("/");
  if (!segments.every((part) => segment.test(part)) || segments.length > deepest)
    line.fail("twin-field-range", `id: "${id}" is no path of segments that match ${segment.source}`);
  const [zh, en] = [line.cell("nameZh"), line.cell("nameEn")];
  const asset: ListedAsset = {
    id,
    className: readClass(line),
    name: zh === "" && en === "" ? undefined : { zh: zh || en, en: en || zh },
    at: [line.number("east", reach), line.number("north", reach), line.number("up", reach)],
    size: [line.number("width", extent), line.number("depth", extent), line.number("height", extent)],
    yawDeg: line.number("yawDeg", { min: -360, max: 360 }),
    attributes: readAttributes(line),
    serves: line.words("serves"),
    origin,
  };
  return line.isValid ? asset : undefined;
};

/** Where each known column stands; undefined when one that is needed is missing. */
const readHeader = (record: CsvRecord, report: Report): ReadonlyMap<ListColumn, number> | undefined => {
  const columns = new Map<ListColumn, number>();
  for (const [index, cell] of record.cells.entries()) {
    const column = listColumns.find((name) => name === cell);
    if (column) columns.set(column, index);
    else if (cell !== "comment")
      report("twin-field-unknown", {
        message: `${cell} is no column of an asset list and is ignored`,
        tip: "Check the spelling; docs/TWIN-DIRECTORY.md lists the columns.",
        line: record.line,
      });
  }
  const missing = requiredColumns.filter((column) => !columns.has(column));
  if (missing.length === 0) return columns;
  report("twin-list-malformed", {
    message: `the first line has no ${missing.join(", ")}`,
    tip: "Name the columns in the first line; nothing of this file is shown until then.",
    line: record.line,
  });
  return undefined;
};

/** Reads an asset list (docs/TWIN-DIRECTORY.md). Wrong lines are left out, each with a problem. */
export const readAssetList = (file: string, text: string, problems: Problem[]): readonly ListedAsset[] => {
  const report: Report = (code, problem) => {
    problems.push({ code, file, ...problem });
  };
  const assets: ListedAsset[] = [];
  let columns: ReadonlyMap<ListColumn, number> | undefined;
  let width = 0;
  for (const record of csvRecords(text)) {
    if (columns === undefined) {
      columns = readHeader(record, report);
      if (columns === undefined) break;
      width = record.cells.length;
    } else if (record.isTorn || record.cells.length !== width)
      report("twin-list-malformed", {
        message: record.isTorn
          ? "a quote is not closed, or has something behind it"
          : `expected ${width} cells, found ${record.cells.length}`,
        tip: leftOut,
        line: record.line,
      });
    else {
      const asset = readLine(new Line(record, columns, report), { file, line: record.line });
      if (asset) assets.push(asset);
    }
  }
  return assets;
};
