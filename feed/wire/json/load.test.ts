import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadMapping, mappingWords, readMapping } from "./load.ts";
import { shippedWires, wireFile } from "./recorded.fixture.ts";

const refused = (text: string): string => {
  const read = readMapping("plant.jsonc", text);
  return read.ok ? "" : mappingWords(read.error);
};

const file = (template: string): string => `// a plant
{
  "mapping": 1,
  "templates": [
    {
      "name": "t", "topic": "x/{id}", "asset": "{id}",
      ${template}
    },
  ],
}`;
const power = `{ "path": "$.p", "metric": "power", "unit": "kW" }`;

test("comments and trailing commas are fine", () => expect(refused(file(`"values": [${power}],`))).toBe(""));

describe("refuses, and says where and what to do:", () => {
  test.each([
    ["a torn file", '{ "mapping": 1,\n "templates": [ }', /plant\.jsonc:2: no JSON: /],
    ["an empty file", "", /plant\.jsonc:1: /],
    ["another version", '{ "mapping": 2, "templates": [] }', /plant\.jsonc:1: mapping: /],
    ["a field it does not know", file(`"values": [${power}],\n      "unti": 1`), /plant\.jsonc:8: .*"unti"/],
    [
      "a metric that does not exist",
      file(`"values": [\n{ "path": "$.p", "metric": "powr", "unit": "kW" }]`),
      /plant\.jsonc:8: .*no class has a metric "powr"/,
    ],
    [
      "a metric that is computed",
      file(`"values": [{ "path": "$.p", "metric": "pue1h" }]`),
      /:7: .*computed here/,
    ],
    [
      "a unit that is missing",
      file(`"values": [{ "path": "$.p", "metric": "power" }]`),
      /:7: .*power needs a unit: "unit": "kW"/,
    ],
    [
      "a unit of something else",
      file(`"values": [{ "path": "$.p", "metric": "power", "unit": "Cel" }]`),
      /:7: .*"Cel" does not convert to kW/,
    ],
    [
      "a state that is none",
      file(`"values": [{ "path": "$.p", "metric": "status", "states": { "on": 7 } }]`),
      /:7: .*no state 7, only 0, 1, 2/,
    ],
    [
      "states of a number",
      file(`"values": [{ "path": "$.p", "metric": "power", "states": { "on": 1 } }]`),
      /:7: .*no state/,
    ],
    [
      "a path that is none",
      file(`"values": [{ "path": "p", "metric": "power", "unit": "kW" }]`),
      /:7: .*expected a path such as/,
    ],
    [
      "a capture that the topic lacks",
      file(`"values": [${power}], "publisher": "{host}"`),
      /:7: publisher|:7: .*publisher: \{host\}: the topic captures id/,
    ],
    [
      "a publisher by message",
      file(`"values": [${power}], "publisher": "{$.host}"`),
      /:7: .*named by the topic alone/,
    ],
    [
      "a time without a zone",
      file(`"values": [${power}], "time": { "path": "$.t", "format": "YYYY-MM-DD HH:mm:ss" }`),
      /:7: .*"zone": "\+08:00"/,
    ],
    [
      "a zone that is none",
      file(`"values": [${power}], "time": { "path": "$.t", "format": "iso", "zone": "CST" }`),
      /:7: .*CST: expected Z or/,
    ],
    ["neither values nor signals", file(`"each": "$.m[*]"`), /:5: .*needs one of values, signals or alarm/],
    ["both", file(`"values": [${power}], "signal": "{*}", "path": "@", "signals": {}`), /needs one of/],
    [
      "signals without a name",
      file(`"path": "@", "signals": { "a": { "metric": "power", "unit": "kW" } }`),
      /need a "signal"/,
    ],
    ["an each of one", file(`"values": [${power}], "each": "$.m"`), /:7: .*ends with \[\*\]/],
  ])("%s", (_, text, words) => {
    expect(refused(text)).toMatch(words);
    expect(refused(text)).toMatch(/docs\/JSON-WIRE\.md/);
  });

  test("everything at once, by line", () => {
    const text = file(
      `"values": [\n{ "path": "p", "metric": "powr" },\n{ "path": "$.q", "metric": "load" }]`,
    );
    expect(refused(text).split("\n")).toHaveLength(4);
  });

  test("two templates of one name, and a publisher of two periods", () => {
    const one = (more: string) => `{ "name": "t", "topic": "x", "asset": "a", "values": [${power}]${more} }`;
    const text = `{ "mapping": 1, "templates": [\n${one("")},\n${one(', "periodS": 5')} ] }`;
    expect(refused(text)).toMatch(/:3: .*a second template "t"[\s\S]*another period or origin/);
  });
});

test("filters that lie within others are left out", () => {
  const one = (name: string, topic: string) =>
    `{ "name": "${name}", "topic": "${topic}", "asset": "a", "values": [${power}] }`;
  const read = readMapping(
    "x",
    `{ "mapping": 1, "templates": [${one("a", "p/{x}/q")}, ${one("b", "p/{r#}")}, ${one("c", "p/1/q")}] }`,
  );
  expect(read.ok && read.value.filters).toEqual(["p/#"]);
});

test.each(shippedWires)("%s is accepted", (wire) => {
  expect(loadMapping(wireFile(wire, "mapping.jsonc")).filters.length).toBeGreaterThan(0);
});

test("whatever is torn out of a mapping, it is read or refused with a line, and never thrown", () => {
  const text = readFileSync(wireFile("facility-northbound", "mapping.jsonc"), "utf8");
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(60), fc.string({ maxLength: 5 }), (at, length, patch) => {
      const read = readMapping("x", text.slice(0, at) + patch + text.slice(at + length));
      if (!read.ok)
        for (const { line, message } of read.error)
          expect([line! > 0, message.length > 0]).toEqual([true, true]);
    }),
    { numRuns: 300 },
  );
});
