import { describe, expect, it } from "vitest";
import { loadTwin } from "./load.ts";
import { sampleEast, sampleFiles, sampleTwin, sampleWest } from "./sample.fixture.ts";
import type { Twin } from "./twin.ts";
import { powerSystems } from "./twin.ts";

/** East zone with some fields of its n-th building or field block changed. */
const east = (part: "buildings" | "fields", index: number, changes: object): object => ({
  ...sampleEast,
  [part]: sampleEast[part].map((block, i) => (i === index ? { ...block, ...changes } : block)),
});

/** Line of the first occurrence of `text` in a file, 1-based. */
const lineOf = (file: string, text: string): number => {
  const index = file.split("\n").findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`no line has ${text}`);
  return index + 1;
};

const expectProblem = (
  twin: Twin,
  expected: { code: string; file: string; line?: number; asset?: string },
): void => {
  expect(twin.problems).toContainEqual(expect.objectContaining(expected));
  for (const { message, tip } of twin.problems)
    expect(Math.min(message.length, tip.length)).toBeGreaterThan(5);
};

describe("planted faults in a twin directory", () => {
  it("points at the line of a wrong type and leaves only that block out", () => {
    const files = sampleFiles({ "east.json": east("buildings", 0, { size: "wide" }) });
    const twin = loadTwin(files);
    expectProblem(twin, {
      code: "twin-field-type",
      file: "east.json",
      line: lineOf(files["east.json"]!, '"wide"'),
      asset: "east/b",
    });
    expect(twin.find("east/b01")).toBeUndefined();
    expect(twin.find("east/pv03")).toBeDefined();
    expect(twin.table("rack").count).toBe(100);
  });

  it.each([
    ["zero size", "buildings", { size: [60, 0, 12] }, "twin-field-range"],
    ["negative size", "buildings", { size: [-60, 30, 12] }, "twin-field-range"],
    ["huge coordinate", "buildings", { at: [1e7, 0] }, "twin-field-range"],
    ["wrong type", "buildings", { built: "two" }, "twin-field-type"],
    ["fraction", "buildings", { count: 2.5 }, "twin-field-type"],
    ["too many built", "buildings", { built: 4 }, "twin-field-range"],
    ["missing name", "buildings", { name: undefined }, "twin-field-missing"],
    ["half a name", "buildings", { name: { en: "x" } }, "twin-field-missing"],
    ["bad id", "buildings", { id: "B 1" }, "twin-field-range"],
    ["unknown template", "buildings", { template: "cathedral" }, "twin-template-unknown"],
    ["template too large", "buildings", { size: [20, 30, 12] }, "twin-template-too-large"],
    ["unknown class", "fields", { class: "unicorn" }, "twin-class-unknown"],
    ["class of a building", "fields", { class: "rack" }, "twin-class-unknown"],
    ["unknown stage", "fields", { stage: "soon" }, "twin-field-range"],
    ["text as attribute", "fields", { attributes: { voltageKv: "110" } }, "twin-field-type"],
  ] as const)("%s", (_, part, changes, code) => {
    const twin = loadTwin(sampleFiles({ "east.json": east(part, 0, changes) }));
    const own = twin.problems.filter((problem) => problem.code === code);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ file: "east.json", line: expect.any(Number) });
    expect(twin.find(part === "buildings" ? "east/b01" : "east/s110")).toBeUndefined();
    expect(twin.find("east/pv01")).toBeDefined();
    expect(twin.find("west/pods")).toBeDefined();
  });

  it("names a field nobody reads, and keeps the asset", () => {
    const files = sampleFiles({ "east.json": east("buildings", 0, { temlpate: "small" }) });
    const twin = loadTwin(files);
    expectProblem(twin, {
      code: "twin-field-unknown",
      file: "east.json",
      line: lineOf(files["east.json"]!, "temlpate"),
    });
    expect(twin.find("east/b01")).toBeDefined();
  });

  it("leaves out a building on another one's ground", () => {
    const twin = loadTwin(sampleFiles({ "east.json": east("buildings", 0, { pitch: [59, 0] }) }));
    expectProblem(twin, { code: "twin-overlap", file: "east.json", asset: "east/b02" });
    expect(twin.find("east/b01")).toBeDefined();
    expect(twin.find("east/b02")).toBeUndefined();
    expect(twin.find("east/b03")).toBeDefined();
  });

  it("leaves out what repeats an id", () => {
    const again = { ...sampleEast.buildings[0], at: [-100, 100] };
    const field = { ...sampleEast.fields[0], at: [0, 60] };
    const files = {
      "east.json": {
        ...sampleEast,
        buildings: [...sampleEast.buildings, again],
        fields: [...sampleEast.fields, field],
      },
      "west.json": { ...sampleWest, id: "east" },
    };
    const twin = loadTwin(sampleFiles(files));
    for (const asset of ["east/b01", "east/s110", "east"])
      expect(twin.problems).toContainEqual(expect.objectContaining({ code: "twin-duplicate-id", asset }));
    expect(twin.table("building").count).toBe(3);
    expect(twin.table("substation").count).toBe(1);
    expect(twin.table("zone").count).toBe(1);
  });

  it("reports a cooling system nobody knows, and the buildings that wanted it", () => {
    const templates = { ...sampleTwin.templates, small: { ...sampleTwin.templates.small, cooling: "ice" } };
    const files = sampleFiles({ "twin.json": { ...sampleTwin, templates } });
    const twin = loadTwin(files);
    expectProblem(twin, {
      code: "twin-cooling-unknown",
      file: "twin.json",
      line: lineOf(files["twin.json"]!, '"ice"'),
    });
    expectProblem(twin, { code: "twin-template-unknown", file: "east.json", asset: "east/b" });
    expect(twin.find("west/pods/f1/r1")).toBeDefined();
  });

  it("reads how a room's IT gets its power, double-conversion UPS unless said; a word nobody knows is reported", () => {
    const wired = (power: string) => ({
      ...sampleTwin,
      templates: { ...sampleTwin.templates, small: { ...sampleTwin.templates.small, power } },
    });
    const twin = loadTwin(sampleFiles({ "twin.json": wired("mainsHvdc") }));
    const systemOf = (id: string): number =>
      twin.table("room").attribute("powerSystem")![twin.find(id)!.row]!;
    expect(systemOf("east/b01/f1/r1")).toBe(powerSystems.indexOf("mainsHvdc"));
    expect(systemOf("west/pods/f1/r1")).toBe(powerSystems.indexOf("upsDouble"));

    const files = sampleFiles({ "twin.json": wired("flywheel") });
    expectProblem(loadTwin(files), {
      code: "twin-field-range",
      file: "twin.json",
      line: lineOf(files["twin.json"]!, '"flywheel"'),
    });
  });

  it("reports links to nowhere", () => {
    const twin = loadTwin(
      sampleFiles({
        "east.json": { ...sampleEast, fields: [{ ...sampleEast.fields[1], serves: ["east/s111"] }] },
      }),
    );
    expectProblem(twin, { code: "twin-link-unknown", file: "east.json", asset: "east/pv" });
    expectProblem(twin, { code: "twin-link-unknown", file: "west.json", asset: "west/pods" });
    expect(twin.table("pvTable").count).toBe(12);
  });

  it("shows the other zones when one file is missing or torn", () => {
    const missing = loadTwin(sampleFiles({ "east.json": undefined }));
    expectProblem(missing, { code: "twin-file-missing", file: "twin.json" });
    expect(missing.find("west/pods")).toBeDefined();

    const text = sampleFiles()["east.json"]!;
    const torn = loadTwin(sampleFiles({ "east.json": text.slice(0, text.indexOf('"buildings"')) }));
    expectProblem(torn, { code: "twin-json-syntax", file: "east.json" });
    expect(torn.find("east/pv12")).toBeDefined();
    expect(torn.find("west/pods")).toBeDefined();
  });

  it("reads aliases line by line", () => {
    const csv =
      "\uFEFFBMS-1,west/pods\r\n\r\n# note\r\nBMS-2,west/none\r\nBMS-3\r\nBMS-1,east/b01\r\nBMS-4, east/b01 \r\n";
    const twin = loadTwin(sampleFiles({ "aliases.csv": csv }));
    expect([...twin.aliases].map(([external, ref]) => [external, twin.idOf(ref)])).toEqual([
      ["BMS-1", "west/pods"],
      ["BMS-4", "east/b01"],
    ]);
    expect(twin.problems.map(({ code, line }) => [code, line])).toEqual([
      ["twin-alias-unknown", 4],
      ["twin-alias-malformed", 5],
      ["twin-duplicate-id", 6],
    ]);
  });

  it("leaves out a fact without a grade", () => {
    const fact = {
      id: "one",
      kind: "press",
      title: { zh: "一", en: "one" },
      quote: "一",
      source: "s",
      date: "d",
      grade: "B",
    };
    const twin = loadTwin(
      sampleFiles({ "facts.json": { facts: [fact, { ...fact, id: "two", grade: "Z" }] } }),
    );
    expect(twin.facts.map(({ id }) => id)).toEqual(["one"]);
    expectProblem(twin, { code: "twin-field-range", file: "facts.json", asset: "two" });
  });

  it("reads topic and point of a fact, and no point of a quarantined one", () => {
    const point = { series: "compute", value: 5, at: "2025-04", scope: { zh: "全市", en: "city" } };
    const fact = {
      id: "one",
      kind: "press",
      topic: "energy",
      title: { zh: "一", en: "one" },
      quote: "一",
      gloss: "one",
      source: "s",
      date: "d",
      grade: "B",
      point,
    };
    const wrong = [
      { ...fact, id: "two", quarantined: true },
      { ...fact, id: "three", topic: "weather" },
      { ...fact, id: "four", point: { ...point, at: "spring" } },
      { ...fact, id: "five", point: { ...point, series: "pue" } },
    ];
    const twin = loadTwin(sampleFiles({ "facts.json": { facts: [fact, ...wrong] } }));
    const { point: _, ...bare } = fact;
    expect(twin.facts).toEqual([fact, { ...bare, id: "four" }, { ...bare, id: "five" }]);
    for (const { id } of wrong)
      expectProblem(twin, { code: "twin-field-range", file: "facts.json", asset: id });
  });
});
