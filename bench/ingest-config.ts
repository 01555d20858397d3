import { brokerAt, type SessionConfig } from "#feed/contract/config.ts";
import { testSession } from "#feed/session.fixture.ts";

/** A session that reads one broker and runs no plant. */
export const benchConfig = (url: string): SessionConfig =>
  testSession({ version: "bench", brokers: [brokerAt(url)] });
