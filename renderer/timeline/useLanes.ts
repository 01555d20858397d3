import { useEffect, useState } from "react";
import type { LogLanes, TimelineEvent } from "#feed/contract/replay.ts";
import { useServices } from "#renderer/ui/services.tsx";

/** Answers about the stretch shown; the last ones stay until the next have come. */
export interface LaneAnswers {
  readonly lanes: LogLanes | null;
  readonly events: readonly TimelineEvent[];
  /** Alarms of this stretch are still being evaluated: what is there is not all. */
  readonly isEvaluating: boolean;
  readonly hasFailed: boolean;
}

const nothing: LaneAnswers = { lanes: null, events: [], isEvaluating: true, hasFailed: false };

/** More events than this are not told apart on any screen; that some are left out is said. */
export const mostEvents = 2_000;
/** Buckets asked for at most, whatever the screen. */
const mostBuckets = 1_500;
const retryMs = 4_000;
/** The last second of a recording that grows is nearly always open: only what stays so for this many answers is told. */
const openAnswers = 3;
/** Alarms of a long stretch are evaluated bit by bit: how often the next bit is fetched. */
const incompleteMs = 1_000;

/**
 * Lanes and events of the stretch that is shown, asked anew a little after it has changed.
 * @param width CSS pixels: one bucket for each two
 * @param restMs least time between two questions
 */
export const useLanes = (width: number, restMs: number): LaneAnswers => {
  const { bridge, timeline } = useServices();
  const [answers, setAnswers] = useState(nothing);
  const buckets = Math.min(mostBuckets, Math.floor(width / 2));
  useEffect(() => {
    if (buckets < 1) return;
    let abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let dueMs = Number.POSITIVE_INFINITY;
    let open = openAnswers;
    const within = (ms: number): void => {
      const at = performance.now() + ms;
      if (at >= dueMs) return;
      clearTimeout(timer);
      dueMs = at;
      timer = setTimeout(() => void ask(), ms);
    };
    const ask = async (): Promise<void> => {
      dueMs = Number.POSITIVE_INFINITY;
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      const { fromMs, toMs } = timeline.getState();
      if (!(toMs > fromMs)) return;
      try {
        const [lanes, events] = await Promise.all([
          bridge.request("log.lanes", { fromMs, toMs, buckets }, signal),
          bridge.request("log.events", { fromMs, toMs, limit: mostEvents }, signal),
        ]);
        if (signal.aborted) return;
        open = lanes.isComplete ? 0 : open + 1;
        setAnswers({ lanes, events, isEvaluating: open >= openAnswers, hasFailed: false });
        if (!lanes.isComplete) within(incompleteMs);
      } catch {
        if (signal.aborted) return;
        setAnswers((last) => ({ ...last, hasFailed: true }));
        within(retryMs);
      }
    };
    void ask();
    const stop = timeline.subscribe((now, before) => {
      if (now.fromMs !== before.fromMs || now.toMs !== before.toMs) within(restMs);
    });
    return () => {
      stop();
      abort.abort();
      clearTimeout(timer);
    };
  }, [bridge, timeline, buckets, restMs]);
  return answers;
};
