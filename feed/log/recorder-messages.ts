import type { RecordConfig } from "#feed/contract/config.ts";
import type { RecordingStatus } from "#feed/contract/status.ts";
import type { News, RecordedCampus } from "./recorder.ts";

/** What a recorder's thread starts with. */
export interface RecorderInput {
  readonly config: RecordConfig;
  readonly product: string;
}

export type ToRecorder =
  | { readonly t: "campus"; readonly campus: RecordedCampus }
  | { readonly t: "news"; readonly news: News }
  | { readonly t: "close" };

export type FromRecorder =
  /** After every second. `cpuMs`: what the thread has used since its start. */
  | {
      readonly t: "status";
      readonly status: RecordingStatus;
      readonly cpuMs: number;
      readonly postponed: number;
    }
  | { readonly t: "log"; readonly line: string }
  | { readonly t: "closed" };
