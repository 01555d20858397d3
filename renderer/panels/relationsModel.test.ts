import { expect, test } from "vitest";
import { loadTwin } from "#twins/model/load.ts";
import { classNames } from "#twins/model/metric.ts";
import { sampleFiles } from "#twins/model/sample.fixture.ts";
import { relationsOf } from "./relationsModel.ts";

const twin = loadTwin(sampleFiles());
const { links } = twin;

test("every link is seen from both of its ends", () => {
  expect(links.count).toBeGreaterThan(0);
  const all = Number.POSITIVE_INFINITY;
  for (let i = 0; i < links.count; i += 7) {
    const from = { className: classNames[links.fromClass[i]!]!, row: links.fromRow[i]! };
    const to = { className: classNames[links.toClass[i]!]!, row: links.toRow[i]! };
    expect(relationsOf(twin, from, all).downstream.map((relation) => relation.to)).toContainEqual(to);
    expect(relationsOf(twin, to, all).upstream.map((relation) => relation.to)).toContainEqual(from);
  }
});

test("what is beyond the limit is counted, not forgotten", () => {
  const busiest = { className: classNames[links.fromClass[0]!]!, row: links.fromRow[0]! };
  const whole = relationsOf(twin, busiest, Number.POSITIVE_INFINITY);
  const cut = relationsOf(twin, busiest, 0);
  expect(cut.downstream).toHaveLength(0);
  expect(cut.moreDownstream).toBe(whole.downstream.length);
});
