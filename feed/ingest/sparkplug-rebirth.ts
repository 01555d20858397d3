import type { Publish } from "#feed/sources/publish.ts";
import { encodeRebirth, rebirthTopic } from "#feed/wire/sparkplug-command.ts";
import type { EdgeNode } from "./sparkplug-nodes.ts";

/** A node is asked at most this often, however much of what it sends cannot be read. */
const restMs = 30_000;
/** Requests are spread, so that a thousand nodes do not send all their births in the same second. */
const jitterMs = 2_000;

/** Asks nodes to be born again, where publishing is allowed. */
export interface Rebirths {
  /** A message of the node could not be read for want of a birth. */
  want(node: EdgeNode, nowMs: number): void;
  /** The node has been born: what it was to be asked for has come. */
  settled(node: EdgeNode): void;
  /** Once a second: sends what is due. */
  tick(nowMs: number): void;
}

/** @param random 0…1 */
export const createRebirths = (publish: Publish | null, random: () => number = Math.random): Rebirths => {
  const waiting = new Set<EdgeNode>();
  return {
    want: (node, nowMs) => {
      if (publish === null || node.rebirth.dueMs !== null) return;
      const { askedMs } = node.rebirth;
      // A clock that was set back must not silence us: times ahead of it count as long ago.
      const restLeftMs = askedMs === null || askedMs > nowMs ? 0 : Math.max(0, askedMs + restMs - nowMs);
      node.rebirth.dueMs = nowMs + restLeftMs + random() * jitterMs;
      waiting.add(node);
    },
    settled: (node) => {
      node.rebirth.dueMs = null;
      waiting.delete(node);
    },
    tick: (nowMs) => {
      for (const node of waiting) {
        const { dueMs } = node.rebirth;
        if (dueMs === null || (dueMs > nowMs && dueMs <= nowMs + restMs + jitterMs)) continue;
        waiting.delete(node);
        node.rebirth.dueMs = null;
        node.rebirth.askedMs = nowMs;
        publish?.(rebirthTopic(node.group, node.id), encodeRebirth(nowMs));
      }
    },
  };
};
