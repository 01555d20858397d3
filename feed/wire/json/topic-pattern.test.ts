import fc from "fast-check";
import { expect, test } from "vitest";
import { matches } from "#feed/sources/topic-filter.ts";
import { compileTopic, matchTopic } from "./topic-pattern.ts";

const capturesOf = (pattern: string, topic: string): Record<string, string> | null => {
  const compiled = compileTopic(pattern);
  if (!compiled.ok) throw new Error(compiled.error);
  const found = matchTopic(compiled.value, topic);
  return found && Object.fromEntries(found);
};

test.each([
  ["telegraf/{host}/{measurement}", "telegraf/h1/cpu", { host: "h1", measurement: "cpu" }],
  ["telegraf/{host}/{measurement}", "telegraf/h1/cpu/0", null],
  ["telegraf/{host}/{measurement}", "telegraf/h1", null],
  ["a/+/c", "a/b/c", {}],
  ["a/#", "a/b/c", {}],
  ["a/#", "a", {}],
  ["x/{id#}", "x/a/b/c", { id: "a/b/c" }],
  ["x/{id#}", "x", null],
  ["z/{rack}-front", "z/r-1-front", { rack: "r-1" }],
  ["z/{rack}-front", "z/front", null],
  ["z/R{n}", "z/R", { n: "" }],
  ["{any}/x", "$SYS/x", null],
])("%s and %s", (pattern, topic, captures) => expect(capturesOf(pattern, topic)).toEqual(captures));

test.each(["{a", "a/{b}{c}", "a/{b}/{b}", "a/#/b", "a+", "a/{b#}/c", "x{b#}", "#", "a/{1}"])(
  "%s is refused",
  (pattern) => expect(compileTopic(pattern).ok).toBe(false),
);

test("what a pattern takes, its filter brings: nothing is subscribed to in vain, nothing is missed", () => {
  const level = fc.constantFrom("a", "b", "rack-1", "rack-2", "");
  const part = fc.constantFrom("a", "rack-1", "+", "{x}", "{y}", "rack-{z}", "{w}-1");
  fc.assert(
    fc.property(
      fc.uniqueArray(part, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.array(level, { minLength: 1, maxLength: 5 }),
      (parts, isOpen, levels) => {
        const compiled = compileTopic([...parts, ...(isOpen ? ["{rest#}"] : [])].join("/"));
        const topic = levels.join("/");
        if (!compiled.ok || topic === "") return;
        const { filter } = compiled.value;
        if (matchTopic(compiled.value, topic))
          expect(matches(filter, topic), `${filter} ${topic}`).toBe(true);
        const isNarrow = parts.some((each) => /^(rack-\{|\{w)/.test(each));
        if (!isNarrow && !isOpen)
          expect(matchTopic(compiled.value, topic) !== null).toBe(matches(filter, topic));
      },
    ),
  );
});
