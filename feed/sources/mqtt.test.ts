import { createServer as createWebServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { Aedes } from "aedes";
import { afterEach, expect, test, vi } from "vitest";
import { createWebSocketStream, WebSocketServer } from "ws";
import { brokerAt } from "#feed/contract/config.ts";
import { smallCampus } from "#feed/tables/campus.fixture.ts";
import { createClock } from "#feed/tables/clock.ts";
import { shownAddress } from "./address.ts";
import { MqttSource, type MqttSourceOptions } from "./mqtt.ts";

const twin = await smallCampus(1000);
const closers: (() => Promise<void>)[] = [];
const patience = { timeout: 10_000 };

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface TestBroker {
  readonly port: number;
  readonly aedes: Aedes;
  /** Cuts every connection. */
  cut(): void;
  /** Sends bytes to every client, beside the broker's own. */
  say(bytes: Uint8Array): void;
  stop(): Promise<void>;
}

/** A real broker (3.1.1 only) on 127.0.0.1. */
const startBroker = async (port = 0, authenticate?: Aedes["authenticate"]): Promise<TestBroker> => {
  const aedes = await Aedes.createBroker(authenticate ? { authenticate } : {});
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const say = (bytes: Uint8Array): void => {
    for (const socket of sockets) socket.write(bytes);
  };
  const stop = async (): Promise<void> => {
    cut();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(resolve));
  };
  closers.push(stop);
  return { port: typeof address === "object" && address ? address.port : 0, aedes, cut, say, stop };
};

const publish = (
  broker: Pick<TestBroker, "aedes">,
  topic: string,
  payload: string,
  retain = false,
): Promise<void> =>
  new Promise((resolve, reject) => {
    broker.aedes.publish(
      { cmd: "publish", topic, payload: Buffer.from(payload), qos: 0, retain, dup: false },
      (error) => (error ? reject(error) : resolve()),
    );
  });

const openSource = (url: string, extra: Partial<MqttSourceOptions> = {}, password: string | null = null) => {
  const messages: { topic: string; payload: string; retained: boolean }[] = [];
  const marks: string[] = [];
  const source = new MqttSource({
    config: brokerAt(url, { password }),
    twin,
    clock: createClock(),
    protocols: [5, 4],
    sweep: true,
    onMessage: ({ topic, payload, retained }) =>
      messages.push({ topic, payload: Buffer.from(payload).toString(), retained }),
    onMetadataComplete: () => marks.push("complete"),
    onConnection: () => {},
    publishers: () => [],
    log: () => {},
    ...extra,
  });
  closers.push(() => source.close());
  return { source, messages, marks };
};

test("a broker that refuses 5.0 is spoken to in 3.1.1", async () => {
  const broker = await startBroker();
  const { source, marks } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(
    () => expect(source.snapshot()).toMatchObject({ state: "live", protocol: "3.1.1" }),
    patience,
  );
  await vi.waitFor(() => expect(marks).toEqual(["complete"]), patience);
});

test("after a fall-back to 3.1.1, 5.0 is tried again at the next connection", async () => {
  const broker = await startBroker();
  const tried: (number | undefined)[] = [];
  broker.aedes.preConnect = (_client, packet, done) => {
    tried.push((packet as { protocolVersion?: number }).protocolVersion);
    done(null, true);
  };
  const { source } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(source.snapshot().protocol).toBe("3.1.1"), patience);
  broker.cut();
  await vi.waitFor(() => expect(source.snapshot()).toMatchObject({ state: "live", reconnects: 1 }), patience);
  expect(tried).toEqual([5, 4, 5, 4]);
});

/** The same broker behind a web server. */
const startWebBroker = async () => {
  const aedes = await Aedes.createBroker();
  const web = createWebServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: web, path: "/mqtt", handleProtocols: () => "mqtt" });
  sockets.on("connection", (socket) => aedes.handle(createWebSocketStream(socket)));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const address = web.address();
  closers.push(async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    await new Promise((resolve) => web.close(resolve));
    await new Promise<void>((resolve) => aedes.close(resolve));
  });
  return { aedes, url: `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}` };
};

