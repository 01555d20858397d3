import { MessageChannel, type MessagePort } from "node:worker_threads";
import { memoryPair, portTransport } from "#feed/bridge/transports.ts";
import type { Transport } from "#feed/contract/bridge.ts";
import { transportSuite } from "./transport-suite.ts";

/** The WebSocket's run is beside the web shell, the utility process's among the desktop's journeys. */
transportSuite("memory", async () => {
  const [near, far] = memoryPair();
  return { near, far };
});

const overPort = (port: MessagePort, canMove: boolean): Transport => {
  const { transport, receive, closed } = portTransport(port, canMove);
  port.on("message", receive);
  port.on("close", () => closed("closed by the other side"));
  return transport;
};

for (const canMove of [true, false]) {
  transportSuite(`MessagePort, ${canMove ? "buffers moved" : "buffers copied"}`, async () => {
    const { port1, port2 } = new MessageChannel();
    return { near: overPort(port1, canMove), far: overPort(port2, canMove) };
  });
}
