import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandLine, WebFrameMain } from "electron";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { securityHeaders } from "#electron/common/security.ts";
import { StaticFiles } from "#electron/common/static-files.ts";
import { isGpuUseless } from "./gpu.ts";
import { type GuardedContents, type GuardedSession, guardContents, guardSession } from "./guards.ts";
import { isFromPage, isHeartbeat, isNonce } from "./messages.ts";
import { pageHandler, pageScheme } from "./page-protocol.ts";
import { applySwitches } from "./switches.ts";
import { windowOptions } from "./window-options.ts";

/** Doubles of Electron's objects: `satisfies` keeps them honest against its real types. */

test("both GPU switches are set", () => {
  const set: string[] = [];
  applySwitches({ appendSwitch: (name) => set.push(name) } satisfies Pick<CommandLine, "appendSwitch">);
  expect(set.sort()).toEqual(["disable-domain-blocking-for-3d-apis", "disable-gpu-process-crash-limit"]);
});

test("a window has no more power than a page in a browser", () => {
  const { webPreferences, kiosk } = windowOptions("wall", "/p.cjs");
  expect(webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    preload: "/p.cjs",
  });
  expect([kiosk, windowOptions("desk", "").kiosk]).toEqual([true, false]);
});

describe("guards", () => {
  test("permissions: two, for our own page only; devices: none", () => {
    const handlers: {
      request?: Parameters<GuardedSession["setPermissionRequestHandler"]>[0];
      check?: Parameters<GuardedSession["setPermissionCheckHandler"]>[0];
      device?: Parameters<GuardedSession["setDevicePermissionHandler"]>[0];
    } = {};
    guardSession({
      setPermissionRequestHandler: (handler) => {
        handlers.request = handler;
      },
      setPermissionCheckHandler: (handler) => {
        handlers.check = handler;
      },
      setDevicePermissionHandler: (handler) => {
        handlers.device = handler;
      },
    } satisfies GuardedSession);
    const { request, check, device } = handlers;
    if (!request || !check || !device) throw new Error("a handler is not set");
    const contents = {} as Parameters<typeof request>[0];
    const requested = (permission: string, requestingUrl: string): boolean[] => {
      const answers: boolean[] = [];
      const details = { requestingUrl, isMainFrame: true };
      request(contents, permission as "fullscreen", (granted) => answers.push(granted), details);
      return answers;
    };
    expect(requested("fullscreen", "app://horinger/")).toEqual([true]);
    expect(requested("media", "app://horinger/")).toEqual([false]);
    expect(requested("fullscreen", "https://evil.example/")).toEqual([false]);
    const checked = (permission: string, origin: string) =>
      check(contents, permission as "fullscreen", origin, { isMainFrame: true });
    expect(checked("clipboard-sanitized-write", "app://horinger/")).toBe(true);
    expect(checked("clipboard-read", "app://horinger/")).toBe(false);
    expect(checked("fullscreen", "https://evil.example/")).toBe(false);
    expect(device({} as Parameters<typeof device>[0])).toBe(false);
  });

  test("a page goes nowhere, opens nothing and embeds nothing", () => {
    const listeners = new Map<string, (event: never) => void>();
    let open: Parameters<GuardedContents["setWindowOpenHandler"]>[0] | undefined;
    guardContents({
      on: (event: string, listener: (event: never) => void) => listeners.set(event, listener),
      setWindowOpenHandler: (handler) => {
        open = handler;
      },
    } satisfies GuardedContents);
    const isStopped = (event: string, url: string): boolean => {
      let stopped = false;
      const preventDefault = () => {
        stopped = true;
      };
      listeners.get(event)?.({ url, preventDefault } as never);
      return stopped;
    };
    expect(isStopped("will-frame-navigate", "app://horinger/index.html")).toBe(false);
    for (const url of ["https://evil.example/", "file:///etc/passwd", "app://other/", "javascript:0"])
      expect(isStopped("will-frame-navigate", url), url).toBe(true);
    expect(isStopped("will-attach-webview", "")).toBe(true);
    expect(open?.({} as Parameters<NonNullable<typeof open>>[0])).toEqual({ action: "deny" });
  });
});

describe("messages from pages", () => {
  const frame = (url: string, parent: WebFrameMain | null = null) =>
    ({ senderFrame: { url, parent } as WebFrameMain }) satisfies Parameters<typeof isFromPage>[0];

  test("only our page's main frame is heard", () => {
    expect(isFromPage(frame("app://horinger/"))).toBe(true);
    expect(isFromPage(frame("https://horinger/"))).toBe(false);
    expect(isFromPage(frame("app://horinger/", frame("app://horinger/").senderFrame))).toBe(false);
    expect(isFromPage({ senderFrame: null })).toBe(false);
  });

  test("nonces and heartbeats are checked for shape", () => {
    expect(isNonce(crypto.randomUUID())).toBe(true);
    for (const nonce of ["", "short", "x".repeat(65), 7, null, {}]) expect(isNonce(nonce)).toBe(false);
    expect(isHeartbeat({ frames: 1, lastDataMs: 2, hidden: false })).toBe(true);
    for (const beat of [
      null,
      1,
      {},
      { frames: Number.NaN, lastDataMs: 1, hidden: false },
      { frames: 1, lastDataMs: 1 },
    ])
      expect(isHeartbeat(beat)).toBe(false);
  });
});

test("WebGL in software is still WebGL", () => {
  const status = (webgl: string) => isGpuUseless({ webgl });
  expect([status("enabled"), status("unavailable_software"), status("disabled_software")]).toEqual([
    false,
    false,
    false,
  ]);
  expect([status("disabled_off"), status("unavailable_off"), status("unavailable_off_ok")]).toEqual([
    true,
    true,
    true,
  ]);
});

describe("app://", () => {
  let folder: string;
  let answer: ReturnType<typeof pageHandler>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "page-protocol-test-"));
    writeFileSync(join(folder, "index.html"), "<!doctype html>");
    answer = pageHandler(await StaticFiles.open(folder));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has its own origin and no way around the policy", () => {
    expect(pageScheme).toMatchObject({ scheme: "app", privileges: { standard: true, secure: true } });
    expect(pageScheme.privileges).not.toHaveProperty("bypassCSP");
    expect(pageScheme.privileges).not.toHaveProperty("allowServiceWorkers");
  });

  test("serves the page with the web shell's headers", async () => {
    const page = await answer({ url: "app://horinger/", method: "GET" });
    expect([page.status, await page.text()]).toEqual([200, "<!doctype html>"]);
    for (const [name, value] of Object.entries(securityHeaders))
      expect(page.headers.get(name), name).toBe(value);
  });

  test.each([
    ["app://horinger/../../etc/passwd", "GET", 404],
    ["app://horinger/%2e%2e/%2e%2e/etc/passwd", "GET", 404],
    ["app://horinger/..%5c..%5cetc", "GET", 404],
    ["app://other/index.html", "GET", 403],
    ["file:///etc/passwd", "GET", 403],
    ["app://horinger/", "POST", 405],
  ])("%s by %s: %i", async (url, method, status) => {
    const refused = await answer({ url, method });
    expect(refused.status).toBe(status);
    expect(refused.headers.get("Content-Security-Policy")).not.toBeNull();
  });
});
