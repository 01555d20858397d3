import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ok } from "#twins/model/result.ts";
import { createAsks, type NumberedAsk } from "./asks.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = (isThere = true) => {
  const sent: NumberedAsk[] = [];
  const asks = createAsks((message) => {
    sent.push(message);
    return isThere;
  });
  return { sent, asks };
};
const fire = { fault: "fire", asset: "a/b01", metric: null, severity: 1, untilMs: null };

test("each answer reaches its own question, whatever the order", async () => {
  const { sent, asks } = setUp();
  const first = asks.ask({ t: "faults" });
  const second = asks.ask({ t: "clear", clearance: {} });
  asks.answered({ id: sent[1]!.id, answer: ok([]) });
  asks.answered({ id: sent[0]!.id, answer: ok([fire]) });
  expect(await first).toEqual(ok([fire]));
  expect(await second).toEqual(ok([]));
});

test("without a plant the answer is that it does not run yet", async () => {
  const { asks } = setUp(false);
  expect(await asks.ask({ t: "faults" })).toMatchObject({ ok: false, error: { code: "plant-starting" } });
});

test("a plant that crashes leaves no question open", async () => {
  const { asks } = setUp();
  const answer = asks.ask({ t: "faults" });
  asks.lost();
  expect(await answer).toMatchObject({ ok: false, error: { code: "plant-starting" } });
});

test("a plant that says nothing is called silent; what it says too late harms nothing", async () => {
  const { sent, asks } = setUp();
  const answer = asks.ask({ t: "faults" });
  vi.advanceTimersByTime(5000);
  expect(await answer).toMatchObject({ ok: false, error: { code: "plant-silent" } });
  asks.answered({ id: sent[0]!.id, answer: ok([]) });
  expect(vi.getTimerCount()).toBe(0);
});
