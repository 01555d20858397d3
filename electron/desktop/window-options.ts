import type { BrowserWindowConstructorOptions } from "electron";
import type { SessionConfig } from "#feed/contract/config.ts";

/** A window whose page is as powerless as one in a browser. */
export const windowOptions = (
  mode: SessionConfig["mode"],
  preload: string,
): BrowserWindowConstructorOptions => ({
  width: 1600,
  height: 900,
  minWidth: 1024,
  minHeight: 640,
  show: false, // shown once it has a picture, so that nothing white flashes up
  backgroundColor: "#0b0f14",
  autoHideMenuBar: true,
  kiosk: mode === "wall",
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    // A wall behind another window, or on a screen that sleeps, goes on taking data in.
    backgroundThrottling: false,
  },
});
