import { join } from "node:path";
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from "electron";
import { parseLadder } from "#electron/common/crash-ladder.ts";
import { readyLimitMs } from "#electron/common/ready.ts";
import { desktopSessionVariable, readDesktopSession, relaunchStatus } from "#electron/common/session-env.ts";
import { StaticFiles } from "#electron/common/static-files.ts";
import { channels } from "./channels.ts";
import { FeedProcess } from "./feed-process.ts";
import { isGpuUseless } from "./gpu.ts";
import { guardContents, guardSession } from "./guards.ts";
import { withKeychain } from "./keychain.ts";
import { isFromPage, isHeartbeat, isNonce } from "./messages.ts";
import { pageHandler, pageOrigin, pageScheme } from "./page-protocol.ts";
import { type Times, WindowRecovery } from "./recovery.ts";
import { applySwitches } from "./switches.ts";
import { windowOptions } from "./window-options.ts";

/**
 * The desktop's main process: wires Electron to what is decided elsewhere, and the only file that loads `electron`.
 * Built into out/desktop beside its preload and feed host.
 */
const launched = readDesktopSession(process.env);
const here = import.meta.dirname;
const log = (line: string): void => {
  process.stderr.write(`desktop: ${line}\n`);
};
const now = (): Times => ({ wallMs: Date.now(), monotonicMs: performance.now() });

const startFeedProcess = (env: NodeJS.ProcessEnv): FeedProcess =>
  new FeedProcess({
    fork: () =>
      utilityProcess.fork(join(here, "feed-host.js"), [], {
        serviceName: "Horinger feed",
        stdio: "inherit",
        env,
      }),
    channel: () => new MessageChannelMain(),
    later: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    log,
    gaveUp: () => app.exit(1),
  });

/** The environment of the feed: the session as it was launched, with what the keychain knows of its brokers. */
const feedEnvironment = async (): Promise<NodeJS.ProcessEnv> => {
  const brokers = await withKeychain(launched.session.brokers, launched.remember, {
    storage: safeStorage,
    file: join(app.getPath("userData"), "broker-secrets.json"),
    platform: process.platform,
    log,
  });
  const completed = { ...launched, session: { ...launched.session, brokers } };
  return { ...process.env, [desktopSessionVariable]: JSON.stringify(completed) };
};

const openWindow = (): BrowserWindow => {
  const window = new BrowserWindow(windowOptions(launched.session.mode, join(here, "preload.cjs")));
  guardContents(window.webContents);
  window.once("ready-to-show", () => window.show());
  return window;
};

const recoverable = (window: BrowserWindow): WindowRecovery => {
  const contents = window.webContents;
  const recovery = new WindowRecovery(
    {
      remedy: (remedy) => contents.send(channels.remedy, remedy),
      reload: () => contents.reload(),
      crash: () => contents.forcefullyCrashRenderer(),
      // The launcher starts it again: a process that Electron relaunched by itself would outlive its launcher.
      relaunch: () => app.exit(relaunchStatus),
      log,
    },
    parseLadder(launched.ladder ?? undefined),
    now().monotonicMs,
  );
  contents.on("render-process-gone", (_event, { reason }) => {
    log(`the page's process is gone: ${reason}`);
    if (reason !== "clean-exit") recovery.gone(now());
  });
  const ticking = setInterval(() => recovery.tick(now()), 1000);
  window.on("closed", () => clearInterval(ticking));
  return recovery;
};

const listenToPage = (feed: FeedProcess, recovery: WindowRecovery): void => {
  ipcMain.on(channels.connectFeed, (event, nonce: unknown) => {
    if (!isFromPage(event) || !isNonce(nonce)) return;
    const port = feed.connect();
    if (port) event.senderFrame?.postMessage(channels.feedPort, nonce, [port]);
  });
  ipcMain.on(channels.heartbeat, (event, beat: unknown) => {
    if (isFromPage(event) && isHeartbeat(beat)) recovery.beat(beat, now().monotonicMs);
  });
  ipcMain.on(channels.contextLost, (event) => {
    if (isFromPage(event)) recovery.contextLost(now());
  });
};

const announce = async (feed: FeedProcess, loading: Promise<void>): Promise<void> => {
  const limit = new Promise<false>((resolve) => setTimeout(() => resolve(false), readyLimitMs));
  const [live] = await Promise.all([Promise.race([feed.live.then(() => true), limit]), loading]);
  if (launched.json)
    process.stdout.write(
      `${JSON.stringify({ ready: true, url: `${pageOrigin}/`, shell: "desktop", live })}\n`,
    );
};

const run = async (): Promise<void> => {
  const files = await StaticFiles.open(join(here, "../renderer"));
  await app.whenReady();
  Menu.setApplicationMenu(null);
  guardSession(session.defaultSession);
  protocol.handle(pageScheme.scheme, pageHandler(files));
  const feed = startFeedProcess(await feedEnvironment());
  const window = openWindow();
  const recovery = recoverable(window);
  listenToPage(feed, recovery);
  if (isGpuUseless(app.getGPUFeatureStatus())) recovery.noGpu(now());
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on("before-quit", (event) => {
    event.preventDefault();
    void feed.stop().then(() => app.exit(0));
  });
  await announce(feed, window.loadURL(`${pageOrigin}/`));
};

applySwitches(app.commandLine);
app.enableSandbox();
protocol.registerSchemesAsPrivileged([pageScheme]);
app.on("window-all-closed", () => app.quit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => app.quit());

if (app.requestSingleInstanceLock()) {
  await run().catch((error: unknown) => {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    app.exit(1);
  });
} else {
  log("it is running already; its window comes to the front");
  app.quit();
}
