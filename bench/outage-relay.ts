import { connect, createServer, type Socket } from "node:net";

/**
 * A cable that a test can cut or lengthen: `node bench/outage-relay.ts LISTEN_ADDRESS LISTEN_PORT TARGET_PORT DELAY_MS
 * JITTER_MS CUT_EVERY_MS`. Bytes keep their order; a cut closes every connection through it. SIGUSR1 begins
 * the cutting, SIGUSR2 ends it.
 */
const [address = "", ...numbers] = process.argv.slice(2);
const [port = 0, target = 0, delayMs = 0, jitterMs = 0, cutEveryMs = 0] = numbers.map(Number);
const sockets = new Set<Socket>();

const carry = (from: Socket, to: Socket): void => {
  let dueMs = 0;
  from.on("data", (chunk) => {
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
  cutting = setInterval(() => {
    for (const socket of sockets) socket.destroy();
  }, cutEveryMs);
});
process.on("SIGUSR2", () => clearInterval(cutting));
