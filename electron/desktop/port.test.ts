import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { MessagePortMain } from "electron";
import { expect, test } from "vitest";
import { transportSuite } from "#electron/common/transport-suite.ts";
import { type MainPort, mainPortTransport } from "./port.ts";

/** Compiles only while Electron's own port is one that we can use. */
type RealPortFits = MessagePortMain extends MainPort ? true : never;
const realPortFits: RealPortFits = true;

/** Node's port with Electron's manners: data inside an event. */
const asMainPort = (port: MessagePort): MainPort => ({
  postMessage: (message) => port.postMessage(message),
  close: () => port.close(),
  start: () => port.start(),
  on: (event: "message" | "close", listener: (event: never) => void) =>
    port.on(event, (data: unknown) => listener({ data, ports: [] } as never)),
});

transportSuite("Electron's port, by a double", async () => {
  const { port1, port2 } = new MessageChannel();
  return { near: mainPortTransport(asMainPort(port1)), far: mainPortTransport(asMainPort(port2)) };
});

test("what is neither text nor bytes is not passed on", async () => {
  expect(realPortFits).toBe(true);
  const { port1, port2 } = new MessageChannel();
  const arrived: unknown[] = [];
  mainPortTransport(asMainPort(port2)).onMessage((message) => arrived.push(message));
  for (const message of [{ t: "request" }, 1, null, new Uint8Array(2), "text"]) port1.postMessage(message);
  await expect.poll(() => arrived).toEqual(["text"]);
  port1.close();
});
