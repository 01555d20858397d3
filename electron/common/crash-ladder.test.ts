import fc from "fast-check";
import { expect, test } from "vitest";
import {
  climb,
  ground,
  healedAfterMs,
  ladderText,
  parseLadder,
  startsIn2d,
  type Trouble,
} from "./crash-ladder.ts";

/** Remedies for troubles one second apart. */
const remedies = (...troubles: readonly Trouble[]): readonly string[] => {
  let ladder = ground;
  return troubles.map((trouble, i) => {
    const step = climb(ladder, trouble, 1_000_000 + i * 1000);
    ladder = step.ladder;
    return step.remedy;
  });
};

test("a context that keeps getting lost climbs every rung and ends in 2D", () => {
  expect(remedies(...Array<Trouble>(6).fill("context-lost"))).toEqual([
    "restore-context",
    "rebuild-scene",
    "reload-window",
    "relaunch",
    "fallback-2d",
    "fallback-2d",
  ]);
});

test("a trouble starts at the gentlest rung that can cure it", () => {
  expect(remedies("frozen")).toEqual(["rebuild-scene"]);
  expect(remedies("page-gone", "page-gone")).toEqual(["reload-window", "relaunch"]);
  expect(remedies("context-lost", "page-gone", "context-lost")).toEqual([
    "restore-context",
    "reload-window",
    "relaunch",
  ]);
});

test("without a GPU the page goes to 2D at once, and a dead 2D page is reloaded", () => {
  expect(remedies("no-gpu", "page-gone", "page-gone")).toEqual([
    "fallback-2d",
    "reload-window",
    "reload-window",
  ]);
});

test("a quiet time heals, 2D excepted", () => {
  const first = climb(ground, "page-gone", 1000).ladder;
  expect(climb(first, "page-gone", 1000 + healedAfterMs).remedy).toBe("relaunch");
  expect(climb(first, "page-gone", 1001 + healedAfterMs).remedy).toBe("reload-window");
  const top = climb(ground, "no-gpu", 1000).ladder;
  expect(startsIn2d(climb(top, "context-lost", 1000 + 2 * healedAfterMs).ladder)).toBe(true);
});

test("a clock that was set back is no quiet time", () => {
  const first = climb(ground, "page-gone", 10 * healedAfterMs).ladder;
  expect(climb(first, "page-gone", 0).remedy).toBe("relaunch");
});

test("however troubles come, seven within the healing time end in 2D", () => {
  const trouble = fc.constantFrom<Trouble>("context-lost", "frozen", "page-gone", "no-gpu");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(trouble, fc.nat(healedAfterMs)), { minLength: 7, maxLength: 20 }),
      (steps) => {
        let [ladder, nowMs] = [ground, 1_000_000_000];
        for (const [what, laterMs] of steps) {
          nowMs += laterMs;
          ladder = climb(ladder, what, nowMs).ladder;
        }
        return startsIn2d(ladder);
      },
    ),
  );
});

test("the ladder survives a relaunch as text; nonsense is the ground", () => {
  const { ladder } = climb(ground, "page-gone", 1_700_000_000_000);
  expect(parseLadder(ladderText(ladder))).toEqual(ladder);
  for (const text of [undefined, "", "5@1", "2", "2@-1", "2@1; rm", "x"])
    expect(parseLadder(text)).toEqual(ground);
});
