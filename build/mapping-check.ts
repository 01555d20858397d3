import { readFileSync } from "node:fs";
import type { MqttConfig } from "#feed/contract/config.ts";
import { err, ok, type Result } from "#twins/model/result.ts";

/**
 * Reads the mapping files of a session before anything starts, so that a mistake in one is said at once and by line.
 * The reader is loaded only where there is one: it is no part of a start without.
 */
export const checkMappings = async (brokers: readonly MqttConfig[]): Promise<Result<null>> => {
  const files = brokers.flatMap(({ mappingFile }) => mappingFile ?? []);
  if (files.length === 0) return ok(null);
  const { readMapping } = await import("#feed/wire/json/load.ts");
  const problems = files.flatMap((path) => {
    const read = readMapping(path, readFileSync(path, "utf8"));
    return read.ok ? [] : read.error;
  });
  const [first] = problems;
  if (!first) return ok(null);
  const lines = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  return err({ ...first, message: lines.join("\n") });
};
