/** What one client asked of the broker, as the broker wrote it down. */
export interface ClientLog {
  readonly id: string;
  /** Packets received from it, by their type. */
  readonly packets: ReadonlyMap<string, number>;
  readonly subscribed: readonly string[];
  /** The broker's own lines of what it published. */
  readonly published: readonly string[];
}

interface Notes {
  readonly packets: Map<string, number>;
  readonly subscribed: string[];
  readonly published: string[];
}

/**
 * Reads a log that mosquitto wrote with `log_type all`: `{time}: Received {PACKET} from {client} …`, after a SUBSCRIBE its
 * filters, one indented line each, with their QoS.
 */
export const readBrokerLog = (log: string, isOurs: (id: string) => boolean): readonly ClientLog[] => {
  const clients = new Map<string, Notes>();
  let listing: string[] = [];
  for (const line of log.split("\n")) {
    const text = line.replace(/^\d+: /, "");
    const filter = /^\t(.*) \(QoS \d\)$/.exec(text)?.[1];
    if (filter !== undefined) {
      listing.push(filter);
      continue;
    }
    listing = [];
    const id =
      /^New client connected from \S+ as (\S+) /.exec(text)?.[1] ??
      /^Received \w+ from (\S+)/.exec(text)?.[1];
    if (id === undefined || !isOurs(id)) continue;
    const client: Notes = clients.get(id) ?? { packets: new Map(), subscribed: [], published: [] };
    clients.set(id, client);
    const packet = /^Received (\w+) from/.exec(text)?.[1] ?? "CONNECT";
    client.packets.set(packet, (client.packets.get(packet) ?? 0) + 1);
    if (packet === "SUBSCRIBE") listing = client.subscribed;
    if (packet === "PUBLISH") client.published.push(text);
  }
  return [...clients].map(([id, client]) => ({ id, ...client }));
};
