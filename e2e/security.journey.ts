import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Product, startProduct } from "./support/product.ts";

let product: Product;
let port: number;
let token: string;

beforeAll(async () => {
  product = await startProduct();
  const url = new URL(product.url);
  port = Number(url.port);
  token = url.search || url.hash;
});

afterAll(async () => {
  await product?.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A raw request: `fetch` would repair the paths and headers that are under test. */
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, path, method, headers, setHost: !headers["Host"] },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      },
    );
    // An accepted upgrade has no answer body; a refused one is a plain response.
    asked.on("upgrade", (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: "" });
    });
    asked.on("error", reject);
    asked.end();
  });

const cookieOf = async (): Promise<string> => {
  const { pathname, search } = new URL(product.url);
  const { headers } = await ask(pathname + search);
  const [cookie] = headers["set-cookie"] as readonly string[];
  return cookie!.split(";")[0]!;
};

const upgrade = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

test("the token is in the address, and is exchanged for a cookie that scripts and other sites can't use", async () => {
  expect(token.length).toBeGreaterThan(32);
  const { pathname, search } = new URL(product.url);
  const { headers } = await ask(pathname + search);
  const cookie = String(headers["set-cookie"]);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect(cookie.split("=")[0]).toContain(String(port));
});

test.each([
  ["a foreign host", "/", { Host: "evil.example" }],
  ["a foreign host on the health page", "/healthz", { Host: "evil.example:80" }],
  ["a foreign origin", "/", { Origin: "http://evil.example" }],
  ["the same name at another port", "/", { Origin: "http://127.0.0.1:1" }],
])("%s is refused", async (_name, path, headers) => {
  expect((await ask(path, { ...headers, Cookie: await cookieOf() })).status).toBe(403);
});

test("without the cookie nothing is served but the health page", async () => {
  expect((await ask("/")).status).toBe(401);
  expect((await ask("/", { Cookie: `horinger-${port}=guessed` })).status).toBe(401);
  const health = await ask("/healthz");
  expect(health.status).toBe(200);
  expect(health.body).not.toMatch(/127\.0\.0\.1|mqtt:|\/twins\/|BMS\/v1/);
});

test("with the cookie the page comes, under its policies", async () => {
  const page = await ask("/", { Cookie: await cookieOf() });
  expect(page.status).toBe(200);
  expect(page.headers["content-security-policy"]).toMatch(/default-src/);
  expect(page.headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(page.headers["cross-origin-embedder-policy"]).toBe("require-corp");
});

test.each([
  "/../package.json",
  "/..%2fpackage.json",
  "/%2e%2e/%2e%2e/etc/passwd",
  "/assets/..\\..\\package.json",
])("%s leads nowhere", async (path) => {
  const { status, body } = await ask(path, { Cookie: await cookieOf() });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body).not.toMatch(/horinger-twin"|root:/);
});

test("a WebSocket needs the cookie and our own origin", async () => {
  const origin = `http://127.0.0.1:${port}`;
  const cookie = await cookieOf();
  const status = async (headers: Readonly<Record<string, string>>) =>
    (await ask("/bridge", { ...upgrade, ...headers })).status;
  expect(await status({ Cookie: cookie, Origin: origin })).toBe(101);
  expect(await status({ Origin: origin })).toBe(401);
  expect(await status({ Cookie: cookie })).toBe(403);
  expect(await status({ Cookie: cookie, Origin: "http://evil.example" })).toBe(403);
  expect(await status({ Cookie: cookie, Origin: origin, Host: "evil.example" })).toBe(403);
});

test("nothing but reading is answered", async () => {
  expect((await ask("/", { Cookie: await cookieOf() }, "POST")).status).toBe(405);
});
