import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { Bed } from "./bed.ts";
import { fuzzDecoders } from "./decoders.ts";
import { fuzz } from "./harness.ts";
import { jsonTemplates } from "./json-corpus.ts";

const twin = await smallCampus(1000);

/** A slice of `npm run bench -- fuzz`; the whole is 100,000 a decoder. */
const messages = 2000;

test.each(fuzzDecoders)(
  "$name: mutants do not crash it, every one is taken or counted, and no cell holds what it must not",
  (decoder) => {
    const report = fuzz(twin, decoder, { messages });
    expect(report.problems).toEqual([]);
    expect(report.faults).toBeGreaterThan(messages / 10);
  },
);

/** Found by these mutants: messages of a template's topic that left no trace at all. */
test.each([
  ["no such list", { sent: 1, dat: [] }, { "field-missing": 1 }],
  ["a list of another shape", [{ sent: 1 }], { "field-missing": 1 }],
  ["elements that no condition fits", { data: [{ kind: "alarm" }] }, { "point-unmapped": 1 }],
  ["an empty list, which says that there is nothing", { sent: 1, data: [] }, {}],
])("JSON with %s is counted as it should be", (_name, payload, faults) => {
  const bed = new Bed(twin, jsonTemplates);
  bed.send({ topic: "north/7/data", payload: Buffer.from(JSON.stringify(payload)), retained: false });
  expect(bed.context.faults.byCode()).toEqual(faults);
});
