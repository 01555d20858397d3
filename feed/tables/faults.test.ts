import { expect, test } from "vitest";
import { createFaults } from "./faults.ts";

const nowhere = () => ({ asset: null, metric: null });

test("the first of each code is the example, printable and short; the worst topics come first", () => {
  let nowMs = 100;
  const faults = createFaults(() => nowMs);
  const count = (topic: string, payload: string) =>
    faults.count("payload-malformed", { topic, payload: Buffer.from(payload), detail: "torn" });
  count("a", `first\u0000\n${"x".repeat(500)}`);
  nowMs = 200;
  for (let i = 0; i < 3; i++) count("b", "later");
  const [record] = faults.list(nowhere, 10);
  expect(record).toMatchObject({ code: "payload-malformed", count: 4, lastMs: 200 });
  expect(record!.example).toMatchObject({ topic: "a", detail: "torn", timeMs: 100 });
  expect(record!.example.payload).toHaveLength(200);
  expect(record!.example.payload.startsWith("first\\u0000\\u000a")).toBe(true);
  expect(record!.points.map(({ topic, count: n }) => [topic, n])).toEqual([
    ["b", 3],
    ["a", 1],
  ]);
});

test("a flood of topics stays bounded, and still counts", () => {
  const faults = createFaults(() => 0);
  for (let i = 0; i < 10_000; i++)
    faults.count("topic-unknown", { topic: `t/${i}`, payload: "", detail: "" });
  expect(faults.total).toBe(10_000);
  expect(faults.byCode()).toEqual({ "topic-unknown": 10_000 });
  expect(faults.list(nowhere, 10)[0]!.points).toHaveLength(20);
  faults.clear();
  expect(faults.list(nowhere, 10)).toEqual([]);
});

test("faults within the last minute are counted, in steps of five seconds, and a clock set back begins anew", () => {
  let nowMs = 1e12;
  const faults = createFaults(() => nowMs);
  const fault = { topic: "a", payload: "", detail: "" };
  faults.count("duplicate", fault);
  nowMs += 30_000;
  faults.count("duplicate", fault);
  expect(faults.lastMinute()).toBe(2);
  nowMs += 31_000;
  expect(faults.lastMinute()).toBe(1);
  nowMs += 60_000;
  expect(faults.lastMinute()).toBe(0);
  faults.count("duplicate", fault);
  nowMs -= 3_600_000;
  expect(faults.lastMinute()).toBe(0);
});
