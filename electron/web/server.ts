import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { securityHeaders } from "#electron/common/security.ts";
import { fileHeaders, type StaticFile, StaticFiles } from "#electron/common/static-files.ts";
import type { Feed } from "#feed/service.ts";
import { Guard, type Rejection } from "./guard.ts";
import { healthOf } from "./health.ts";
import { isAboutRecordings, Recordings } from "./recordings.ts";
import { socketTransport } from "./socket-transport.ts";
import type { UploadLimits } from "./uploads.ts";

/** What the web shell needs of the feed. */
export type ServedFeed = Pick<Feed, "connect" | "open" | "status">;

export interface WebShellOptions {
  readonly feed: ServedFeed;
  /** Folder of the built page. */
  readonly pageFolder: string;
  readonly token: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly version: string;
  /** Of recordings that pages send; as they are when absent. */
  readonly uploads?: Partial<UploadLimits>;
}

export interface WebShell {
  /** Address with the token: whoever has it may watch. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Requests of the bridge are small; frames only flow the other way. */
const largestRequestBytes = 256 * 1024;
const mostSockets = 64;

/**
 * Serves the page and the bridge on 127.0.0.1.
 * @throws with `code` EADDRINUSE or EACCES when the port cannot be had, ENOENT when the page is not built.
 */
export const openWebShell = async (options: WebShellOptions): Promise<WebShell> => {
  const files = await StaticFiles.open(options.pageFolder);
  // A recording takes as long as it takes; its own silence ends it (recordings.ts), and nobody else sends a body.
  const server = createServer({ maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 0 });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestRequestBytes,
    perMessageDeflate: false, // the machine talks to itself; compressing frames would cost more than it saves
  });
  const port = await listen(server, options.port);
  const guard = new Guard(options.token, port);
  const recordings = new Recordings(options.feed, options.uploads);

  server.on("request", (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const rejection = answer({ request, response, guard, files, recordings, options });
    if (rejection) reject(response, rejection);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const rejection = checkBridge(request, guard, sockets.clients.size);
    if (rejection) refuseUpgrade(socket, rejection);
    else
      sockets.handleUpgrade(request, socket, head, (opened) =>
        options.feed.connect(socketTransport(opened), logOf(request) ?? undefined),
      );
  });

  return {
    url: `http://127.0.0.1:${port}/?token=${options.token}`,
    port,
    close: async () => {
      for (const client of sockets.clients) client.close(1001, "the server stops");
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const client of sockets.clients) client.terminate();
      await closed;
      recordings.close();
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly guard: Guard;
  readonly files: StaticFiles;
  readonly recordings: Recordings;
  readonly options: WebShellOptions;
}

/** Answers, or says why not. */
const answer = (exchange: Exchange): Rejection | null => {
  const { request, response, guard, files, recordings } = exchange;
  const isChange = isAboutRecordings(request);
  const rejection = isChange ? guard.checkChange(request) : guard.checkHead(request);
  if (rejection) return rejection;
  const url = URL.parse(request.url ?? "", "http://127.0.0.1");
  if (!url) return { status: 400, text: "The address cannot be read." };
  if (isChange) {
    void recordings.answer(request, response, url);
    return null;
  }
  if (url.pathname === "/healthz") {
    sendHealth(exchange);
    return null;
  }
  const token = url.searchParams.get("token");
  if (token !== null) {
    if (url.pathname !== "/" || !guard.isToken(token)) return unknownVisitor;
    exchangeToken(exchange, url);
    return null;
  }
  if (!guard.isKnown(request)) return unknownVisitor;
  const file = files.find(url.pathname);
  if (!file) return { status: 404, text: "There is nothing here." };
  sendFile(exchange, file);
  return null;
};

const unknownVisitor: Rejection = {
  status: 401,
  text: "Open the address that the start of Horinger Twin printed: it carries the key. 请使用启动时打印的地址打开。",
};

/** The token leaves the address bar, the history and every later request. */
const exchangeToken = ({ response, guard }: Exchange, url: URL): void => {
  url.searchParams.delete("token");
  response.writeHead(303, {
    Location: `/${url.search}`,
    "Set-Cookie": guard.cookie,
    "Cache-Control": "no-store",
  });
  response.end();
};

const sendHealth = ({ response, options: { feed, version } }: Exchange): void => {
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${JSON.stringify(healthOf(feed.status(), version, Date.now()))}\n`);
};

const sendFile = ({ request, response }: Exchange, file: StaticFile): void => {
  response.writeHead(200, fileHeaders(file));
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const content = createReadStream(file.path);
  // Headers are out: all that is left to tell the browser is that the file is not whole.
  content.on("error", () => response.destroy());
  content.pipe(response);
};

const reject = (response: ServerResponse, { status, text }: Rejection): void => {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    Connection: "close", // what is left of a refused request, such as a body, must not be read as the next one
  });
  response.end(`${text}\n`);
};

const checkBridge = (request: IncomingMessage, guard: Guard, openSockets: number): Rejection | null => {
  const rejection = guard.checkUpgrade(request);
  if (rejection) return rejection;
  if (URL.parse(request.url ?? "", "http://127.0.0.1")?.pathname !== "/bridge")
    return { status: 404, text: "The bridge is at /bridge." };
  return openSockets < mostSockets ? null : { status: 503, text: `At most ${mostSockets} pages at a time.` };
};

/** Name of the opened recording that a page wants to see; null where it wants what the product was started with. */
const logOf = (request: IncomingMessage): string | null =>
  URL.parse(request.url ?? "", "http://127.0.0.1")?.searchParams.get("log") ?? null;

const refuseUpgrade = (socket: Duplex, { status, text }: Rejection): void => {
  socket.on("error", () => {}); // the peer may be gone already
  const body = `${text}\n`;
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};
