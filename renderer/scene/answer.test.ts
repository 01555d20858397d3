import { expect, it } from "vitest";
import { AnswerGauge } from "./answer.ts";

it("measures from the first event that waits to the device's end of the first frame that moved", () => {
  const gauge = new AnswerGauge();
  gauge.ask(100);
  gauge.ask(130);
  gauge.drew(true);
  gauge.ask(150);
  gauge.drawn(220);
  expect([gauge.count, gauge.lastMs]).toEqual([1, 120]);
  gauge.drew(true);
  gauge.drawn(260);
  expect([gauge.count, gauge.lastMs]).toEqual([2, 110]);
});

it("counts no frame that the hand did not move, and none that nobody asked for", () => {
  const gauge = new AnswerGauge();
  gauge.drew(true);
  gauge.drawn(10);
  gauge.ask(20);
  gauge.drew(false);
  gauge.drawn(30);
  gauge.drew(true);
  gauge.drawn(40);
  expect([gauge.count, gauge.lastMs]).toEqual([0, null]);
});