test("WebSockets carry the same; a path without MQTT is named", async () => {
  const { aedes, url } = await startWebBroker();
  const { source, messages } = openSource(`${url}/mqtt`);
  await vi.waitFor(
    () => expect(source.snapshot()).toMatchObject({ state: "live", protocol: "3.1.1" }),
    patience,
  );
  await vi.waitFor(async () => {
    await publish({ aedes }, "HT/v1/PUB/Value/Rack/ComputeLoad/x", "1");
    expect(messages.some(({ payload }) => payload === "1")).toBe(true);
  }, patience);
  const { source: lost } = openSource(`${url}/other`);
  await vi.waitFor(() => expect(lost.snapshot().error?.code).toBe("websocket"), patience);
});

test("sources, then metadata, then values: kept messages come before what they describe", async () => {
  const broker = await startBroker();
  await publish(broker, "BMS/v1/PUB/Value/Rack/RackPower/x", "value", true);
  await publish(broker, "BMS/v1/PUB/Metadata/Rack/RackPower/x", "metadata", true);
  await publish(broker, "HT/v1/PUB/Source/x", "source", true);
  const { messages, marks } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(marks).toEqual(["complete"]), patience);
  const kinds = messages.map(({ payload }) => payload);
  expect(kinds[0]).toBe("source");
  expect(kinds.indexOf("metadata")).toBeLessThan(kinds.indexOf("value"));
  expect(messages.every(({ retained }) => retained)).toBe(true);
});

/** An access list: subscriptions to anything else are refused. */
const allowOnly = (broker: TestBroker, prefix: string): void => {
  broker.aedes.authorizeSubscribe = (_client, subscription, done) =>
    done(null, subscription.topic.startsWith(prefix) ? subscription : null);
};

test("a broker that lets us have the plant's own topics only is read all the same", async () => {
  const broker = await startBroker();
  allowOnly(broker, "BMS/");
  const lines: string[] = [];
  const { source, messages, marks } = openSource(`mqtt://127.0.0.1:${broker.port}`, {
    log: (line) => lines.push(line),
  });
  await vi.waitFor(() => expect(marks).toEqual(["complete"]), patience);
  await publish(broker, "BMS/v1/PUB/Value/Rack/RackPower/x", "1");
  await vi.waitFor(() => expect(messages.map(({ payload }) => payload)).toContain("1"), patience);
  expect(source.snapshot()).toMatchObject({ state: "live", reconnects: 0, error: { code: "acl" } });
  expect(source.snapshot().error?.detail).toBe("HT/v1/+/Value/#, HT/v1/PUB/Bulk/#, spBv1.0/#");
  expect(lines.join()).toContain("refuses HT/v1/PUB/Source/#");
});

test("a broker that lets us have no values is no source, and the status says why", async () => {
  const broker = await startBroker();
  allowOnly(broker, "nothing");
  const { source } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe("acl"), patience);
  await vi.waitFor(() => expect(source.snapshot().state).toBe("lost"), patience);
});

test("it only reads: nothing is ever published by it", async () => {
  const broker = await startBroker();
  const published: string[] = [];
  broker.aedes.on("publish", (packet, client) => {
    if (client) published.push(packet.topic);
  });
  const { source, messages } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(source.snapshot().state).toBe("live"), patience);
  await vi.waitFor(async () => {
    await publish(broker, "HT/v1/PUB/Value/Rack/ComputeLoad/x", "1");
    expect(messages.some(({ payload }) => payload === "1")).toBe(true);
  }, patience);
  expect(published).toEqual([]);
});

test("a broker that goes away is lost, with the reason; when it is back, values flow again", async () => {
  const broker = await startBroker();
  const { source, messages } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(source.snapshot().state).toBe("live"), patience);
  await broker.stop();
  closers.splice(closers.indexOf(broker.stop), 1);
  await vi.waitFor(
    () => expect(source.snapshot()).toMatchObject({ state: "lost", protocol: null }),
    patience,
  );
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe("refused"), patience);
  const again = await startBroker(broker.port);
  await vi.waitFor(
    () => expect(source.snapshot()).toMatchObject({ state: "live", reconnects: 1, error: null }),
    {
      timeout: 25_000,
    },
  );
  await vi.waitFor(async () => {
    await publish(again, "HT/v1/PUB/Value/Rack/ComputeLoad/x", "back");
    expect(messages.some(({ payload }) => payload === "back")).toBe(true);
  }, patience);
});

