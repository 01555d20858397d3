import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { securityHeaders } from "#electron/common/security.ts";
import { transportSuite } from "#electron/common/transport-suite.ts";
import type { Transport } from "#feed/contract/bridge.ts";
import type { FeedStatus } from "#feed/contract/status.ts";
import { openWebShell, type WebShell } from "./server.ts";
import { socketTransport } from "./socket-transport.ts";
import { cookieName, cookieValue, newToken } from "./token.ts";

const token = newToken();
let pageFolder: string;
let shell: WebShell;
let feedStatus: FeedStatus | null;
/** What is done with the server's end of the next bridge; echoes unless a test says otherwise. */
let onBridge: (transport: Transport) => void;
/** The recording that the newest bridge asked for. */
let logAsked: string | undefined;

beforeAll(async () => {
  pageFolder = mkdtempSync(join(tmpdir(), "web-shell-test-"));
  mkdirSync(join(pageFolder, "assets"));
  writeFileSync(join(pageFolder, "index.html"), "<!doctype html><title>和林格尔</title>");
  writeFileSync(join(pageFolder, "assets/index-abcdefgh.js"), "export {};");
  const feed = {
    connect: (transport: Transport, log?: string) => {
      logAsked = log;
      onBridge(transport);
    },
    open: () => Promise.reject(new Error("nobody opens anything here")),
    status: () => feedStatus,
  };
  shell = await openWebShell({ feed, pageFolder, token, port: 0, version: "9.9.9" });
});
afterAll(async () => {
  await shell.close();
  rmSync(pageFolder, { recursive: true, force: true });
});
beforeEach(() => {
  feedStatus = null;
  onBridge = (transport) => transport.onMessage((message) => transport.send(message));
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const ask = (path: string, headers: OutgoingHttpHeaders = {}, method = "GET"): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: shell.port, path, method, headers };
    const asked = request(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? "x" : undefined);
  });

const cookie = () => `${cookieName(shell.port)}=${cookieValue(token, shell.port)}`;

describe("the token", () => {
  test("is exchanged for a cookie that scripts and other sites cannot use, and leaves the address", async () => {
    const reply = await ask(`/?token=${token}&lang=en`);
    expect([reply.status, reply.headers.location]).toEqual([303, "/?lang=en"]);
    const [set = ""] = reply.headers["set-cookie"] ?? [];
    expect(set).toBe(`${cookie()}; Path=/; HttpOnly; SameSite=Strict`);
    expect(set).not.toContain(token);
    const page = await ask("/?lang=en", { cookie: `other=1; ${cookie()}` });
    expect([page.status, page.body]).toEqual([200, "<!doctype html><title>和林格尔</title>"]);
  });

  test.each([
    ["no cookie", {}],
    ["another server's cookie", { cookie: `horinger-1=${cookieValue(token, 1)}` }],
    [
      "a cookie of another token",
      { cookie: () => `${cookieName(shell.port)}=${cookieValue("x", shell.port)}` },
    ],
    ["the token as cookie", { cookie: () => `${cookieName(shell.port)}=${token}` }],
  ])("%s: nothing is served", async (_what, headers: { cookie?: string | (() => string) }) => {
    const value = typeof headers.cookie === "function" ? headers.cookie() : headers.cookie;
    for (const path of ["/", "/index.html", "/assets/index-abcdefgh.js", "/nowhere"])
      expect((await ask(path, value ? { cookie: value } : {})).status, path).toBe(401);
  });

  test("a wrong token gives no cookie", async () => {
    for (const wrong of ["", "x", newToken(), `${token}x`, token.slice(1)]) {
      const reply = await ask(`/?token=${wrong}`);
      expect([reply.status, reply.headers["set-cookie"]]).toEqual([401, undefined]);
    }
  });
});

describe("every answer", () => {
  test("carries the security headers, refusals included", async () => {
    for (const [path, headers] of [
      ["/", { cookie: cookie() }],
      ["/", {}],
      ["/nowhere", { cookie: cookie() }],
      ["/healthz", {}],
      [`/?token=${token}`, {}],
    ] as const) {
      const reply = await ask(path, headers);
      for (const [name, value] of Object.entries(securityHeaders))
        expect(reply.headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
    }
  });

  test.each([
    ["a foreign host", { host: "evil.example" }, "GET", 403],
    ["the right host on another port", { host: "127.0.0.1:1" }, "GET", 403],
    ["a foreign origin", { origin: "http://evil.example" }, "GET", 403],
    ["an opaque origin", { origin: "null" }, "GET", 403],
    ["another method", {}, "DELETE", 405],
    ["a body", {}, "POST", 405],
    ["a GET with a body", { "content-length": "1" }, "GET", 413],
  ])("%s is refused, even with the cookie", async (_what, headers, method, status) => {
    const refused = ask("/", { cookie: cookie(), ...headers }, method);
    expect((await refused).status).toBe(status);
  });

  test("is refused for an address or a head that is too long", async () => {
    expect((await ask(`/${"x".repeat(3000)}`, { cookie: cookie() })).status).toBe(414);
    expect((await ask("/", { cookie: `${cookie()}; x=${"x".repeat(9000)}` })).status).toBe(431);
  });

  test("has the right type and life", async () => {
    const script = await ask("/assets/index-abcdefgh.js", { cookie: cookie() });
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.headers["cache-control"]).toContain("immutable");
    const head = await ask("/", { cookie: cookie() }, "HEAD");
    expect([head.status, head.headers["cache-control"], head.body]).toEqual([200, "no-cache", ""]);
  });
});

