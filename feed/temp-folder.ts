import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that lives as long as this process. */
export interface TempFolder {
  readonly path: string;
  /** Deletes it. What cannot be deleted now is deleted by the next process that makes one of its kind. */
  remove(): void;
}

/**
 * Makes a folder for files that go with this process, and deletes those of processes that were killed.
 * @throws as node:fs does, where there is no room or no right
 */
export const makeTempFolder = (kind: string): TempFolder => {
  const prefix = `horinger-twin-${kind}-`;
  removeOrphans(prefix);
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  return { path, remove: () => removeFolder(path) };
};

/** Deletes a folder with all that is in it; a file that somebody holds open on Windows stays. */
export const removeFolder = (path: string): void => {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
};

const removeOrphans = (prefix: string): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) removeFolder(join(tmpdir(), name));
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};
