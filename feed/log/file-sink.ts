import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import type { FileSink } from "./file-writer.ts";

/** A new file of this path. @throws the file system's error, also when the file is there already */
export const openFileSink = (path: string): FileSink => {
  const file = openSync(path, "wx", 0o644);
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
    },
    sync: () => fdatasyncSync(file),
    close: () => closeSync(file),
  };
};
