import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a broker that can be cut: what a switch that reboots does to connections. */
export interface Gate {
  readonly url: string;
  /** Connections made so far. */
  readonly passed: number;
  /** Cuts every connection that is open; new ones pass. */
  cut(): void;
  close(): Promise<void>;
}

export const openGate = async (port: number): Promise<Gate> => {
  const open = new Set<Socket>();
  let passed = 0;
  const server = createServer((near) => {
    passed++;
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port was given");
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `mqtt://127.0.0.1:${address.port}`,
    get passed() {
      return passed;
    },
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
};
