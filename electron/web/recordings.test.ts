import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type OutgoingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenAnswer } from "#feed/contract/recordings.ts";
import type { OpenAsk } from "#feed/replay/opened.ts";
import { err, ok, type Result } from "#twins/model/result.ts";
import { openWebShell, type WebShell } from "./server.ts";
import { cookieName, cookieValue, newToken } from "./token.ts";

const token = newToken();
const fileBytes = 1_000_000;
let pageFolder: string;
let shell: WebShell;
let freeBytes: number;
/** What was asked to be opened, newest last; and the answer to it. */
let asked: OpenAsk[];
let answerTo: (ask: OpenAsk) => Result<string>;

beforeAll(async () => {
  pageFolder = mkdtempSync(join(tmpdir(), "web-recordings-test-"));
  writeFileSync(join(pageFolder, "index.html"), "<!doctype html>");
  const feed = {
    connect: () => {},
    status: () => null,
    open: async (ask: OpenAsk) => {
      asked.push(ask);
      return answerTo(ask);
    },
  };
  const uploads = { fileBytes, freeBytes: async () => freeBytes };
  shell = await openWebShell({ feed, pageFolder, token, port: 0, version: "1", uploads });
});
afterAll(async () => {
  await shell.close();
  rmSync(pageFolder, { recursive: true, force: true });
});
beforeEach(() => {
  freeBytes = 1e12;
  asked = [];
  answerTo = () => ok("opened");
});

interface Asking {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array;
  /** Bytes of the body after which the page leaves. */
  readonly leaveAfter?: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

const ours = (): OutgoingHttpHeaders => ({
  cookie: `${cookieName(shell.port)}=${cookieValue(token, shell.port)}`,
  origin: `http://127.0.0.1:${shell.port}`,
});

const send = (method: string, path: string, asking: Asking = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { body, leaveAfter } = asking;
    const headers = {
      ...ours(),
      ...(method === "PUT" && { "content-length": String(body?.length ?? 0) }),
      ...asking.headers,
    };
    for (const [name, value] of Object.entries(headers)) if (value === "") delete headers[name as "cookie"];
    const sent = request({ host: "127.0.0.1", port: shell.port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    if (leaveAfter === undefined) sent.end(body);
    else sent.write(body!.subarray(0, leaveAfter), () => sent.destroy(new Error("left")));
  });

const said = ({ text }: Reply): string => {
  const answer = JSON.parse(text) as OpenAnswer;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};
const codeOf = ({ text }: Reply): string => {
  const answer = JSON.parse(text) as OpenAnswer;
  return answer.ok ? "ok" : answer.error.code;
};

const begin = async (bytes = 10): Promise<string> =>
  `/recordings/${said(await send("POST", `/recordings?bytes=${bytes}`))}`;
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7) % 251);

/** Everything of this process that pages sent. */
const kept = (): readonly string[] =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith(`horinger-twin-opened-${process.pid}-`))
    .flatMap((name) => readdirSync(join(tmpdir(), name), { recursive: true, encoding: "utf8" }));

describe("a recording from a page", () => {
  test("of several files arrives whole, is opened, and is deleted when it is closed", async () => {
    const upload = await begin();
    const first = bytesOf(300_000);
    await send("PUT", `${upload}/20260701T040000Z.mcap`, { body: first });
    await send("PUT", `${upload}/${encodeURIComponent("机楼 1.mcap")}`, { body: bytesOf(5) });
    const reply = await send("POST", upload);
    expect([reply.status, said(reply)]).toEqual([200, "opened"]);
    const [{ paths, isCopy, onClosed } = asked[0]!] = asked;
    expect(isCopy).toBe(true);
    expect(paths.map((path) => basename(path))).toEqual(["20260701T040000Z.mcap", "机楼 1.mcap"]);
    expect(basename(dirname(paths[1]!))).toBe("20260701T040000Z");
    expect(readFileSync(paths[0]!).equals(first)).toBe(true);
    onClosed();
    expect(paths.some(existsSync)).toBe(false);
    expect(kept()).toEqual([]);
  });

  test("that cannot be opened is deleted at once; the page hears why, and not where it lay", async () => {
    answerTo = ({ paths: [path = ""] }) =>
      err({ code: "log-damaged", message: `${path}: torn`, tip: "Another.", file: path });
    const upload = await begin();
    await send("PUT", `${upload}/a.mcap`, { body: bytesOf(9) });
    const reply = await send("POST", upload);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual({
      ok: false,
      error: { code: "log-damaged", message: "a.mcap: torn", tip: "Another.", file: "a.mcap" },
    });
    expect(kept()).toEqual([]);
  });

  test("of which the page leaves half is deleted, with the file before it", async () => {
    const upload = await begin();
    await send("PUT", `${upload}/a.mcap`, { body: bytesOf(9) });
    await expect(
      send("PUT", `${upload}/b.mcap`, { body: bytesOf(400_000), leaveAfter: 100_000 }),
    ).rejects.toThrow("left");
    await vi.waitFor(() => expect(kept()).toEqual([]));
    expect(codeOf(await send("POST", upload))).toBe("log-upload");
    expect(asked).toEqual([]);
  });

  test("can be called off", async () => {
    const upload = await begin();
    await send("PUT", `${upload}/a.mcap`, { body: bytesOf(9) });
    expect((await send("DELETE", upload)).status).toBe(200);
    expect(kept()).toEqual([]);
  });
});

