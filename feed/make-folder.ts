import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never returns where the system says that
 * there is no such place under a folder that is there, as below /proc (seen on Node 20 and 24): its thread hangs for good.
 * @throws the system's error: ENOENT there, EACCES, ENOSPC, ENOTDIR…
 */
export const makeFolder = (path: string): void => {
  if (isMade(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  mkdirSync(path);
};

/** Made or there; false where something above it is missing. */
const isMade = (path: string): boolean => {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return true;
    if (code === "ENOENT") return false;
    throw error;
  }
};
