import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A socket that accepts connections. */
export interface Listener {
  readonly pid: number;
  /** As the kernel writes it: `127.0.0.1`, `0.0.0.0`, or 32 hexadecimal digits of an IPv6 address. */
  readonly address: string;
  readonly port: number;
}

const listening = "0A";

/** Four bytes in the machine's order, least significant first. */
const dotted = (hex: string): string =>
  hex.length === 8 ? [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".") : hex;

/** Inodes of the sockets that a process holds. */
const inodesOf = (pid: number): ReadonlySet<string> =>
  new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed while we looked
      }
    }),
  );

/** Sockets on which these processes accept connections. Linux: /proc. */
export const listenersOf = (pids: readonly number[]): readonly Listener[] => {
  const rows = ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/)),
  );
  return pids.flatMap((pid) => {
    const own = inodesOf(pid);
    return rows.flatMap(([, local = "", , state, , , , , , inode = ""]) => {
      const [address = "", port = ""] = local.split(":");
      if (state !== listening || !own.has(inode)) return [];
      return { pid, address: dotted(address), port: Number.parseInt(port, 16) };
    });
  });
};
