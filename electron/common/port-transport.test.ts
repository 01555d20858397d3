import { MessageChannel, type MessagePort } from "node:worker_threads";
import { expect, test } from "vitest";
import { type PortLike, portTransport } from "./port-transport.ts";
import { transportSuite } from "./transport-suite.ts";

const nodePort = (port: MessagePort): PortLike => ({
  post: (message) => port.postMessage(message),
  close: () => port.close(),
  listen: (onMessage, onClose) => {
    port.on("message", onMessage);
    port.on("close", onClose);
  },
});

transportSuite("MessagePort", async () => {
  const { port1, port2 } = new MessageChannel();
  return { near: portTransport(nodePort(port1)), far: portTransport(nodePort(port2)) };
});

test("what is neither text nor bytes is not passed on", async () => {
  const { port1, port2 } = new MessageChannel();
  const far = portTransport(nodePort(port2));
  const arrived: unknown[] = [];
  far.onMessage((message) => arrived.push(message));
  for (const message of [{ t: "request" }, 1, null, new Uint8Array(2), "text"]) port1.postMessage(message);
  await expect.poll(() => arrived).toEqual(["text"]);
  port1.close();
});
