import { connect, createServer, type Socket } from "node:net";

/**
 * A cable that a test can cut, lengthen or spoil: `node bench/outage-relay.ts LISTEN_ADDRESS LISTEN_PORT TARGET_PORT
 * DELAY_MS JITTER_MS CUT_EVERY_MS SPOIL_EVERY_BYTES`. Bytes keep their order. From SIGUSR1 to SIGUSR2 every connection is
 * closed now and then, or one bit in so many bytes is turned over.
 */
const [address = "", ...numbers] = process.argv.slice(2);
const [port = 0, target = 0, delayMs = 0, jitterMs = 0, cutEveryMs = 0, spoilEveryBytes = 0] =
  numbers.map(Number);
let isBad = false;
const sockets = new Set<Socket>();

const spoil = (chunk: Buffer): void => {
  for (let left = chunk.length; Math.random() * spoilEveryBytes < left; left -= spoilEveryBytes) {
    const at = Math.trunc(Math.random() * chunk.length);
    chunk[at] = chunk[at]! ^ (1 << Math.trunc(Math.random() * 8));
  }
};

const carry = (from: Socket, to: Socket): void => {
  let dueMs = 0;
  from.on("data", (chunk: Buffer) => {
    if (isBad && spoilEveryBytes > 0) spoil(chunk);
    const delay = delayMs === 0 ? 0 : delayMs + (Math.random() * 2 - 1) * jitterMs;
    dueMs = Math.max(dueMs, performance.now() + delay);
    if (delayMs === 0) to.write(chunk);
    else setTimeout(() => to.write(chunk), dueMs - performance.now());
  });
  from.on("close", () => to.destroy());
  from.on("error", () => to.destroy());
};

createServer((near) => {
  const far = connect(target, address);
  for (const socket of [near, far]) {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
  }
  carry(near, far);
  carry(far, near);
}).listen(port, address);

let cutting: ReturnType<typeof setInterval> | undefined;
process.on("SIGUSR1", () => {
  isBad = true;
  if (cutEveryMs === 0) return;
  cutting = setInterval(() => {
    for (const socket of sockets) socket.destroy();
  }, cutEveryMs);
});
process.on("SIGUSR2", () => {
  isBad = false;
  clearInterval(cutting);
});
