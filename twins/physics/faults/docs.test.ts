import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { classSpec } from "#twins/model/catalogue.ts";
import { classNames } from "#twins/model/metric.ts";
import { faultKinds, metricsOf } from "./catalogue.ts";
import type { FaultKind } from "./kind.ts";

/** The table of docs/FAULTS.md, from the catalogue. */
const file = join(import.meta.dirname, "../../../docs/FAULTS.md");
const page = readFileSync(file, "utf8");
const [begin, end] = ["<!-- catalogue -->\n", "<!-- /catalogue -->"];

const lengthOf = (seconds: number): string => {
  if (seconds === 0) return "at once";
  if (seconds >= 86_400) return `${seconds / 86_400} d`;
  return seconds >= 3600 ? `${seconds / 3600} h` : `${seconds / 60} min`;
};

const classesOf = (kind: FaultKind): string => {
  if (kind.className !== null) return kind.className;
  const classes = classNames.filter((name) => metricsOf(kind, name).length > 0);
  return classes.every((name) => classSpec(name).metrics.some((metric) => metric.kind === "counter"))
    ? classes.join(", ")
    : "all with readings";
};

const severityOf = ({ isSwitch, full }: FaultKind): string => {
  if (isSwitch) return "–";
  return full === 1 ? "yes" : `to ${full}`;
};

const lineOf = (kind: FaultKind): string => {
  const { id, name, follows, sets, places, by } = kind;
  const marks = [
    ...(sets === id ? [] : [`sets \`${sets}\``]),
    ...(places.length > 0 ? [`also at ${places.join(", ")}`] : []),
    ...(by === "people" ? ["by people"] : []),
  ];
  const cells = [
    `\`${id}\`${marks.length > 0 ? ` (${marks.join("; ")})` : ""}`,
    classesOf(kind),
    `${name.zh} ${name.en}`,
    severityOf(kind),
    lengthOf(kind.overS),
    `${follows.zh} ${follows.en}`,
  ];
  return `| ${cells.join(" | ")} |`;
};

// `vitest run docs.test.ts -u` writes the table anew.
test("docs/FAULTS.md lists the catalogue as it is", async () => {
  const head = [
    "| fault | at | 名称 name | severity | comes | 后果 what follows |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  const table = `${[...head, ...faultKinds.map(lineOf)].join("\n")}\n`;
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  await expect(before + table + page.slice(page.indexOf(end))).toMatchFileSnapshot(file);
});
