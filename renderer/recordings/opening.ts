import { createStore, type StoreApi } from "zustand/vanilla";
import { largestOpenedBytes, mostOpenedFiles } from "#feed/contract/recordings.ts";
import type { Sending } from "#renderer/host/sendRecording.ts";
import type { Problem, Result } from "#twins/model/result.ts";

/** How far the opening of a recording is; at most four changes a second while it is sent. */
export type OpeningState =
  | { readonly phase: "idle" }
  /** name: of the first of `count` files; bytes. */
  | {
      readonly phase: "sending";
      readonly name: string;
      readonly count: number;
      readonly sent: number;
      readonly total: number;
    }
  /** All of it has arrived; the product reads what it is. */
  | { readonly phase: "reading"; readonly name: string; readonly count: number }
  | { readonly phase: "refused"; readonly problem: Problem };

export interface OpeningParts {
  readonly send: (sending: Sending) => Promise<Result<string>>;
  /** Shows an opened recording in place of this page. */
  readonly go: (name: string) => void;
  /** A clock that never steps, ms. */
  readonly monotonicMs: () => number;
}

export interface Opening {
  readonly store: StoreApi<OpeningState>;
  /** Takes what a person chose; one recording at a time. */
  open(files: readonly File[]): Promise<void>;
  /** Ends what is under way, or takes the refusal away. */
  cancel(): void;
}

const tellMs = 250;

const notOurs = ({ name }: File): Problem => ({
  code: "log-not-mcap",
  message: `${name}: this is no MCAP file`,
  tip: "Choose a .mcap file that this product recorded.",
  file: name,
});

const tooLarge = ({ name }: File): Problem => ({
  code: "log-too-large",
  message: `${name}: larger than 16 GiB`,
  tip: "Start with --log to show it from where it is.",
  file: name,
});

const tooMany: Problem = {
  code: "log-too-many",
  message: `more than ${mostOpenedFiles} files`,
  tip: "Open fewer at a time.",
};

/** What can be told without sending anything. */
const problemOf = (files: readonly File[]): Problem | null => {
  const other = files.find(({ name }) => !/\.mcap$/i.test(name));
  if (other) return notOurs(other);
  const large = files.find(({ size }) => size > largestOpenedBytes);
  if (large) return tooLarge(large);
  return files.length > mostOpenedFiles ? tooMany : null;
};

/** Opens recordings that a person chose or dropped: sends them, and goes to the page that shows them. */
export const createOpening = ({ send, go, monotonicMs }: OpeningParts): Opening => {
  const store = createStore<OpeningState>(() => ({ phase: "idle" }));
  const put = (state: OpeningState): void => store.setState(state, true);
  let abort: AbortController | null = null;

  const sendAll = async (files: readonly File[], signal: AbortSignal): Promise<Result<string>> => {
    const [{ name }] = files as readonly [File];
    const count = files.length;
    const total = files.reduce((sum, { size }) => sum + size, 0);
    let toldMs = Number.NEGATIVE_INFINITY;
    put({ phase: "sending", name, count, sent: 0, total });
    return send({
      files,
      signal,
      onSent: (sent) => {
        if (signal.aborted) return;
        if (sent >= total) return put({ phase: "reading", name, count });
        if (monotonicMs() - toldMs < tellMs) return;
        toldMs = monotonicMs();
        put({ phase: "sending", name, count, sent, total });
      },
    });
  };

  return {
    store,
    open: async (files) => {
      if (abort || files.length === 0) return;
      const problem = problemOf(files);
      if (problem) return put({ phase: "refused", problem });
      const mine = new AbortController();
      abort = mine;
      const opened = await sendAll(files, mine.signal);
      if (mine.signal.aborted) return;
      abort = null;
      if (opened.ok) go(opened.value);
      else put({ phase: "refused", problem: opened.error });
    },
    cancel: () => {
      abort?.abort();
      abort = null;
      put({ phase: "idle" });
    },
  };
};
