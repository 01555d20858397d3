import type { MessagePort } from "node:worker_threads";
import type { FeedStatus } from "#feed/contract/status.ts";
import type { Problem } from "#twins/model/result.ts";
import type { ReaderOptions } from "./reader.ts";

/** What the supervisor and the reader's thread say to each other. */
export type ReaderInput = Omit<ReaderOptions, "log">;

export type ToReader = { readonly t: "connect"; readonly port: MessagePort } | { readonly t: "close" };

export type FromReader =
  | { readonly t: "ready" }
  /** Nothing can be read there, now. */
  | { readonly t: "refused"; readonly problem: Problem }
  | { readonly t: "status"; readonly status: FeedStatus }
  | { readonly t: "log"; readonly line: string }
  | { readonly t: "closed" };
