import { homedir } from "node:os";
import { join } from "node:path";

/** Folder of ours on this machine, for what belongs to recordings that cannot be written to. Made by whoever writes. */
export const ownFolder = (): string => join(homedir(), ".horinger-twin");
