import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { common, covers, filterFault, matches, within } from "./topic-filter.ts";

/** MQTT's own rule, written as plainly as possible, to hold the clever one against. */
const plainly = (filter: string, topic: string): boolean => {
  const [f, t] = [filter.split("/"), topic.split("/")];
  if (t[0]!.startsWith("$") && /^[+#]/.test(f[0]!)) return false;
  for (let i = 0; i < f.length; i++) {
    if (f[i] === "#") return true;
    if (i >= t.length || (f[i] !== "+" && f[i] !== t[i])) return false;
  }
  return f.length === t.length;
};
const plainMatch = (filter: string, topic: string): boolean =>
  plainly(filter, topic) || (filter.endsWith("/#") && plainly(filter.slice(0, -2), topic));

const name = fc.constantFrom("a", "b", "", "$SYS");
const topics = fc.array(name, { minLength: 1, maxLength: 4 }).map((levels) => levels.join("/"));
const filters = fc
  .tuple(
    fc.array(fc.oneof(name, fc.constant("+")), { maxLength: 3 }),
    fc.oneof(name, fc.constantFrom("+", "#")),
  )
  .map(([levels, last]) => [...levels, last].join("/"))
  .filter((filter) => filterFault(filter) === null);

test("a filter has the topics that MQTT says", () => {
  fc.assert(
    fc.property(filters, topics.filter(Boolean), (filter, topic) => {
      expect(matches(filter, topic)).toBe(plainMatch(filter, topic));
    }),
    { numRuns: 2000 },
  );
});

test("what two filters have in common is what both have, no more and no less", () => {
  fc.assert(
    fc.property(filters, filters, topics.filter(Boolean), (a, b, topic) => {
      const both = plainMatch(a, topic) && plainMatch(b, topic);
      const shared = common(a, b);
      expect(shared !== null && plainMatch(shared, topic)).toBe(both);
      if (covers(a, b) && plainMatch(b, topic)) expect(plainMatch(a, topic)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["#", "a/b", true],
  ["a/#", "a", true],
  ["a/#", "a/+/c", true],
  ["a/+", "a/#", false],
  ["+/b", "#", false],
  ["#", "$SYS/#", false],
])("%s covers %s: %s", (outer, inner, answer) => expect(covers(outer, inner)).toBe(answer));

test("what is wanted is cut down to what is allowed, and nothing is asked for twice", () => {
  expect(within(["BMS/v1/+/Value/#", "HT/v1/#"], ["BMS/v1/PUB/+/Rack/#"])).toEqual([
    "BMS/v1/PUB/Value/Rack/#",
  ]);
  expect(within(["BMS/#"], ["BMS/v1/#", "BMS/v1/PUB/#"])).toEqual(["BMS/v1/#"]);
  expect(within(["a", "b"], null)).toEqual(["a", "b"]);
  expect(within(["a"], ["b"])).toEqual([]);
});

describe("what is no filter, or none for a reader:", () => {
  test.each(["", "a/#/b", "a+", "#a", "a\0", "$share/group/a", "x".repeat(65_536)])("%j", (filter) =>
    expect(filterFault(filter)).not.toBeNull(),
  );
  test.each(["#", "+", "/", "a//b", "$SYS/#", "机房/+/温度"])("%s is one", (filter) =>
    expect(filterFault(filter)).toBeNull(),
  );
});
