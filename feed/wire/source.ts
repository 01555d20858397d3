import type { SourceDeclaration } from "#feed/tables/publishers.ts";
import { Origin } from "#twins/model/quality.ts";
import { shownValue } from "./text.ts";

/** A map, because an object has an answer to "constructor" too. */
const origins: ReadonlyMap<string, Origin> = new Map([
  ["measured", Origin.measured],
  ["simulated", Origin.simulated],
  ["trace", Origin.trace],
]);

const positive = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : null;

/** Reads a `HT/v1/PUB/Source/{id}` message; a string says what is wrong with it. */
export const parseSource = (topicId: string, payload: string): SourceDeclaration | string => {
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (typeof message !== "object" || message === null) return "expected an object";
  const fields = message as {
    readonly [name in "id" | "origin" | "periodMs" | "heartbeatMs" | "metadataCount"]?: unknown;
  };
  if (fields.id !== topicId)
    return `id ${shownValue(fields.id)} differs from the topic's ${shownValue(topicId)}`;
  const origin = typeof fields.origin === "string" ? origins.get(fields.origin) : undefined;
  if (origin === undefined) return `origin ${shownValue(fields.origin)} is not measured, simulated or trace`;
  return {
    id: topicId,
    origin,
    periodMs: positive(fields.periodMs),
    heartbeatMs: positive(fields.heartbeatMs),
    metadataCount: positive(fields.metadataCount),
  };
};