describe("is refused", () => {
  test.each([
    ["no cookie", { cookie: "" }, 401],
    ["a foreign origin", { origin: "http://evil.example" }, 403],
    ["no origin", { origin: "" }, 403],
    ["an opaque origin", { origin: "null" }, 403],
    ["a foreign host", { host: "evil.example" }, 403],
    ["an unknown length", { "transfer-encoding": "chunked", "content-length": "" }, 411],
  ])("%s, whatever it asks", async (_what, headers, status) => {
    const upload = await begin();
    const asks: [string, string][] = [["PUT", `${upload}/a.mcap`]];
    if (status !== 411) asks.push(["POST", "/recordings?bytes=1"], ["DELETE", upload]);
    for (const [method, path] of asks) {
      const body = method === "PUT" ? { body: bytesOf(9) } : {};
      expect((await send(method, path, { headers, ...body })).status, method).toBe(status);
    }
    expect(kept()).toEqual([]);
    await send("DELETE", upload);
  });

  test.each([
    ["a way up", "..%2f..%2fa.mcap"],
    ["a way up as Windows writes it", "..%5ca.mcap"],
    ["a root", "%2ftmp%2fa.mcap"],
    ["a hidden file", ".a.mcap"],
    ["a NUL", "a%00.mcap"],
    ["another kind of file", "a.txt"],
    ["a broken escape", "%zz.mcap"],
    ["no name", ""],
    ["a folder", "b/a.mcap"],
  ])("%s as a name, and its upload with it", async (_what, name) => {
    const upload = await begin();
    const reply = await send("PUT", `${upload}/${name}`, { body: bytesOf(9) });
    expect([reply.status, codeOf(reply)]).toEqual([400, "log-upload"]);
    expect(kept()).toEqual([]);
    await send("DELETE", upload);
  });

  test("a name that some system cannot have becomes one that all can", async () => {
    const upload = await begin();
    const name = 'a:b*"c<d>|e?.mcap';
    expect(said(await send("PUT", `${upload}/${encodeURIComponent(name)}`, { body: bytesOf(1) }))).toBe(
      "a_b__c_d__e_.mcap",
    );
    await send("DELETE", upload);
  });

  test("too large a file, before it is read", async () => {
    const upload = await begin();
    const headers = { "content-length": String(fileBytes + 1) };
    const reply = await send("PUT", `${upload}/a.mcap`, { headers, body: bytesOf(9) });
    expect([reply.status, codeOf(reply)]).toEqual([413, "log-too-large"]);
    await vi.waitFor(() => expect(kept()).toEqual([]));
    expect(codeOf(await send("POST", upload))).toBe("log-upload");
  });

  test("what has no room, before it is sent and while it is", async () => {
    freeBytes = 2 ** 30 + 5;
    expect(codeOf(await send("POST", "/recordings?bytes=6"))).toBe("log-disk-full");
    const upload = await begin(5);
    freeBytes = 2 ** 30 - 1;
    const reply = await send("PUT", `${upload}/a.mcap`, { body: bytesOf(700_000) });
    expect([reply.status, codeOf(reply)]).toEqual([507, "log-disk-full"]);
    expect(kept()).toEqual([]);
  });

  test("a fifth at a time", async () => {
    const four = [await begin(), await begin(), await begin(), await begin()];
    expect((await send("POST", "/recordings?bytes=1")).status).toBe(503);
    for (const upload of four) await send("DELETE", upload);
    await send("DELETE", await begin());
  });

  test("an unknown upload, a made-up length, and a GET", async () => {
    expect(codeOf(await send("POST", "/recordings/x"))).toBe("log-upload");
    expect(codeOf(await send("POST", "/recordings?bytes=-1"))).toBe("log-upload");
    expect(codeOf(await send("PUT", "/recordings", { body: bytesOf(1) }))).toBe("log-upload");
    expect((await send("GET", "/recordings")).status).toBe(404);
    expect((await send("POST", "/recordingsx")).status).toBe(405);
  });
});

test("what is left goes with the shell", async () => {
  const feed = { connect: () => {}, status: () => null, open: async () => ok("x") };
  const other = await openWebShell({ feed, pageFolder, token, port: 0, version: "1" });
  const before = shell;
  shell = other;
  const upload = await begin();
  await send("PUT", `${upload}/a.mcap`, { body: bytesOf(9) });
  expect(kept().length).toBeGreaterThan(0);
  await other.close();
  shell = before;
  expect(kept()).toEqual([]);
});
