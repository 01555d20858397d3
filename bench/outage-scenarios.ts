import { createServer, type Server, type Socket } from "node:net";
import type { OutageBroker } from "./outage-broker.ts";
import type { TestNet } from "./outage-net.ts";

/** What a scenario can do something to. */
export interface World {
  readonly broker: OutageBroker;
  readonly address: string;
  readonly port: number;
  /** Only where the scenario needs namespaces. */
  readonly net: TestNet | null;
  /** Tells the relay between product and broker to cut or to spoil, or to leave off. */
  disturb(isOn: boolean): void;
}

export interface Scenario {
  readonly name: string;
  /** Without these of the machine the scenario is skipped, with the reason. */
  readonly needs: readonly ("namespaces" | "firewall" | "shaping")[];
  /** How long the cause lasts. */
  readonly holdMs: number;
  /** Values must become stale, and the status must say why; else they may be late, but arrive. */
  readonly isOutage: boolean;
  readonly isPersistent?: boolean;
  /** Whether the plant's gateway says again what it has after it was away. */
  readonly announces?: "once" | "always";
  /** What a relay between product and broker does, in ms; one bit in so many bytes turned over. */
  readonly relay?: {
    readonly delayMs?: number;
    readonly jitterMs?: number;
    readonly cutEveryMs?: number;
    readonly spoilEveryBytes?: number;
  };
  /** The product knows the broker by its name. */
  readonly byName?: boolean;
  begin(world: World): Promise<void> | void;
  end(world: World): Promise<void> | void;
}

/** Accepts connections and never says a word. */
class SilentServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => {});
    });
  }

  listen(port: number, address: string): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, address, resolve));
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

const silent = new SilentServer();

export const scenarios: readonly Scenario[] = [
  {
    name: "broker killed (SIGKILL), back after 10 s without what it kept; the plant says nothing again",
    needs: [],
    holdMs: 10_000,
    isOutage: true,
    announces: "once",
    begin: ({ broker }) => broker.end("SIGKILL"),
    end: ({ broker }) => broker.start(),
  },
  {
    name: "broker killed (SIGKILL), back after 10 s with what it kept",
    needs: [],
    holdMs: 10_000,
    isOutage: true,
    isPersistent: true,
    announces: "once",
    begin: ({ broker }) => broker.end("SIGKILL"),
    end: ({ broker }) => broker.start(),
  },
  {
    name: "broker restarted within a second (SIGTERM)",
    needs: [],
    holdMs: 0,
    isOutage: false,
    announces: "always",
    begin: async ({ broker }) => {
      await broker.end("SIGTERM");
      await broker.start();
    },
    end: () => {},
  },
  {
    name: "broker paused (SIGSTOP) for 45 s: half-open connection",
    needs: [],
    holdMs: 45_000,
    isOutage: true,
    begin: ({ broker }) => broker.pause(true),
    end: ({ broker }) => broker.pause(false),
  },
  {
    name: "broker paused (SIGSTOP) for 8 s: shorter than the keepalive",
    needs: [],
    holdMs: 8000,
    isOutage: true,
    begin: ({ broker }) => broker.pause(true),
    end: ({ broker }) => broker.pause(false),
  },
  {
    name: "something accepts TCP for 25 s and never answers CONNECT",
    needs: [],
    holdMs: 25_000,
    isOutage: true,
    begin: async ({ broker, port, address }) => {
      await broker.end("SIGKILL");
      await silent.listen(port, address);
    },
    end: async ({ broker }) => {
      await silent.close();
      await broker.start();
    },
  },
  {
    name: "connection cut every 3 s, for 24 s",
    needs: [],
    holdMs: 24_000,
    isOutage: false,
    relay: { cutEveryMs: 3000 },
    begin: ({ disturb }) => disturb(true),
    end: ({ disturb }) => disturb(false),
  },
  {
    name: "bits turned over on the way, both ways, for 20 s",
    needs: [],
    holdMs: 20_000,
    isOutage: false,
    relay: { spoilEveryBytes: 2000 },
    begin: ({ disturb }) => disturb(true),
    end: ({ disturb }) => disturb(false),
  },
  {
    name: "network partition of 40 s (firewall drops every packet in a namespace)",
    needs: ["namespaces", "firewall"],
    holdMs: 40_000,
    isOutage: true,
    begin: ({ net }) => net!.partition(true),
    end: ({ net }) => net!.partition(false),
  },
  {
    name: "network partition of 6 s: TCP itself gets over it",
    needs: ["namespaces", "firewall"],
    holdMs: 6000,
    isOutage: true,
    begin: ({ net }) => net!.partition(true),
    end: ({ net }) => net!.partition(false),
  },
  {
    name: "broker gone and its name no longer resolves, for 15 s",
    needs: ["namespaces"],
    holdMs: 15_000,
    isOutage: true,
    byName: true,
    begin: async ({ net, broker }) => {
      net!.resolve(false);
      await broker.end("SIGKILL");
    },
    end: async ({ net, broker }) => {
      net!.resolve(true);
      await broker.start();
    },
  },
  {
    name: "slow link: 1 Mbit/s, every twentieth packet lost, 400 ± 100 ms, for 20 s",
    needs: ["namespaces", "firewall", "shaping"],
    holdMs: 20_000,
    isOutage: false,
    relay: { delayMs: 400, jitterMs: 100 },
    begin: ({ net }) => net!.slow(true),
    end: ({ net }) => net!.slow(false),
  },
];
