import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from "node:fs";
import type { FileSink } from "./file-writer.ts";

/** A new file of this path. @throws the file system's error, also when the file is there already */
export const openFileSink = (path: string): FileSink => {
  const file = openSync(path, "wx", 0o644);
  let isSyncing = false;
  let failure: Error | null = null;
  return {
    write: (bytes) => {
      if (failure) throw failure;
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
    },
    // A slow disk would hold up the next second: what went wrong is told by the next write.
    sync: () => {
      if (isSyncing) return;
      isSyncing = true;
      fdatasync(file, (error) => {
        isSyncing = false;
        failure ??= error;
      });
    },
    close: () => {
      try {
        fdatasyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
};
