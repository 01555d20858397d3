import type { MessagePort } from "node:worker_threads";
import type { SessionConfig } from "#feed/contract/config.ts";
import type { FeedStatus } from "#feed/contract/status.ts";

/** What the supervisor and its ingest worker say to each other. */
export interface WorkerInput {
  readonly config: SessionConfig;
}

export type ToWorker =
  | { readonly t: "connect"; readonly port: MessagePort }
  | { readonly t: "plant"; readonly url: string }
  | { readonly t: "close" };

export type FromWorker =
  | { readonly t: "ready" }
  | { readonly t: "status"; readonly status: FeedStatus }
  | { readonly t: "log"; readonly line: string }
  | { readonly t: "closed" };
