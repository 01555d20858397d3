/** Keeps messages until somebody takes them: the feed may speak before the bridge listens. */
export interface Inbox<T> {
  push(message: T): void;
  onMessage(handler: (message: T) => void): void;
}

export const createInbox = <T>(): Inbox<T> => {
  let waiting: T[] = [];
  let handler: ((message: T) => void) | undefined;
  return {
    push: (message) => {
      if (handler) handler(message);
      else waiting.push(message);
    },
    onMessage: (next) => {
      handler = next;
      const kept = waiting;
      waiting = [];
      for (const message of kept) next(message);
    },
  };
};