/** Found by `npm run bench -- outages`: MQTT.js names such a packet, and hears no value after it for ever. */
test("a packet that cannot be read ends the connection, with the reason; the next one is whole", async () => {
  const broker = await startBroker();
  const { source, messages, marks } = openSource(`mqtt://127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(marks).toEqual(["complete"]), patience);
  const lost: unknown[] = [];
  broker.say(Buffer.of(0x30, 2, 0, 5)); // a PUBLISH of two bytes whose topic has five
  await vi.waitFor(() => {
    const { state, error } = source.snapshot();
    if (state === "lost") lost.push(error?.code);
    expect(source.snapshot()).toMatchObject({ state: "live", reconnects: 1, error: null });
  }, patience);
  expect(lost[0]).toBe("protocol");
  await vi.waitFor(async () => {
    await publish(broker, "HT/v1/PUB/Value/Rack/ComputeLoad/x", "back");
    expect(messages.some(({ payload }) => payload === "back")).toBe(true);
  }, patience);
});

test("a password that would travel in plain text over a network is warned of, once, and not repeated", async () => {
  const lines: string[] = [];
  const { source } = openSource(
    "mqtt://no-such-host.invalid",
    { log: (line) => lines.push(line) },
    "hunter2",
  );
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe("dns"), patience);
  expect(lines.filter((line) => line.includes("travel unencrypted"))).toHaveLength(1);
  expect(lines.join()).not.toContain("hunter2");
});

test("a broker that wants a password says auth, and no credential is ever shown", async () => {
  const broker = await startBroker(0, (_client, _username, _password, done) => {
    done(Object.assign(new Error("no"), { returnCode: 5 }) as never, false);
  });
  const { source } = openSource(`mqtt://reader:hunter2@127.0.0.1:${broker.port}`);
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe("auth"), patience);
  expect(JSON.stringify(source.snapshot())).not.toMatch(/hunter2|reader/);
});

/** A 5.0 broker that accepts, and then disconnects with a reason. */
const startRefusingBroker = async (reason: number): Promise<string> => {
  const accepted = Buffer.from([0x20, 3, 0, 0, 0]);
  const disconnected = Buffer.from([0xe0, 2, reason, 0]);
  const server = createServer((socket) => {
    socket.once("data", () => socket.end(Buffer.concat([accepted, disconnected])));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  return `mqtt://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
};

test.each([
  [0x8e, "taken-over"],
  [0x98, "kicked"],
  [0x97, "full"],
  [0x95, "packet-too-large"],
  [0x8b, "unavailable"],
])("a broker that disconnects us with reason %i says %s", async (reason, code) => {
  const { source } = openSource(await startRefusingBroker(reason));
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe(code), patience);
  expect(source.snapshot().state).toBe("lost");
});

test.each([
  ["nobody listening", "mqtt://127.0.0.1:1", "refused"],
  ["a name that does not exist", "mqtt://no-such-host.invalid", "dns"],
])("%s is named", async (_name, url, code) => {
  const { source } = openSource(url);
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe(code), patience);
  expect(source.snapshot().state, "what was never there cannot be lost").toBe("connecting");
});

test("a certificate file that is not there is named, not thrown", async () => {
  const config = brokerAt("mqtts://127.0.0.1:1", { caFile: "/no/such/ca.pem" });
  const { source } = openSource(config.url, { config });
  await vi.waitFor(() => expect(source.snapshot().error?.code).toBe("file"), patience);
});

test("addresses are shown without user, password and query", () => {
  expect(shownAddress("mqtts://u:p@broker.example:8883/?token=x")).toBe("mqtts://broker.example:8883");
  expect(shownAddress("ws://u:p@broker.example/mqtt")).toBe("ws://broker.example/mqtt");
  expect(shownAddress("nonsense")).toBe("?");
});
