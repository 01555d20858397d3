import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type WebSocket as ServerSocket, WebSocketServer } from "ws";
import { bridgeUrl, openSocket, recordingAddress } from "./socket.ts";

test.each([
  ["http://127.0.0.1:4173/?x=1#y", "ws://127.0.0.1:4173/bridge"],
  ["https://wall.example/", "wss://wall.example/bridge"],
  [`http://127.0.0.1:4173${recordingAddress("a_-9")}`, "ws://127.0.0.1:4173/bridge?log=a_-9"],
])("the bridge of %s is %s", (page, bridge) => {
  expect(bridgeUrl(page)).toBe(bridge);
});

describe("a WebSocket as a transport", () => {
  let server: WebSocketServer;
  let url: string;
  let accepted: Promise<ServerSocket>;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    accepted = once(server, "connection").then(([socket]: ServerSocket[]) => socket!);
  });
  afterEach(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });

  test("text and bytes come in order, also those from before anybody listened", async () => {
    const near = await openSocket(url);
    const far = await accepted;
    far.send("first");
    far.send(Uint8Array.of(1, 2, 3));
    far.send("asked");
    await new Promise((resolve) => setTimeout(resolve)); // all three may be here before anybody listens
    const seen: unknown[] = [];
    await new Promise<void>((resolve) =>
      near.onMessage((message) => {
        seen.push(typeof message === "string" ? message : [...new Uint8Array(message)]);
        if (message === "asked") resolve();
      }),
    );
    expect(seen).toEqual(["first", [1, 2, 3], "asked"]);
    near.send("answer");
    const [data] = (await once(far, "message")) as [Buffer];
    expect(data.toString()).toBe("answer");
    near.close();
  });

  test("the end of the other side is told once, with its reason", async () => {
    const near = await openSocket(url);
    const reason = new Promise<string>((resolve) => near.onClose(resolve));
    (await accepted).close(1001, "the server stops");
    expect(await reason).toBe("the server stops");
  });

  test("a server that is not there is a rejection, not a hang", async () => {
    server.close();
    await once(server, "close");
    await expect(openSocket(url)).rejects.toThrow(/closed/);
  });
});
