import type { MessagePort } from "node:worker_threads";
import type { RecordConfig, SessionConfig } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { NumberedAnswer, NumberedAsk } from "#feed/plant/asks.ts";
import type { AnnouncedEdit } from "#twins/announced/announced.ts";

/** What the supervisor and its ingest worker say to each other. */
export interface WorkerInput {
  readonly config: SessionConfig;
  /** Where the last minutes are recorded, for winding back, when nothing else is; null for nowhere. */
  readonly ring: RecordConfig | null;
  /** Edits of an announced campus that a worker before this one had; null for the first worker. */
  readonly edits: readonly AnnouncedEdit[] | null;
}

export type ToWorker =
  | { readonly t: "connect"; readonly port: MessagePort }
  | { readonly t: "plant"; readonly url: string }
  | { readonly t: "answered"; readonly message: NumberedAnswer }
  | { readonly t: "close" };

export type FromWorker =
  | { readonly t: "ready" }
  | { readonly t: "status"; readonly status: FeedStatus }
  | { readonly t: "log"; readonly line: string }
  | { readonly t: "edits"; readonly edits: readonly AnnouncedEdit[] }
  | { readonly t: "ask"; readonly message: NumberedAsk }
  | { readonly t: "closed" };
