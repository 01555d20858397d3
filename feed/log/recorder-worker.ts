import { parentPort, workerData } from "node:worker_threads";
import { createClock } from "#feed/tables/clock.ts";
import { Recorder } from "./recorder.ts";
import type { FromRecorder, RecorderInput, ToRecorder } from "./recorder-messages.ts";

/** The recorder's thread: looks at the class tables once a second, and writes what changed. */
const port = parentPort;
if (!port) throw new Error("recorder-worker.ts runs as a worker thread (feed/log/recorder-thread.ts)");

const tell = (message: FromRecorder): void => port.postMessage(message);

const { config, product } = workerData as RecorderInput;
const recorder = new Recorder({ config, product, log: (line) => tell({ t: "log", line }) });
const clock = createClock();
let timer: ReturnType<typeof setTimeout> | undefined;

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const tick = (): void => {
  clock.follow();
  recorder.tick(clock.nowMs());
  tell({ t: "status", status: recorder.status, cpuMs: cpuMs(), postponed: recorder.postponed });
  // Whole seconds, so that recordings of several machines share their times.
  timer = setTimeout(tick, 1000 - (clock.nowMs() % 1000));
};

port.on("message", (message: ToRecorder) => {
  switch (message.t) {
    case "campus":
      return recorder.campus(message.campus);
    case "news":
      return recorder.note(message.news);
    case "close":
      clearTimeout(timer);
      // What came since the last whole second.
      recorder.tick(clock.nowMs());
      recorder.close();
      tell({ t: "closed" });
      return port.close();
  }
});
timer = setTimeout(tick, 1000 - (clock.nowMs() % 1000));
