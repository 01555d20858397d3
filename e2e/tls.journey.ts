import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpsServer } from "node:https";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { Aedes } from "aedes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWebSocketStream, WebSocketServer } from "ws";
import type { MqttConfig } from "#feed/contract/config.ts";
import type { SourceError, SourceErrorCode } from "#feed/contract/status.ts";
import type { MqttSource } from "#feed/sources/mqtt.ts";
import { sourceErrorText } from "#renderer/i18n/source-errors.ts";
import type { Twin } from "#twins/model/twin.ts";
import { type BrokerOptions, startBroker } from "./support/broker.ts";
import { loadHoringer } from "./support/campus.ts";
import { type Issued, issue } from "./support/certificates.ts";
import { failureOf, goesLive, openSource } from "./support/source.ts";

/** The TLS matrix: real handshakes with a real mosquitto, certificates of an authority made for the occasion. */
let folder: string;
let twin: Twin;
let ca: Issued;
let good: Issued;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "horinger-tls-"));
  // A mosquitto that root starts reads its files as another user.
  await chmod(folder, 0o755);
  twin = await loadHoringer();
  ca = await issue(folder, { name: "Test CA", issuer: null });
  good = await issue(folder, { name: "broker", issuer: ca, hosts: ["localhost", "127.0.0.1"] });
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

const tlsBroker = async (own: Issued, more: readonly string[] = []) => {
  const lines = ["allow_anonymous true", `certfile ${own.certFile}`, `keyfile ${own.keyFile}`, ...more];
  return broker({ lines, scheme: "mqtts" });
};

const broker = async (options: BrokerOptions) => {
  const started = await startBroker(options);
  closers.push(() => started.stop());
  return started.url;
};

/** @returns the port it was given */
const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
};

const connect = (url: string, config: Partial<MqttConfig> = {}): MqttSource => {
  const source = openSource(twin, { url, caFile: ca.certFile, ...config });
  closers.push(() => source.close());
  return source;
};

/** The words of a failure: cause and remedy, which a person can act on without a manual. */
const words: Readonly<Partial<Record<SourceErrorCode, { en: [RegExp, RegExp]; zh: [RegExp, RegExp] }>>> = {
  "tls-expired": { en: [/certificate has expired/, /renewed.*clock/], zh: [/证书已过期/, /更新.*时钟/] },
  "tls-early": { en: [/not valid yet/, /clock/], zh: [/尚未生效/, /时钟/] },
  "tls-host": { en: [/for another name/, /names in the certificate/], zh: [/其他主机名/, /证书中的名称/] },
  "tls-unknown-ca": { en: [/issuer.*not known/, /--mqtt-ca/], zh: [/签发机构未知/, /--mqtt-ca/] },
  "tls-self-signed": { en: [/signed by itself/, /--mqtt-ca/], zh: [/自签名/, /--mqtt-ca/] },
  "tls-client-missing": {
    en: [/wants a client certificate/, /--mqtt-cert/],
    zh: [/要求客户端证书/, /--mqtt-cert/],
  },
  "tls-client-rejected": {
    en: [/does not accept our client certificate/, /issued by an authority/],
    zh: [/不接受我方的客户端证书/, /签发机构/],
  },
  "tls-key-mismatch": { en: [/do not belong together/, /--mqtt-key/], zh: [/不配对/, /--mqtt-key/] },
  "tls-alpn": { en: [/none of the application protocols/, /--mqtt-alpn/], zh: [/应用层协议/, /--mqtt-alpn/] },
  "tls-plain": { en: [/not an encrypted one/, /8883/], zh: [/不是加密端口/, /8883/] },
  "closed-early": { en: [/before it answered/, /mqtts:/], zh: [/应答之前/, /mqtts:/] },
  "file-content": { en: [/not what it should be/, /PEM/], zh: [/内容不对/, /PEM/] },
};

const expectWords = ({ code }: SourceError): void => {
  const wanted = words[code];
  if (!wanted) throw new Error(`no words are expected of ${code}`);
  for (const language of ["en", "zh"] as const) {
    const { what, tip } = sourceErrorText(language, code);
    expect(what).toMatch(wanted[language][0]);
    expect(tip).toMatch(wanted[language][1]);
  }
};

const expectFailure = async (source: MqttSource, code: SourceErrorCode): Promise<SourceError> => {
  const error = await failureOf(source);
  expect(source.snapshot(), "what was never there is not lost").toMatchObject({ state: "connecting" });
  expect(error.code, error.detail).toBe(code);
  expectWords(error);
  return error;
};