describe("/healthz", () => {
  test("answers without a cookie, before there is a status too", async () => {
    const reply = await ask("/healthz");
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ status: "starting", points: 0, version: "9.9.9" });
  });

  test("gives numbers, and no address, path, topic or name", async () => {
    feedStatus = secretiveStatus;
    const { body } = await ask("/healthz");
    expect(JSON.parse(body)).toEqual({
      status: "ok",
      source: { kind: "mqtt", state: "live" },
      lastSampleMs: 1000,
      points: 5,
      pointsPerSecond: 20,
      drops: 7,
      coverage: 0.8,
      recording: false,
      recordingStopped: null,
      recordingLostSeconds: 0,
      version: "9.9.9",
    });
    expect(body).not.toContain("secret");
  });

  test("says stale when the source is lost", async () => {
    feedStatus = { ...secretiveStatus, source: { ...secretiveStatus.source, state: "lost" } };
    expect(JSON.parse((await ask("/healthz")).body).status).toBe("stale");
  });

  test("a status that nobody renews is no good news: the feed hangs", async () => {
    feedStatus = { ...secretiveStatus, timeMs: Date.now() - 60_000 };
    expect(JSON.parse((await ask("/healthz")).body).status).toBe("stale");
  });

  test("checks the host like everything else", async () => {
    expect((await ask("/healthz", { host: "evil.example" })).status).toBe(403);
  });
});

const secretiveStatus: FeedStatus = {
  timeMs: Date.now(),
  version: "9.9.9",
  announced: null,
  source: {
    kind: "mqtt",
    state: "live",
    address: "mqtt://secret-host",
    protocol: "5.0",
    wires: ["secret"],
    sinceMs: 0,
    reconnects: 0,
    error: { code: "acl", detail: "secret" },
  },
  brokers: [],
  publishers: [],
  rates: { messagesPerSec: 10, pointsPerSec: 20, bytesPerSec: 30 },
  points: { known: 5, fresh: 4, late: 0, stale: 1, bad: 0 },
  coverage: 0.8,
  lastSampleMs: 1000,
  drops: { total: 7, byReason: { secret: 7 } },
  faults: { total: 0, byCode: {} },
  metadata: { received: 0, mapped: 0, unmapped: 0, declared: null },
  simulated: false,
  trace: false,
  recording: null,
  clients: 1,
};

const dial = (headers: Record<string, string> = {}, path = "/bridge"): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, {
    headers: { cookie: cookie(), origin: `http://127.0.0.1:${shell.port}`, ...headers },
  });

const opened = (socket: WebSocket) =>
  new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });

const closedWith = (socket: WebSocket) =>
  new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  );

describe("/bridge", () => {
  test.each([
    ["no cookie", { cookie: "" }, "/bridge", 401],
    ["a foreign origin", { origin: "http://evil.example" }, "/bridge", 403],
    ["another port's page", { origin: "http://127.0.0.1:1" }, "/bridge", 403],
    ["no origin", { origin: "" }, "/bridge", 403],
    ["a foreign host", { host: "evil.example" }, "/bridge", 403],
    ["another path", {}, "/", 404],
    ["another path with a recording", {}, "/other?log=x", 404],
  ])("%s is refused", async (_what, headers: Record<string, string>, path, status) => {
    await expect(opened(dial(headers, path))).rejects.toThrow(`Unexpected server response: ${status}`);
  });

  test("passes on which recording a page wants, or none", async () => {
    for (const [path, log] of [
      ["/bridge", undefined],
      ["/bridge?log=abc", "abc"],
    ] as const) {
      const socket = dial({}, path);
      await opened(socket);
      expect(logAsked).toBe(log);
      socket.close();
    }
  });

  test("a message over the cap ends the connection, and only that one", async () => {
    const [large, small] = [dial(), dial()];
    await Promise.all([opened(large), opened(small)]);
    const ended = closedWith(large);
    large.send("x".repeat(300_000));
    expect((await ended).code).toBe(1009);
    small.send("still here");
    const echo = new Promise((resolve) => small.once("message", (data) => resolve(String(data))));
    expect(await echo).toBe("still here");
    small.close();
  });

  test("a 65th page is told so", async () => {
    const pages = Array.from({ length: 64 }, () => dial());
    await Promise.all(pages.map(opened));
    await expect(opened(dial())).rejects.toThrow("503");
    await Promise.all(pages.map((page) => [closedWith(page), page.close()][0]));
  });
});

test("closing ends open bridges and frees the port", async () => {
  const feed = { connect: () => {}, open: () => Promise.reject(new Error("no")), status: () => null };
  const other = await openWebShell({ feed, pageFolder, token, port: 0, version: "1" });
  const socket = new WebSocket(`ws://127.0.0.1:${other.port}/bridge`, {
    headers: {
      cookie: `${cookieName(other.port)}=${cookieValue(token, other.port)}`,
      origin: `http://127.0.0.1:${other.port}`,
    },
  });
  await opened(socket);
  const ended = closedWith(socket);
  await other.close();
  await ended;
  const again = await openWebShell({ feed, pageFolder, token, port: other.port, version: "1" });
  await expect(
    openWebShell({ feed, pageFolder, token, port: again.port, version: "1" }),
  ).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await again.close();
});

/** The real server at the far end: large messages only ever flow from it. */
transportSuite("WebSocket", async () => {
  const atServer = new Promise<Transport>((resolve) => {
    onBridge = resolve;
  });
  const socket = dial();
  const near = socketTransport(socket);
  await opened(socket);
  return { near, far: await atServer };
});
