import { openFile } from "./documents.ts";
import type { ObjectReader } from "./json.ts";
import type { Problem } from "./result.ts";
import { type Fact, type FactPoint, factFigures, factPanels, factScreens, factTopics } from "./twin.ts";

const factId = /^[a-z][a-z0-9-]{0,63}$/;
const month = /^\d{4}-(0[1-9]|1[0-2])$/;
const grades = ["A", "B", "C", "D"] as const;
const series = ["compute", "green"] as const;

const readPoint = (reader: ObjectReader): FactPoint | undefined => {
  const named = reader.string("series");
  const name = series.find((candidate) => candidate === named);
  if (name === undefined) reader.fail("twin-field-range", "series: expected compute or green", "series");
  const point: FactPoint = {
    series: name ?? "compute",
    value: reader.number("value", { min: 0 }),
    at: reader.string("at", month),
    scope: reader.text("scope"),
    ...(reader.has("isAtLeast") ? { isAtLeast: reader.boolean("isAtLeast") } : {}),
  };
  return reader.done() ? point : undefined;
};

/** One word of a list, where the field is there. */
const readOne = <T extends string>(
  reader: ObjectReader,
  field: string,
  words: readonly T[],
): T | undefined => {
  if (!reader.has(field)) return undefined;
  const said = reader.string(field);
  const word = words.find((candidate) => candidate === said);
  if (word === undefined)
    reader.fail("twin-field-range", `${field}: expected one of ${words.join(", ")}`, field);
  return word;
};

const readFact = (reader: ObjectReader): Fact | undefined => {
  const id = reader.string("id", factId);
  reader.about(id);
  const kind = reader.string("kind");
  if (kind !== "press" && kind !== "site")
    reader.fail("twin-field-range", "kind: expected press or site", "kind");
  const grade = grades.find((candidate) => candidate === reader.string("grade"));
  if (grade === undefined) reader.fail("twin-field-range", "grade: expected A, B, C or D", "grade");
  const topic = readOne(reader, "topic", factTopics);
  const figure = readOne(reader, "figure", factFigures);
  const panel = readOne(reader, "panel", factPanels);
  const screen = readOne(reader, "screen", factScreens);
  const inner = reader.has("point") ? reader.object("point") : undefined;
  const point = inner && readPoint(inner);
  const fact: Fact = {
    id,
    kind: kind === "site" ? "site" : "press",
    ...(topic ? { topic } : {}),
    title: reader.text("title"),
    quote: reader.string("quote"),
    ...(reader.has("gloss") ? { gloss: reader.string("gloss") } : {}),
    source: reader.string("source"),
    date: reader.string("date"),
    grade: grade ?? "D",
    ...(reader.has("caveat") ? { caveat: reader.text("caveat") } : {}),
    ...(reader.has("quarantined") ? { quarantined: reader.boolean("quarantined") } : {}),
    ...(point ? { point } : {}),
    ...(figure ? { figure } : {}),
    ...(panel ? { panel } : {}),
    ...(screen ? { screen } : {}),
    ...(reader.has("asset") ? { asset: reader.string("asset") } : {}),
  };
  if (fact.quarantined && point)
    reader.fail("twin-field-range", "a quarantined fact is no point of a series", "point");
  return reader.done() ? fact : undefined;
};

/** Reads `facts.json`: `{"facts": […]}`. */
export const readFactsFile = (file: string, text: string, problems: Problem[]): readonly Fact[] => {
  const reader = openFile({ file, text, problems });
  const facts = reader?.objects("facts").flatMap((item) => readFact(item) ?? []) ?? [];
  reader?.done();
  return facts;
};