describe("the broker's certificate", () => {
  test("good: live, in MQTT 5.0", async () => {
    const source = connect(await tlsBroker(good));
    await goesLive(source);
    expect(source.snapshot()).toMatchObject({ protocol: "5.0", error: null });
  });

  test("expired: said, with its dates", async () => {
    const dates = { fromDays: -3, toDays: -1 };
    const expired = await issue(folder, { name: "expired", issuer: ca, hosts: ["127.0.0.1"], ...dates });
    const { certificate } = await expectFailure(connect(await tlsBroker(expired)), "tls-expired");
    expect(certificate).toMatchObject({ subject: "expired", issuer: "Test CA" });
    expect(certificate!.validToMs).toBeLessThan(Date.now());
  });

  test("not valid yet", async () => {
    const early = await issue(folder, { name: "early", issuer: ca, hosts: ["127.0.0.1"], fromDays: 2 });
    const { certificate } = await expectFailure(connect(await tlsBroker(early)), "tls-early");
    expect(certificate!.validFromMs).toBeGreaterThan(Date.now());
  });

  test("of another host: said, with the names it is for", async () => {
    const other = await issue(folder, { name: "other", issuer: ca, hosts: ["broker.example", "10.0.0.1"] });
    const { certificate } = await expectFailure(connect(await tlsBroker(other)), "tls-host");
    expect(certificate?.names).toEqual(["broker.example", "10.0.0.1"]);
  });

  test("of an unknown authority: said, with its name", async () => {
    const { certificate } = await expectFailure(
      connect(await tlsBroker(good), { caFile: null }),
      "tls-unknown-ca",
    );
    expect(certificate?.issuer).toBe("Test CA");
  });

  test("signed by itself; trusted once it is named", async () => {
    const own = await issue(folder, { name: "own", issuer: null, hosts: ["127.0.0.1"] });
    const url = await tlsBroker(own);
    await expectFailure(connect(url), "tls-self-signed");
    await goesLive(connect(url, { caFile: own.certFile }));
  });
});

describe("our certificate", () => {
  const wanting = (): Promise<string> =>
    tlsBroker(good, [`cafile ${ca.certFile}`, "require_certificate true"]);

  test("missing", async () => {
    await expectFailure(connect(await wanting()), "tls-client-missing");
  });

  test("missing, under TLS 1.2, which has no alert of its own for it", async () => {
    const server = createServer({
      cert: readFileSync(good.certFile),
      key: readFileSync(good.keyFile),
      ca: readFileSync(ca.certFile),
      requestCert: true,
      maxVersion: "TLSv1.2",
    });
    await expectFailure(connect(`mqtts://127.0.0.1:${await listen(server)}`), "tls-client-missing");
  });

  test("good, and then not of its authority, expired, of another key, or no certificate", async () => {
    const url = await wanting();
    const mine = await issue(folder, { name: "mine", issuer: ca });
    const { certFile, keyFile } = mine;
    await goesLive(connect(url, { certFile, keyFile }));
    const stranger = await issue(folder, { name: "stranger", issuer: null });
    await expectFailure(
      connect(url, { certFile: stranger.certFile, keyFile: stranger.keyFile }),
      "tls-client-rejected",
    );
    const old = await issue(folder, { name: "old", issuer: ca, fromDays: -3, toDays: -1 });
    await expectFailure(
      connect(url, { certFile: old.certFile, keyFile: old.keyFile }),
      "tls-client-rejected",
    );
    await expectFailure(connect(url, { certFile, keyFile: old.keyFile }), "tls-key-mismatch");
    const { detail } = await expectFailure(connect(url, { certFile: keyFile, keyFile }), "file-content");
    expect(detail, "which file").toContain(keyFile);
  });
});

describe("the wrong kind of port", () => {
  test("encrypted where the broker speaks plainly, and the other way round", async () => {
    const plain = await broker({});
    await expectFailure(connect(plain.replace("mqtt:", "mqtts:")), "tls-plain");
    await expectFailure(connect(plain.replace("mqtt:", "wss:")), "tls-plain");
    const encrypted = await tlsBroker(good);
    await expectFailure(connect(encrypted.replace("mqtts:", "mqtt:")), "closed-early");
  });
});

describe("what else is agreed in the handshake", () => {
  const own = () => ({ cert: readFileSync(good.certFile), key: readFileSync(good.keyFile) });

  test("ALPN: the name that the broker knows is taken; none in common is said", async () => {
    const aedes = await Aedes.createBroker();
    closers.push(() => new Promise<void>((resolve) => aedes.close(resolve)));
    const agreed: (string | false | null)[] = [];
    const server = createServer({ ...own(), ALPNProtocols: ["mqtt"] }, (socket) => {
      agreed.push(socket.alpnProtocol);
      aedes.handle(socket);
    });
    const url = `mqtts://127.0.0.1:${await listen(server)}`;
    await goesLive(connect(url, { alpn: ["x-other", "mqtt"] }));
    expect(agreed).toContain("mqtt");
    await expectFailure(connect(url, { alpn: ["x-other"] }), "tls-alpn");
  });

  test("wss: the same certificates are asked for and checked", async () => {
    const aedes = await Aedes.createBroker();
    closers.push(() => new Promise<void>((resolve) => aedes.close(resolve)));
    const web = createHttpsServer(own());
    const sockets = new WebSocketServer({ server: web, path: "/mqtt", handleProtocols: () => "mqtt" });
    sockets.on("connection", (socket) => aedes.handle(createWebSocketStream(socket)));
    const url = `wss://127.0.0.1:${await listen(web)}/mqtt`;
    await goesLive(connect(url));
    const { certificate } = await expectFailure(connect(url, { caFile: null }), "tls-unknown-ca");
    expect(certificate?.subject).toBe("broker");
  });
});
