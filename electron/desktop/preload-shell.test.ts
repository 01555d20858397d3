import { EventEmitter } from "node:events";
import type { ContextBridge, IpcRenderer } from "electron";
import { beforeEach, expect, test } from "vitest";
import type { DesktopShell } from "#feed/contract/shell.ts";
import { channels } from "./channels.ts";
import { exposeShell, type PreloadParts } from "./preload-shell.ts";

type Listener = Parameters<IpcRenderer["on"]>[1];

let exposed: ReadonlyMap<string, DesktopShell>;
let sent: unknown[][];
let posted: unknown[][];
let incoming: EventEmitter;

beforeEach(() => {
  const world = new Map<string, DesktopShell>();
  exposed = world;
  sent = [];
  posted = [];
  incoming = new EventEmitter();
  const contextBridge = {
    exposeInMainWorld: (key: string, api: DesktopShell) => void world.set(key, api),
  } satisfies Pick<ContextBridge, "exposeInMainWorld">;
  const ipcRenderer = {
    send: (...message: unknown[]) => void sent.push(message),
    on: (channel: string, listener: Listener) => incoming.on(channel, listener),
    off: (channel: string, listener: Listener) => incoming.off(channel, listener),
  } as unknown as Pick<IpcRenderer, "send" | "on" | "off">;
  exposeShell({
    contextBridge,
    ipcRenderer,
    postToPage: (...message) => posted.push(message),
  } satisfies PreloadParts);
});

const shell = (): DesktopShell => {
  const found = exposed.get("horinger");
  if (!found) throw new Error("nothing was exposed");
  return found;
};

test("gives the page exactly the four functions of its contract, and nothing of Electron", () => {
  expect([...exposed.keys()]).toEqual(["horinger"]);
  expect(Object.keys(shell()).sort()).toEqual(["connectFeed", "contextLost", "heartbeat", "onRemedy"]);
});

test("passes messages on by name", () => {
  const beat = { frames: 1, lastDataMs: 2, hidden: false };
  shell().connectFeed("nonce");
  shell().heartbeat(beat);
  shell().contextLost();
  expect(sent).toEqual([[channels.connectFeed, "nonce"], [channels.heartbeat, beat], [channels.contextLost]]);
});

test("a port comes as a message of the window, under the page's nonce", () => {
  const port = {};
  incoming.emit(channels.feedPort, { ports: [port] }, "nonce");
  expect(posted).toEqual([["nonce", [port]]]);
});

test("remedies are heard without Electron's event, until the listener ends", () => {
  const heard: unknown[][] = [];
  const end = shell().onRemedy((...args) => heard.push(args));
  incoming.emit(channels.remedy, { sender: "secret" }, "restore-context");
  end();
  incoming.emit(channels.remedy, {}, "fallback-2d");
  expect(heard).toEqual([["restore-context"]]);
});
