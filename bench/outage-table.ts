import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { expectedPeriodMs, type OutageFigures, racks } from "./outage-measure.ts";

const file = join(import.meta.dirname, "..", "docs", "OUTAGES.md");
const mark = "<!-- figures -->";

const pair = (values: readonly [number, number] | null): string =>
  values ? `${values[0]}–${values[1]}` : "–";
const number = (value: number | null): string => (value === null ? "–" : `${value}`);

const row = (figures: OutageFigures): string => {
  const { scenario, outcome, reasons } = figures;
  const told = outcome === "passed" ? "passed" : `**${outcome}**: ${reasons.join("; ")}`;
  const errors = figures.errors
    .map((error) => error.split(":")[0])
    .filter((code, i, all) => all.indexOf(code) === i);
  const cells = [
    scenario,
    told,
    pair(figures.lateAtPeriods),
    pair(figures.staleAtPeriods),
    number(figures.staleS),
    figures.namedS === null ? "–" : `${figures.namedS} (${errors.join(", ") || "late"})`,
    number(figures.recoveredS),
    `${figures.reconnects}, ${figures.protocol ?? "–"}`,
    `${figures.metadataAgain}`,
    `${figures.lost} of ${figures.made}`,
    pair(figures.ageS),
  ];
  return `| ${cells.join(" | ")} |`;
};

const head = [
  "cause",
  "outcome",
  "late at age (periods)",
  "stale at age (periods)",
  "first stale after (s)",
  "named after (s), as",
  "all fresh again after (s)",
  "reconnects, protocol",
  "metadata that came again",
  "values never shown",
  "age of values meanwhile (s)",
];

/** Puts the figures of a run into docs/OUTAGES.md, below its words. */
export const writeTable = (figures: readonly OutageFigures[]): void => {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()})`;
  const taken = `${racks} racks, expected period ${expectedPeriodMs} ms. ${new Date().toISOString().slice(0, 10)}, ${commit}, ${machine}.`;
  const table = [`| ${head.join(" | ")} |`, `|${head.map(() => " --- ").join("|")}|`, ...figures.map(row)];
  const words = readFileSync(file, "utf8").split(mark)[0]!;
  writeFileSync(file, `${words}${mark}\n\n${taken}\n\n${table.join("\n")}\n`);
};
