import { createServer } from "node:net";
import { Aedes } from "aedes";

/** An MQTT 3.1.1 broker of this process, on 127.0.0.1 only. */
export interface EmbeddedBroker {
  readonly url: string;
  /** Called with a filter each time a client has subscribed to it. */
  onSubscribe(listener: (filter: string) => void): void;
  close(): Promise<void>;
}

const loopback = "127.0.0.1";

/**
 * Starts the broker on a free port. It never listens on another interface: the simulated plant is for this machine.
 * @throws when the loopback interface has no free port.
 */
export const startBroker = async (): Promise<EmbeddedBroker> => {
  const aedes = await Aedes.createBroker();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    aedes.handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, loopback, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    url: `mqtt://${loopback}:${address.port}`,
    onSubscribe: (listener) => {
      aedes.on("subscribe", (subscriptions) => {
        for (const { topic } of subscriptions) listener(topic);
      });
    },
    close: async () => {
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
};
