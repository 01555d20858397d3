import { expect, test } from "vitest";
import { createUnmapped } from "./unmapped.ts";

test("topics beyond the list are counted once, however often they speak", () => {
  const unmapped = createUnmapped();
  const why = { code: "topic-unknown", reason: "no pattern" } as const;
  for (let round = 0; round < 3; round++)
    for (let i = 0; i < 10_500; i++) unmapped.add(`line/${i}`, why, 1e12 + round);
  expect(unmapped.total).toBe(10_500);
  expect(unmapped.list(20_000, "")).toHaveLength(10_000);
  expect(unmapped.list(1, "line/42")).toMatchObject([{ topic: "line/42", count: 3, lastMs: 1e12 + 2 }]);
});
