import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { classSpec } from "#twins/model/catalogue.ts";
import { type Limit, priorities } from "./limit.ts";
import { limits } from "./limits.ts";

const metricOf = ({ className, metric }: Limit) =>
  classSpec(className).metrics.find(({ id }) => id === metric);

test("every limit is of a metric there is, once, and in its range", () => {
  expect(new Set(limits.map(({ id }) => id)).size).toBe(limits.length);
  for (const limit of limits) {
    const metric = metricOf(limit);
    expect(metric, limit.id).toBeDefined();
    expect(metric!.derived, limit.id).toBeUndefined();
    if (limit.kind === "state") {
      const codes = metric!.states!.map(({ code }) => code);
      for (const code of limit.codes) expect(codes, limit.id).toContain(code);
    } else {
      expect(metric!.kind, limit.id).toBe("analog");
      expect(limit.deadband, limit.id).toBeGreaterThan(metric!.resolution ?? 0);
    }
  }
});

test("ladders go from mild to worse, in number and in priority", () => {
  for (const limit of limits) {
    const next = limits.find(
      (other) =>
        limits.indexOf(other) > limits.indexOf(limit) &&
        other.className === limit.className &&
        other.metric === limit.metric &&
        other.kind === limit.kind,
    );
    if (!next) continue;
    expect(priorities.indexOf(next.priority), next.id).toBeLessThan(priorities.indexOf(limit.priority));
    if (limit.kind === "high") expect(next.kind === "high" && next.at > limit.at, next.id).toBe(true);
    if (limit.kind === "low") expect(next.kind === "low" && next.at < limit.at, next.id).toBe(true);
  }
});

/** The table of docs/ALARMS.md, from the limits. */
const file = join(import.meta.dirname, "../../docs/ALARMS.md");
const page = readFileSync(file, "utf8");
const [begin, end] = ["<!-- limits -->\n", "<!-- /limits -->"];

const priorityNames = {
  critical: "紧急 critical",
  high: "重要 high",
  medium: "次要 medium",
  low: "提示 low",
};

const seconds = (ms: number): string => (ms === 0 ? "–" : `${ms / 1000} s`);

const conditionOf = (limit: Limit): string => {
  const { unit, states } = metricOf(limit)!;
  if (limit.kind === "state")
    return limit.codes.map((code) => states!.find((state) => state.code === code)!.en).join(", ");
  const off = limit.offBelow === undefined ? "" : `, off below ${limit.offBelow}`;
  return `${limit.kind === "high" ? ">" : "<"} ${limit.at} ${unit} ± ${limit.deadband}${off}`;
};

const lineOf = (limit: Limit): string => {
  const { label } = classSpec(limit.className);
  const cells = [
    `\`${limit.className}.${limit.metric}\``,
    `${label.zh} ${metricOf(limit)!.name.zh}`,
    conditionOf(limit),
    seconds(limit.onDelayMs),
    seconds(limit.offDelayMs),
    priorityNames[limit.priority],
    limit.source,
  ];
  return `| ${cells.join(" | ")} |`;
};

// `vitest run limits.test.ts -u` writes the table anew.
test("docs/ALARMS.md lists the limits as they are", async () => {
  const head = [
    "| point | 测点 | passed at ± deadband | on-delay | off-delay | priority | source |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  const table = `${[...head, ...limits.map(lineOf)].join("\n")}\n`;
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  await expect(before + table + page.slice(page.indexOf(end))).toMatchFileSnapshot(file);
});
