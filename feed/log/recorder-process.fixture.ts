import { stampCell } from "#feed/tables/class-table.ts";
import { startRecorder } from "./recorder-thread.ts";
import { tablesOf } from "./tables.fixture.ts";

/** A process that records tables under load until it is killed; tells its parent of every second that was written. */
const never = Number.POSITIVE_INFINITY;
const directory = process.argv[2]!;
const tables = tablesOf({ rack: 5000 });
const table = tables.of("rack");

const recorder = startRecorder(
  {
    config: { directory, roll: { bytes: never, ms: never }, keep: { bytes: never, ageMs: never } },
    product: "test",
  },
  {
    log: (line) => console.error(line),
    onMessage: (message) => {
      if (message.t !== "status" || message.status.bytes === 0) return;
      process.send!({ recorded: message.status.bytes, writtenMs: writtenMs() });
    },
  },
);
let secondMs = 0;
/** Whole second before which all is in the file: the status comes after it was written. */
const writtenMs = (): number => secondMs;
recorder.campus(tables, "{}");

setInterval(() => {
  const nowMs = Date.now();
  secondMs = nowMs - 1000 - (nowMs % 1000);
  for (let i = 0; i < 2000; i++) {
    const cell = Math.floor(Math.random() * table.status.length);
    table.value[cell] = Math.round(Math.random() * 1000) / 10;
    table.sampleTimeMs[cell] = nowMs;
    table.receivedTimeMs[cell] = nowMs;
    table.status[cell] = 7;
    stampCell(tables, table, cell);
  }
}, 20);
