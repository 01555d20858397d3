import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLog } from "#feed/log/log.ts";
import { type Product, startProduct } from "./product.ts";
import { until } from "./until.ts";

/** A folder for recordings that is gone at the end. */
export const createFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "horinger-journey-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** Seconds of whole recording in a folder; 0 while there is none. */
const recordedSeconds = (folder: string): number => {
  if (!readdirSync(folder).some((name) => name.endsWith(".mcap"))) return 0;
  const log = openLog([folder]);
  if (!log.ok) return 0;
  const seconds = (log.value.endMs - log.value.startMs) / 1000;
  log.value.close();
  return seconds;
};

/** The product, recording into a folder; resolves when so many seconds are in it. */
export const startRecording = async (
  folder: string,
  seconds: number,
  args: readonly string[] = [],
): Promise<Product> => {
  const product = await startProduct(["--scale", "1000", "--lang", "en", "--record", folder, ...args]);
  await until(`${seconds} s are recorded`, async () => recordedSeconds(folder) >= seconds, {
    withinMs: 120_000,
    lastSeen: product.said,
  });
  return product;
};
