import { useEffect, useState, useSyncExternalStore } from "react";
import { useServices } from "#renderer/ui/services.tsx";
import { createTrendFeed, type TrendFacts, type TrendFeed } from "./trendFeed.ts";

/** Long enough that a drag of the timeline asks a few times a second. */
const pauseMs = 90;
/** How often a recording that grows is asked for what is new. */
const growMs = 1_000;
/** A recording that has not grown for so long is over. */
const growingMs = 15_000;

const soon = (callback: () => void): (() => void) => {
  const timer = setTimeout(callback, pauseMs);
  return () => clearTimeout(timer);
};

/** The curves of the panel, as long as it is open. */
export const useTrendFeed = (): TrendFeed => {
  const { bridge, timeline } = useServices();
  const [feed] = useState(() =>
    createTrendFeed({ ask: (ask, signal) => bridge.request("log.series", ask, signal), soon }),
  );
  useEffect(() => {
    let grownAt = performance.now();
    const stop = timeline.subscribe(({ recorded }, before) => {
      if (recorded?.toMs !== before.recorded?.toMs) grownAt = performance.now();
    });
    const timer = setInterval(() => {
      const { recorded, toMs } = timeline.getState();
      const isEndInSight = recorded !== null && toMs >= recorded.toMs;
      if (isEndInSight && performance.now() - grownAt < growingMs) feed.grow();
    }, growMs);
    return () => {
      stop();
      clearInterval(timer);
      feed.close();
    };
  }, [feed, timeline]);
  return feed;
};

/** One fact about the curves that are known. */
export const useTrendFact = <T>(feed: TrendFeed, select: (facts: TrendFacts) => T): T =>
  useSyncExternalStore(feed.onChange, () => select(feed.facts));
