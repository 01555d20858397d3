import { brokerAt, type SessionConfig } from "#feed/contract/config.ts";

/** A session that reads one broker and runs no plant. */
export const benchConfig = (url: string): SessionConfig => ({
  version: "bench",
  mode: "desk",
  language: "en",
  brokers: [brokerAt(url)],
  announced: false,
  saveDirectory: null,
  aliasFiles: [],
  fillSimulated: false,
  allowPublish: false,
  twinDirectory: null,
  racks: null,
  seed: 1,
  timeMs: null,
  plantSpeed: 1,
});
