import { PbfReader } from "pbf";
import { enterField, leaveFields } from "./sparkplug.ts";
import { DataType, sparkplugDataTypes } from "./sparkplug-types.ts";

/** Members and columns named in a description; more are only counted. */
const namesShown = 8;
const bytesWire = 2;

interface Field {
  readonly number: number;
  readonly type: number;
  readonly pbf: PbfReader;
  readonly end: number;
}

/** Visits the fields of one message; those that the visitor leaves unread are skipped. */
const visit = (pbf: PbfReader, end: number, visitor: (field: Field) => void): void => {
  for (let number = pbf.nextField(end); number !== 0; number = pbf.nextField(end))
    visitor({ number, type: pbf.type, pbf, end });
  leaveFields(pbf, end);
};

const textOf = ({ pbf, end }: Field): string => {
  const start = pbf.pos;
  enterField(pbf, end);
  pbf.pos = start;
  return pbf.readString();
};

const listed = (names: readonly string[], count: number): string => {
  const shown = names.filter((name) => name !== "").slice(0, namesShown);
  return shown.length === 0 ? "" : ` (${shown.join(", ")}${count > shown.length ? ", …" : ""})`;
};

/** DataSet: columns 2, types 3, rows 4. */
const dataSet = (pbf: PbfReader, end: number): string => {
  const columns: string[] = [];
  let rows = 0;
  visit(pbf, end, (field) => {
    if (field.number === 2 && field.type === bytesWire) columns.push(textOf(field));
    else if (field.number === 4) rows++;
  });
  return `a DataSet of ${columns.length} columns${listed(columns, columns.length)} and ${rows} rows`;
};

/** Template: metrics 2, template_ref 4, is_definition 5. Members are named; templates within them are not opened. */
const template = (pbf: PbfReader, end: number): string => {
  const members: string[] = [];
  let definition = "";
  let isDefinition = false;
  visit(pbf, end, (field) => {
    if (field.number === 4 && field.type === bytesWire) definition = textOf(field);
    else if (field.number === 5 && field.type === 0) isDefinition = pbf.readVarint() !== 0;
    else if (field.number === 2 && field.type === bytesWire) {
      let name = "";
      visit(pbf, enterField(pbf, end), (inner) => {
        if (inner.number === 1 && inner.type === bytesWire) name = textOf(inner);
      });
      members.push(name);
    }
  });
  const kind = isDefinition ? "a Template definition" : `a Template of ${definition || "no definition"}`;
  return `${kind} with ${members.length} members${listed(members, members.length)}`;
};

/**
 * Says what a metric without a number is, for the list of what is not shown: `a DataSet of 3 columns (a, b, c) and
 * 10 rows`. Bounded: one pass, and nothing nested is opened beyond a template's members. Never throws.
 * @param metric the metric's bytes: `start` to `end` of a decoded payload
 */
export const describeMetric = (metric: Uint8Array, dataType: number): string => {
  const name = sparkplugDataTypes[dataType] ?? `type ${dataType}`;
  let found = dataType === DataType.Unknown ? "no datatype" : `${name} is no number`;
  const pbf = new PbfReader(metric);
  try {
    visit(pbf, pbf.length, ({ number, type, end }) => {
      if (type !== bytesWire) return;
      if (number === 16) found = `${pbf.readBytes().length} bytes of ${name}`;
      else if (number === 17) found = dataSet(pbf, enterField(pbf, end));
      else if (number === 18) found = template(pbf, enterField(pbf, end));
    });
  } catch (error) {
    return `${found}, torn: ${error instanceof Error ? error.message : String(error)}`;
  }
  return found;
};
