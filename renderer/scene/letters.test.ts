import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { awaitLetters } from "./letters.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const page = (status: "loading" | "loaded"): { readonly come: () => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  vi.stubGlobal("document", { fonts: { status, ready: promise } });
  return { come: () => resolve() };
};

test("the first frame waits for letters that are on their way, and is told when they are there", async () => {
  const letters = page("loading");
  const onCome = vi.fn();
  const have = awaitLetters(onCome);
  expect([have(), onCome.mock.calls.length]).toEqual([false, 0]);
  letters.come();
  await Promise.resolve();
  expect([have(), onCome.mock.calls.length]).toEqual([true, 1]);
});

test("a typeface that never comes does not keep the picture away", () => {
  page("loading");
  const onCome = vi.fn();
  const have = awaitLetters(onCome);
  vi.advanceTimersByTime(1500);
  expect([have(), onCome.mock.calls.length]).toEqual([true, 1]);
});

test("letters that are there are not waited for", () => {
  page("loaded");
  expect(awaitLetters(() => {})()).toBe(true);
});
