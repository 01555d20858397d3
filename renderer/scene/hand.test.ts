import { expect, test } from "vitest";
import { Hand } from "./hand.ts";

test("a picture waits for a hand that moved or is near, and not for one that is gone", () => {
  const hand = new Hand();
  expect(hand.waitMs(0, false)).toBe(0);
  expect(hand.rests(0)).toBe(1);
  hand.nearMs = 1000;
  expect(hand.waitMs(1100, false)).toBe(500);
  expect(hand.waitMs(1700, false)).toBe(0);
  expect(hand.rests(1700)).toBe(5);
  expect(hand.rests(11_000)).toBe(1);
});

test("who waits for the picture gets it in spite of a hand that is only near, and after a move has rested", () => {
  const hand = new Hand();
  hand.nearMs = 1000;
  expect(hand.waitMs(1100, true)).toBe(0);
  hand.movedMs = 1050;
  expect(hand.waitMs(1100, true)).toBe(250);
});
