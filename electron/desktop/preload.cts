/**
 * The only code between page and main process: sandboxed, and bundled into the one CommonJS file that Electron loads
 * before the page. `require` because Electron's sandbox knows nothing else.
 */
declare const require: (name: string) => unknown;
const { contextBridge, ipcRenderer } = require("electron") as typeof import("electron");
const { exposeShell } = require("./preload-shell.ts") as typeof import("./preload-shell.ts");

exposeShell({
  contextBridge,
  ipcRenderer,
  // To this very window, whatever its origin is called: nobody else receives it.
  postToPage: (message, ports) => window.postMessage(message, "*", ports as MessagePort[]),
});
