import { expect, test } from "vitest";
import { actOf, type KeyPress } from "./keyMap.ts";

const press = (key: string, held: Partial<KeyPress> = {}) =>
  actOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

test("arrows step by a second, ten, a minute", () => {
  expect(press("ArrowRight")).toEqual({ do: "step", byMs: 1_000 });
  expect(press("ArrowLeft")).toEqual({ do: "step", byMs: -1_000 });
  expect(press("ArrowLeft", { shiftKey: true })).toEqual({ do: "step", byMs: -10_000 });
  expect(press("ArrowRight", { ctrlKey: true })).toEqual({ do: "step", byMs: 60_000 });
  expect(press("ArrowRight", { metaKey: true })).toEqual({ do: "step", byMs: 60_000 });
});

test.each([
  ["j", { do: "shuttle", way: -1 }],
  ["k", { do: "stop" }],
  ["l", { do: "shuttle", way: 1 }],
  ["Home", { do: "begin" }],
  ["End", { do: "end" }],
  ["i", { do: "in" }],
  ["o", { do: "out" }],
  ["r", { do: "loop" }],
  ["m", { do: "mark" }],
  [",", { do: "event", way: -1 }],
  [".", { do: "event", way: 1 }],
  ["t", { do: "type" }],
  ["0", { do: "whole" }],
  ["Escape", { do: "live" }],
])("%s", (key, act) => expect(press(key)).toEqual(act));

test("a letter counts with Caps Lock too", () => {
  expect(press("L")).toEqual({ do: "shuttle", way: 1 });
  expect(press("?", { shiftKey: true })).toEqual({ do: "help" });
});

test("what the browser or the window means by a key is left to them", () => {
  expect(press("l", { ctrlKey: true })).toBeNull();
  expect(press("r", { metaKey: true })).toBeNull();
  expect(press("ArrowLeft", { altKey: true })).toBeNull();
  expect(press("0", { ctrlKey: true })).toBeNull();
});

test("keys of the panels stay theirs", () => {
  for (const key of ["1", "2", "3", "4", "x", "h", "n", "f", " ", "Backspace", "Tab", "Enter", "ArrowUp"])
    expect(press(key)).toBeNull();
});
