import { useEffect, useState } from "react";
import type { Method, Methods } from "#feed/contract/bridge.ts";
import { useServices } from "./services.tsx";

/** What is known of an answer: the last one stays while the next is on its way. */
export interface Answer<T> {
  readonly value: T | undefined;
  /** True when the latest request failed; it is repeated at the next turn. */
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

  return state.question === question ? state : { value: undefined, hasFailed: false };
};
