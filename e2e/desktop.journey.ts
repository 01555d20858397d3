import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBundle, desktop, isUpToDate, page as pageBundle } from "#build/bundles.ts";
import { findElectron, surroundings } from "#build/electron-binary.ts";
import { readOptions } from "#build/options.ts";
import { type DesktopSession, desktopSessionVariable } from "#electron/common/session-env.ts";
import { loadHoringer } from "./support/campus.ts";
import { until } from "./support/until.ts";

/**
 * The desktop shell in a real Electron. Without its binary the journeys are reported as skipped, with the reason in
 * their name; REQUIRE_ELECTRON=1 makes that a failure. What a platform cannot have is named "not applicable".
 */
const root = join(import.meta.dirname, "..");
const electron = findElectron(surroundings(root));
const state = electron.found ? "" : ` [skipped: ${electron.why}]`;
const hasSignals = process.platform !== "win32";

if (process.env["REQUIRE_ELECTRON"] === "1") {
  test("Electron is required here, and found", () => {
    expect(electron).toMatchObject({ found: true });
  });
}

describe.skipIf(!electron.found)(`desktop shell${state}`, () => {
  let app: ElectronApplication;
  let page: Page;
  let rack: string;

  beforeAll(async () => {
    for (const bundle of [pageBundle, desktop]) if (!isUpToDate(bundle)) await buildBundle(bundle);
    rack = (await loadHoringer()).table("rack").idOf(0);
    app = await launch();
    page = await app.firstWindow();
  });
  afterAll(async () => {
    await app?.close();
  });

  test("the campus lives in a window, fed by the utility process", async () => {
    expect(new URL(page.url()).href).toBe("app://horinger/");
    await hasGoodValue(page, rack);
    expect(await page.evaluate(() => window.twin.stats().drops)).toBe(0);
  });

  test("the page has no more power than one in a browser", async () => {
    const reach = await page.evaluate(async () => ({
      require: typeof (globalThis as { require?: unknown }).require,
      process: typeof (globalThis as { process?: unknown }).process,
      shell: Object.keys((globalThis as { horinger?: object }).horinger ?? {}).sort(),
      isolated: crossOriginIsolated,
      opened: window.open("https://example.invalid/") === null,
      outside: (await fetch("app://horinger/..%2f..%2fpackage.json")).status,
      camera: (await navigator.permissions.query({ name: "camera" as PermissionName })).state,
    }));
    expect(reach).toEqual({
      require: "undefined",
      process: "undefined",
      shell: ["connectFeed", "contextLost", "heartbeat", "onRemedy"],
      isolated: true,
      opened: true,
      outside: 404,
      camera: "denied",
    });
    await page.evaluate(() => {
      location.href = "https://example.invalid/";
    });
    await page.evaluate(() => window.twin.settled());
    expect(new URL(page.url()).host).toBe("horinger");
  });

  test("transport over utilityProcess: a port comes under the nonce, answers text, and its end is told", async () => {
    const answer = await page.evaluate(async () => {
      const nonce = crypto.randomUUID();
      const port = await new Promise<MessagePort>((resolve) => {
        addEventListener("message", (event: MessageEvent<unknown>) => {
          const [given] = event.ports;
          if (event.data === nonce && event.source === window && given) resolve(given);
        });
        (globalThis as unknown as { horinger: { connectFeed(nonce: string): void } }).horinger.connectFeed(
          nonce,
        );
      });
      const message = new Promise<unknown>((resolve) => {
        port.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
      });
      port.postMessage(JSON.stringify({ t: "request", id: 1, method: "feed.status", params: {} }));
      const text = await message;
      port.close();
      return JSON.parse(String(text)) as unknown;
    });
    expect(answer).toMatchObject({ t: "answer", id: 1, value: { source: { kind: "plant" } } });
  });

  test("a page whose process crashes comes back by itself, with values", async () => {
    const gone = new Promise((resolve) => page.once("crash", resolve));
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await gone;
    await until("the page is back", async () => {
      const loaded = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("typeof window.twin"),
      );
      return loaded === "object";
    });
    const [back] = app.windows();
    await hasGoodValue(back!, rack);
  });

  test.skipIf(!hasSignals)(
    `a feed that is killed comes back without a reload${hasSignals ? "" : " [not applicable: no signals]"}`,
    async () => {
      const shown = app.windows()[0]!;
      const marked = await shown.evaluate(() => {
        (globalThis as { sameDocument?: boolean }).sameDocument = true;
        return window.twin.stats().framesReceived;
      });
      const feed = await app.evaluate(({ app: electronApp }) =>
        electronApp.getAppMetrics().find(({ name }) => name === "Horinger feed"),
      );
      process.kill(feed!.pid, "SIGKILL");
      await until("frames flow again", async () => {
        const now = await shown.evaluate(() => ({
          frames: window.twin.stats().framesReceived,
          isSame: (globalThis as { sameDocument?: boolean }).sameDocument === true,
        }));
        expect(now.isSame).toBe(true);
        return now.frames > marked + 10;
      });
    },
  );

  test.skipIf(process.platform !== "linux")("closing it leaves no process behind", async () => {
    const pid = app.process().pid!;
    const family = descendants(pid);
    expect(family.length).toBeGreaterThan(3);
    await app.close();
    await until("every process is gone", async () => family.every((one) => !isAlive(one)));
  });
});

const launch = async (): Promise<ElectronApplication> => {
  if (!electron.found) throw new Error(electron.why);
  const options = readOptions({ argv: ["--lang", "en"], env: {}, folder: root, version: "test" });
  if (!options.ok) throw new Error(options.error.message);
  const launched: DesktopSession = {
    session: options.value.session,
    json: false,
    remember: false,
    ladder: null,
  };
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));
  return _electron.launch({
    executablePath: electron.path,
    args: [root],
    env: { ...(env as Record<string, string>), [desktopSessionVariable]: JSON.stringify(launched) },
  });
};

const hasGoodValue = async (page: Page, rack: string): Promise<void> => {
  await page.waitForFunction(() => "twin" in window);
  await page.evaluate(() => window.twin.ready);
  await until("a good value", () =>
    page.evaluate((id) => {
      const point = window.twin.value(id, "power");
      return point?.quality === "good" && point.freshness === "fresh";
    }, rack),
  );
};

/** Linux: /proc. */
const descendants = (pid: number): readonly number[] => {
  const parentOf = (one: string): number => {
    try {
      return Number(/^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${one}/stat`, "utf8"))?.[1]);
    } catch {
      return 0; // it ended while we looked
    }
  };
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [pid, ...children.flatMap((child) => descendants(Number(child)))];
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
