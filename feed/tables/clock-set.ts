import { touchBlock } from "./class-table.ts";
import type { PointStore } from "./take.ts";

/**
 * Takes account of our clock having been set. Publishers' offsets were against the old time: they are forgotten until
 * the next heartbeat. Set back, receive times move along: else all that came before would lie in the future, and read
 * as fresh until the clock got there again, whether its publisher lives or not. Set forward they stay: a machine that
 * slept looks the same, and its values really are that old.
 * @param setByMs how far it was set; negative for back.
 */
export const followClock = ({ tables, publishers, ledger }: PointStore, setByMs: number): void => {
  ledger.clockWasSet(setByMs);
  for (const publisher of publishers.all) {
    publisher.offsets.length = 0;
    publisher.skewMs = null;
    if (setByMs < 0 && publisher.lastHeartbeatMs > 0) publisher.lastHeartbeatMs += setByMs;
  }
  if (setByMs > 0) return;
  for (const table of tables.all) {
    const { receivedTimeMs } = table;
    for (let cell = 0; cell < receivedTimeMs.length; cell++)
      if (receivedTimeMs[cell] !== 0) receivedTimeMs[cell] = receivedTimeMs[cell]! + setByMs;
    for (let block = 0; block < table.version.length; block++) touchBlock(table, block);
  }
};
