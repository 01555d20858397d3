import { useCallback, useEffect, useState } from "react";
import type { MarkEdit, Marks } from "#feed/contract/replay.ts";
import { useServices } from "#renderer/ui/services.tsx";

export interface MarksBook {
  readonly marks: Marks;
  /** The last change did not go through. */
  readonly hasFailed: boolean;
  /** True once it is done. */
  readonly edit: (edit: MarkEdit) => Promise<boolean>;
}

/** Marks made in another window are seen within this. */
const everyMs = 10_000;
const none: Marks = { marks: [], kept: "log" };

/** Bookmarks and notes of the recording. */
export const useMarks = (): MarksBook => {
  const { bridge } = useServices();
  const [marks, setMarks] = useState<Marks>(none);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    const ask = (): void => {
      bridge.request("log.marks", {}, abort.signal).then(
        (answer) => {
          if (!abort.signal.aborted)
            setMarks((last) => (JSON.stringify(last) === JSON.stringify(answer) ? last : answer));
        },
        () => {},
      );
    };
    ask();
    const timer = setInterval(ask, everyMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [bridge]);
  const edit = useCallback(
    async (change: MarkEdit): Promise<boolean> => {
      try {
        setMarks(await bridge.request("log.mark", change));
        setFailed(false);
        return true;
      } catch {
        setFailed(true);
        return false;
      }
    },
    [bridge],
  );
  return { marks, hasFailed, edit };
};
