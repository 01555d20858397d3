import type { CommandLine } from "electron";

/**
 * Both are needed for a wall that must outlive driver crashes: each alone lost WebGL for good by the second or third
 * crash of the GPU process, together four of four were recovered (measured; docs/ARCHITECTURE.md, GPU loss).
 */
const gpuSwitches = [
  "disable-domain-blocking-for-3d-apis", // else a page that lost its context may not have another
  "disable-gpu-process-crash-limit", // else Chromium gives up hardware after three crashes
] as const;

/** To be called before the app is ready: later Chromium has read its command line. */
export const applySwitches = (commandLine: Pick<CommandLine, "appendSwitch">): void => {
  for (const name of gpuSwitches) commandLine.appendSwitch(name);
};
