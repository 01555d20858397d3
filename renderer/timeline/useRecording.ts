import { useEffect, useState } from "react";
import type { LogOverview } from "#feed/contract/replay.ts";
import { noteRecorded } from "#renderer/stores/timeline.ts";
import { useServices } from "#renderer/ui/services.tsx";

/** While nothing is recorded yet, or the recording does not answer. */
const retryMs = 5_000;

const isSame = (a: LogOverview | null, b: LogOverview): boolean =>
  a !== null && JSON.stringify(a) === JSON.stringify(b);

/**
 * What is recorded, asked again while it grows; null while nothing is. What was known stays where the feed is gone.
 * @param everyMs how often a recording that grows is asked for
 */
export const useRecording = (everyMs: number): LogOverview | null => {
  const { bridge, timeline } = useServices();
  const [overview, setOverview] = useState<LogOverview | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGrowing = true;
    const ask = async (): Promise<void> => {
      let waitMs = retryMs;
      try {
        const answer = await bridge.request("log.overview", {}, abort.signal);
        if (abort.signal.aborted) return;
        isGrowing = answer.isGrowing;
        waitMs = everyMs;
        noteRecorded(timeline, { fromMs: answer.fromMs, toMs: answer.toMs });
        setOverview((last) => (isSame(last, answer) ? last : answer));
      } catch {
        // Nothing is recorded, or the outage banner says that the feed is gone: what is known stays.
        if (abort.signal.aborted) return;
        isGrowing = true;
      }
      if (isGrowing) timer = setTimeout(ask, waitMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [bridge, timeline, everyMs]);
  return overview;
};
