import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test, vi } from "vitest";
import { Watchdog } from "./watchdog.ts";

const times = { startMs: 900, silentMs: 300, checkMs: 30 };

const talkative = `
const { parentPort } = require("node:worker_threads");
parentPort.once("message", () => { for (;;); });
setInterval(() => parentPort.postMessage("status"), 20);
`;

test("a thread that hangs is found, and one that talks is let be", async () => {
  const worker = new Worker(talkative, { eval: true });
  await once(worker, "message");
  const hung = vi.fn();
  const watchdog = new Watchdog(hung, times);
  worker.on("message", () => watchdog.heard());
  for (let messages = 0; messages < 30; messages++) await once(worker, "message");
  expect(hung).not.toHaveBeenCalled();
  worker.postMessage("hang");
  await vi.waitFor(() => expect(hung).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(hung.mock.calls[0]![0]).toBeGreaterThan(times.silentMs);
  await worker.terminate();
});

test("a thread that has not spoken yet has longer, and is found all the same", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const hung = vi.fn();
  const watchdog = new Watchdog(hung, times);
  vi.advanceTimersByTime(times.startMs);
  expect(hung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * times.checkMs);
  expect(hung).toHaveBeenCalledOnce();
  watchdog.stop();
  vi.useRealTimers();
});

test("after a sleep of the whole process the thread has its time again", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "performance"] });
  const hung = vi.fn();
  const watchdog = new Watchdog(hung, times);
  vi.setSystemTime(0);
  // Fake time jumps without the checks in between: what a suspended machine looks like.
  const asleep = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 60_000);
  vi.advanceTimersByTime(times.checkMs);
  expect(hung).not.toHaveBeenCalled();
  asleep.mockRestore();
  watchdog.stop();
  vi.useRealTimers();
});
