import { readFile, writeFile } from "node:fs/promises";
import type { Findings, Share } from "./findings.ts";
import { halfEmpty } from "./findings.ts";
import { kindName, partNames, parts } from "./kinds.ts";

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const percent = (value: number, places = 0): string => (100 * value).toFixed(places);
const pue = (share: Share): string => share.pue.toFixed(2);

/** Load rates at which the parts are listed. */
const listed = [halfEmpty, 0.5, 0.8];

/** The tables of docs/PLANT.md, as Markdown. */
export const tables = (findings: Findings): string => {
  const { kinds, loads, byLoad, byMonth, monthLoad, airTemperature, today } = findings;
  const names = kinds.map((kind) => kindName(kind).en);
  const partsOf = (share: Share): readonly string[] => parts.map((part) => percent(share.parts[part], 1));
  return [
    "PUE of the year by load rate, %, and of the campus as it stands (at its own load rate):",
    table(
      ["", ...loads.map((load) => percent(load)), "as it stands"],
      kinds.map((_, kind) => {
        const own = today[kind]!;
        return [names[kind]!, ...byLoad[kind]!.map(pue), `${pue(own)} (${percent(own.loadRate)} %)`];
      }),
    ),
    "What it is made of, % of IT:",
    table(
      ["", "load rate", "PUE", ...parts.map((part) => partNames[part].en)],
      kinds.flatMap((_, kind) =>
        listed.map((load) => {
          const share = byLoad[kind]![loads.indexOf(load)]!;
          return [names[kind]!, `${percent(load)} %`, pue(share), ...partsOf(share)];
        }),
      ),
    ),
    `By month at a load rate of ${percent(monthLoad)} %:`,
    table(
      ["", ...airTemperature.map((_, month) => `${month + 1}`)],
      [
        ["mean air, °C", ...airTemperature.map((celsius) => celsius.toFixed(0).replace("-", "−"))],
        ...kinds.map((_, kind) => [names[kind]!, ...byMonth[kind]!.map((share) => share.pue.toFixed(3))]),
      ],
    ),
  ].join("\n\n");
};

/** Puts text between `<!-- name -->` and `<!-- /name -->` of a document. */
export const writeBetweenMarkers = async (file: string, name: string, content: string): Promise<void> => {
  const before = await readFile(file, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = before.indexOf(start);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no ${start} … ${end}`);
  await writeFile(file, `${before.slice(0, from + start.length)}\n${content}\n${before.slice(to)}`);
};
