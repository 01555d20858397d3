import { type RefObject, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { nameOf } from "#renderer/ui/assets.ts";
import { useServices, useTrends } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import type { Group } from "./groups.ts";
import { createPlot, type Plot, type PlotInputs, plotInsets } from "./plot.ts";
import type { TrendFeed } from "./trendFeed.ts";
import { useHands } from "./useHands.ts";
import { useOffset, useReading } from "./useReading.ts";

/** A plot is never lower than this: then the panel scrolls. CSS pixels. */
const leastHeight = 68;
/** Of the time axis below the last plot. */
const timeHeight = 20;

const useSize = (ref: RefObject<HTMLElement | null>) => {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
};

/** All plots, one above another, on one axis of time: by pointer and by keyboard, a slider whose value is the moment read. */
export const Plots = ({ groups, feed }: { groups: readonly Group[]; feed: TrendFeed }) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  const { twin, timeline, trends } = useServices();
  const ref = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(ref);
  const points = useTrends((state) => state.points);
  const maxPoints = Math.max(0, width - plotInsets.left - plotInsets.right);
  const hasAny = useStore(timeline, ({ recorded }) => recorded !== null);

  useEffect(() => {
    const want = (): void => {
      const { fromMs, toMs } = timeline.getState();
      if (toMs > fromMs && maxPoints > 10) feed.want({ points: points.map(bare), fromMs, toMs, maxPoints });
    };
    want();
    return timeline.subscribe((now, before) => {
      if (now.fromMs !== before.fromMs || now.toMs !== before.toMs) want();
    });
  }, [feed, timeline, points, maxPoints]);

  useHands(ref, feed);
  useReading({ ref, groups, feed });
  const each = Math.max(leastHeight, Math.floor((height - timeHeight) / groups.length));
  const names = points
    .map((point) => local(nameOf(twin, point)))
    .filter((name, i, all) => all.indexOf(name) === i)
    .join(language === "zh" ? "、" : ", ");
  const layout = trends.getState().layout;
  return (
    <div className="trends-plots-frame">
      <div
        ref={ref}
        className="trends-plots"
        role="slider"
        tabIndex={0}
        aria-label={t("trends.plot", { names })}
        aria-valuenow={0}
        aria-valuemin={0}
        aria-valuemax={0}
      >
        {width > 0 &&
          groups.map((group, i) => (
            <OnePlot
              key={`${layout} ${group.key} ${group.curves.map(({ index }) => index).join()}`}
              group={group}
              feed={feed}
              width={width}
              height={each + (i === groups.length - 1 ? timeHeight : 0)}
              isLast={i === groups.length - 1}
            />
          ))}
      </div>
      {!hasAny && <p className="note">{t("trends.nothing")}</p>}
    </div>
  );
};

/** The question's point: `slot` is nothing to the feed. */
const bare = ({ className, row, metric }: Group["curves"][number]["point"]) => ({ className, row, metric });

interface OnePlotProps {
  readonly group: Group;
  readonly feed: TrendFeed;
  readonly width: number;
  readonly height: number;
  readonly isLast: boolean;
}

/** Draws without rendering: whenever there is news of curves or of the stretch shown, once a frame at most. */
const OnePlot = ({ group, feed, width, height, isLast }: OnePlotProps) => {
  const { timeline, player } = useServices();
  const language = useLanguage();
  const offsetMin = useOffset();
  const scale = useTrends((state) => state.scale);
  const ref = useRef<HTMLDivElement>(null);
  const plotRef = useRef<Plot | null>(null);

  useEffect(() => {
    const host = ref.current;
    if (!host) return;
    let frame = 0;
    const inputs = (): PlotInputs => {
      const { fromMs, toMs } = timeline.getState();
      const view = { fromMs, toMs };
      const { picture } = feed.facts;
      return { group, picture, view, scale, language, offsetMin, isLast, width, height };
    };
    const lines = (): void => {
      const { cursorMs, hoverMs } = timeline.getState();
      const stands = player.state.mode === "paused" ? player.cursorMs : null;
      plotRef.current?.lines(cursorMs ?? stands, hoverMs);
    };
    const redraw = (): void => {
      frame = 0;
      plotRef.current?.update(inputs());
      lines();
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(redraw);
    };
    if (plotRef.current) redraw();
    else plotRef.current = createPlot(host, inputs());
    lines();
    const stops = [
      feed.onChange(soon),
      player.onChange(lines),
      timeline.subscribe((now, before) => {
        const isMoved = now.fromMs !== before.fromMs || now.toMs !== before.toMs;
        if (isMoved) soon();
        else lines();
      }),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [group, feed, width, height, isLast, scale, language, offsetMin, timeline, player]);

  useEffect(
    () => () => {
      plotRef.current?.destroy();
      plotRef.current = null;
    },
    [],
  );
  return <div ref={ref} className="trends-plot" aria-hidden="true" />;
};
