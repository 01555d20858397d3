import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { withAliasFiles } from "#feed/alias-files.ts";
import { emptyAnnounced } from "#feed/announced/announced-campus.ts";
import { openAnnounced } from "#feed/announced/open-announced.ts";
import { portTransport } from "#feed/bridge/transports.ts";
import { startRecorder } from "#feed/log/recorder-thread.ts";
import { createAsks } from "#feed/plant/asks.ts";
import { readTwinDirectory } from "#feed/twin-directory.ts";
import { loadTwin } from "#twins/model/load.ts";
import type { Twin, TwinFiles } from "#twins/model/twin.ts";
import { createCore } from "./core.ts";
import type { FromWorker, ToWorker, WorkerInput } from "./worker-messages.ts";

/** The ingest thread: one feed core, its clients connected by message ports from the supervisor. */
const port = parentPort;
if (!port) throw new Error("worker.ts runs as a worker thread (feed/service.ts)");

const tell = (message: FromWorker): void => port.postMessage(message);

/** Problems of the twin directory that are written to the log; the page lists them all. */
const problemsLogged = 10;

const attach = (client: MessagePort) => {
  const { transport, receive, closed } = portTransport(client as never, true);
  client.on("message", receive);
  client.on("close", () => closed("the client is gone"));
  return transport;
};

const { config, ring, edits } = workerData as WorkerInput;

const announced = config.announced
  ? await openAnnounced(config, {
      edits,
      onEdits: (kept) => tell({ t: "edits", edits: kept }),
      log: (line) => tell({ t: "log", line }),
    })
  : undefined;

const loadDirectory = async (): Promise<{ readonly files: TwinFiles; readonly twin: Twin }> => {
  const files = await readTwinDirectory(config.twinDirectory);
  const twin = loadTwin(files, config.racks === null ? {} : { racks: config.racks });
  return { files, twin: await withAliasFiles(twin, config.aliasFiles) };
};
const { files, twin } = announced ? emptyAnnounced() : await loadDirectory();
for (const { file, line, message } of twin.problems.slice(0, problemsLogged))
  tell({ t: "log", line: `twin: ${file}:${line}: ${message}` });
if (twin.problems.length > problemsLogged)
  tell({ t: "log", line: `twin: ${twin.problems.length - problemsLogged} more problems` });
const asks = createAsks((message) => {
  tell({ t: "ask", message });
  return true;
});
const record = config.record ?? ring;
const recorder = record
  ? startRecorder({ config: record, product: config.version }, { log: (line) => tell({ t: "log", line }) })
  : undefined;
const core = createCore({
  config,
  recorder,
  twin,
  files,
  ...(announced && { announced }),
  askPlant: asks.ask,
  onStatus: (status) => tell({ t: "status", status }),
  log: (line) => tell({ t: "log", line }),
});

port.on("message", (message: ToWorker) => {
  switch (message.t) {
    case "connect":
      return core.bridge.connect(attach(message.port));
    case "plant":
      return core.plantAt(message.url);
    case "answered":
      return asks.answered(message.message);
    case "close":
      return void core.close().then(() => {
        tell({ t: "closed" });
        port.close();
      });
  }
});
tell({ t: "ready" });
