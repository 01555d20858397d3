import { readdirSync, rmSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { isLogName } from "./file-name.ts";
import { sidecarSuffix } from "./sidecar/head.ts";

/** What is kept of old recordings. */
export interface Keep {
  /** Bytes of all files together. */
  readonly bytes: number;
  /** Age of a file's last change, ms. */
  readonly ageMs: number;
}

/**
 * Deletes the oldest recordings of a directory, with their sidecars, until the rest is within bounds. Only files with the names that
 * recordings have, and never the one being written.
 * @returns the names of what was deleted
 */
export const deleteOld = (
  directory: string,
  keep: Keep,
  { current, nowMs }: { readonly current: string | null; readonly nowMs: number },
): readonly string[] => {
  const files = readdirSync(directory)
    .filter(isLogName)
    .map((name) => {
      const { size, mtimeMs } = statSync(join(directory, name));
      return { name, size, mtimeMs };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  const deleted: string[] = [];
  for (const { name, size, mtimeMs } of files) {
    if (name === current || (bytes <= keep.bytes && nowMs - mtimeMs <= keep.ageMs)) continue;
    unlinkSync(join(directory, name));
    rmSync(join(directory, `${name}${sidecarSuffix}`), { force: true });
    bytes -= size;
    deleted.push(name);
  }
  return deleted;
};
