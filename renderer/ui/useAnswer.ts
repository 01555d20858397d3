import { useEffect, useState } from "react";
import type { Method, Methods } from "#feed/contract/bridge.ts";
import { useFeed, useServices } from "./services.tsx";

/** What is known of an answer: the last one stays while the next is on its way. */
export interface Answer<T> {
  readonly value: T | undefined;
  /** True while the latest request failed or nobody is there to answer: `value` is of before. It is asked again by itself. */
  readonly hasFailed: boolean;
}

/**
 * Asks the feed again and again while the component is shown. One question at a time; a new `params` (by content)
 * drops the old answer. Slow facts only: telemetry goes through `usePoint`.
 * @param everyMs pause between an answer and the next question.
 */
export const useAnswer = <M extends Method>(
  method: M,
  params: Methods[M]["params"] | null,
  everyMs: number,
): Answer<Methods[M]["answer"]> => {
  const { bridge } = useServices();
  // A question asked while the bridge is down waits for the next one: it neither fails nor is answered.
  const isLost = useFeed((feed) => feed.bridge === "lost");
  const question = params === null ? null : JSON.stringify(params);
  const [state, setState] = useState<Answer<Methods[M]["answer"]> & { readonly question: string | null }>({
    question,
    value: undefined,
    hasFailed: false,
  });

  useEffect(() => {
    if (question === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const value = await bridge.request(
          method,
          JSON.parse(question) as Methods[M]["params"],
          abort.signal,
        );
        if (abort.signal.aborted) return;
        setState({ question, value, hasFailed: false });
      } catch {
        if (abort.signal.aborted) return;
        setState((last) => ({
          question,
          value: last.question === question ? last.value : undefined,
          hasFailed: true,
        }));
      }
      timer = setTimeout(ask, everyMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [bridge, method, question, everyMs]);

  const isAnswered = state.question === question;
  return {
    value: isAnswered ? state.value : undefined,
    hasFailed: isLost || (isAnswered && state.hasFailed),
  };
};
