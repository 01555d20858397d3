import { expect, test } from "vitest";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { fuzzDecoders } from "./decoders.ts";
import { fuzz } from "./harness.ts";

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
