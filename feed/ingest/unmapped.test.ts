import { expect, test } from "vitest";
import { createUnmapped } from "./unmapped.ts";

test("what is listed is found by its topic, and by why it is there", () => {
  const unmapped = createUnmapped();
  unmapped.add("plant/a", { code: "point-unmapped", reason: 'no asset or alias "Chiller 7"' }, 1);
  unmapped.add("plant/b", { code: "point-unmapped", reason: "a setpoint is no measurement" }, 2);
  expect(unmapped.list(9, "CHILLER").map(({ topic }) => topic)).toEqual(["plant/a"]);
  expect(unmapped.list(9, "plant/").map(({ topic }) => topic)).toEqual(["plant/a", "plant/b"]);
  expect(unmapped.list(9, "pump")).toEqual([]);
});

test("topics beyond the list are counted once, however often they speak", () => {
  const unmapped = createUnmapped();
  const why = { code: "topic-unknown", reason: "no pattern" } as const;
  for (let round = 0; round < 3; round++)
    for (let i = 0; i < 10_500; i++) unmapped.add(`line/${i}`, why, 1e12 + round);
  expect(unmapped.total).toBe(10_500);
  expect(unmapped.list(20_000, "")).toHaveLength(10_000);
  expect(unmapped.list(1, "line/42")).toMatchObject([{ topic: "line/42", count: 3, lastMs: 1e12 + 2 }]);
});
