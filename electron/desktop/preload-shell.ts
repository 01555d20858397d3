import type { ContextBridge, IpcRenderer } from "electron";
import type { DesktopShell, PageRemedy } from "#feed/contract/shell.ts";
import { channels } from "./channels.ts";

/** What the preload has in its hands. */
export interface PreloadParts {
  readonly contextBridge: Pick<ContextBridge, "exposeInMainWorld">;
  readonly ipcRenderer: Pick<IpcRenderer, "send" | "on" | "off">;
  /** Posts a message with ports to the page's own window. */
  readonly postToPage: (message: string, ports: readonly unknown[]) => void;
}

/** Gives the page its `window.horinger`. Decides nothing: named messages are passed on, and the main process checks them. */
export const exposeShell = ({ contextBridge, ipcRenderer, postToPage }: PreloadParts): void => {
  const shell: DesktopShell = {
    connectFeed: (nonce) => ipcRenderer.send(channels.connectFeed, nonce),
    heartbeat: (beat) => ipcRenderer.send(channels.heartbeat, beat),
    contextLost: () => ipcRenderer.send(channels.contextLost),
    onRemedy: (listener) => {
      const handler = (_event: unknown, remedy: PageRemedy) => listener(remedy);
      ipcRenderer.on(channels.remedy, handler);
      return () => {
        ipcRenderer.off(channels.remedy, handler);
      };
    },
  };
  // The context bridge cannot carry ports; a message of the window to itself can.
  ipcRenderer.on(channels.feedPort, (event, nonce: string) => postToPage(nonce, event.ports));
  contextBridge.exposeInMainWorld("horinger", shell);
};
