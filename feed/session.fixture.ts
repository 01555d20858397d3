import type { SessionConfig } from "#feed/contract/config.ts";

/** A session as it is where a test says nothing else: no broker, the campus of the house, nothing written anywhere. */
export const testSession = (changes: Partial<SessionConfig> = {}): SessionConfig => ({
  version: "test",
  mode: "desk",
  language: "en",
  brokers: [],
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
  ...changes,
});
