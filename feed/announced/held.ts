import type { Incoming } from "#feed/ingest/context.ts";
import type { KeptMessage } from "./announcements.ts";

const messageLimit = 100_000;
const byteLimit = 64 * 1024 * 1024;

/** Messages that came before there was a place for them, in order. Bounded. */
export interface HeldMessages {
  /** False when there is no room: the message is lost. */
  hold(source: number, message: Incoming): boolean;
  /** Hands all of them out, and is empty. */
  drain(): readonly KeptMessage[];
}

/** @param nextArrival counts messages, shared with the announcements. */
export const createHeld = (nextArrival: () => number): HeldMessages => {
  let messages: KeptMessage[] = [];
  let bytes = 0;
  return {
    hold: (source, message) => {
      if (messages.length >= messageLimit || bytes + message.payload.length > byteLimit) return false;
      bytes += message.payload.length;
      // The payload is a view on a network buffer that would be kept whole.
      const copy = { ...message, payload: Uint8Array.from(message.payload) };
      messages.push({ source, arrival: nextArrival(), message: copy });
      return true;
    },
    drain: () => {
      const drained = messages;
      messages = [];
      bytes = 0;
      return drained;
    },
  };
};
